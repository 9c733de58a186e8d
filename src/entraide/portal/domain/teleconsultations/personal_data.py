from uuid import UUID

from entraide.portal.domain.personal_data import Table, table_of
from entraide.portal.domain.teleconsultations.models import Teleconsultation


def personal_data_of(person_id: UUID) -> list[Table]:
    """The teleconsultations that a partner counted for the person, those taken back included."""
    rows = Teleconsultation.objects.filter(person_id=person_id).order_by("consulted_on", "reference")
    columns = ("partner", "reference", "consulted_on", "told_until", "cancelled", "confidential")
    return [table_of("teleconsultations", rows, *columns)]
