from uuid import UUID

from entraide.portal.domain.personal_data import Table, table_of
from entraide.portal.notifications.models import Delivery


def personal_data_of(person_id: UUID) -> list[Table]:
    """The messages sent to the person; address and subject as long as they are kept."""
    rows = Delivery.objects.filter(recipient=person_id).order_by("created_at")
    return [
        table_of("messages", rows, "created_at", "sent_at", "channel", "notice", "to", "subject", "state")
    ]
