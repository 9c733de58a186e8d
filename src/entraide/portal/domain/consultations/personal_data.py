from uuid import UUID

from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.personal_data import Table, table_of


def personal_data_of(person_id: UUID) -> list[Table]:
    """Who read this person's data, by role: a name would be the reader's own data."""
    rows = Consultation.objects.filter(person_id=person_id).order_by("position")
    columns = ("at", "reader_kind", "role", "seen", "object_id", "reason", "outcome")
    return [table_of("consultations", rows, *columns)]
