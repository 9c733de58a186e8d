from uuid import UUID

from entraide.portal.domain.card.models import CardSending, CardSeries
from entraide.portal.domain.personal_data import Table, table_of


def personal_data_of(person_id: UUID) -> list[Table]:
    """When the person's cards were replaced, and where they sent cards; whose card it was is not told."""
    series = CardSeries.objects.filter(person_id=person_id).order_by("number")
    sent = CardSending.objects.filter(sender_id=person_id).order_by("sent_at")
    return [
        table_of("card_series", series, "number", "began_at"),
        table_of("cards_sent", sent, "kind", "typed_address", "sent_at", "expires_at", "withdrawn_at"),
    ]
