from uuid import UUID

from entraide.portal.domain.exports.models import DataExport
from entraide.portal.domain.personal_data import Table, table_of


def personal_data_of(person_id: UUID) -> list[Table]:
    """The exports that the person asked for."""
    rows = DataExport.objects.filter(person_id=person_id).order_by("asked_at")
    return [table_of("exports", rows, "asked_at", "state", "ready_at", "expires_at", "taken_at", "size")]
