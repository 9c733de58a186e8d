"""Who opened the file of a membership in an emergency, for each of its people (A79)."""

from uuid import UUID

from entraide.portal.domain.emergency.models import EmergencyAccess
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.personal_data import Table, table_of


def personal_data_of(person_id: UUID) -> list[Table]:
    """When, why, and what was said of it afterwards; agents stand in the journal by their role."""
    mine = Beneficiary.objects.filter(pk=person_id).values("member_id")
    rows = EmergencyAccess.objects.filter(member_id__in=mine).order_by("opened_at", "pk")
    columns = ("reference", "opened_at", "ends_at", "stopped_at", "why", "words", "ticket", "outcome")
    return [table_of("emergency_accesses", rows, *columns)]
