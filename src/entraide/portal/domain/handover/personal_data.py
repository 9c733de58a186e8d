from uuid import UUID

from entraide.portal.domain.handover.models import HandOver
from entraide.portal.domain.personal_data import Table, table_of


def personal_data_of(person_id: UUID) -> list[Table]:
    """When the person left for a partner, or a parent for them."""
    left = HandOver.objects.filter(person_id=person_id).order_by("issued_at")
    return [table_of("partner_visits", left, "partner", "issued_at", "used_at")]
