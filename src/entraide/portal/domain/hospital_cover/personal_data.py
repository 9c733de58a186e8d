"""The letters to hospitals about one's requests for hospital cover (A79)."""

from uuid import UUID

from entraide.portal.domain.hospital_cover.models import CoverLetter
from entraide.portal.domain.personal_data import Table, table_of


def personal_data_of(person_id: UUID) -> list[Table]:
    """Of what the person asked for themselves; the letter as it went to the hospital."""
    rows = CoverLetter.objects.filter(
        request__sender_id=person_id, request__concerns_id=person_id
    ).select_related("request")
    columns = ("request.reference", "decided_at", "channel", "to", "letter", "sent_at")
    return [table_of("hospital_cover", rows.order_by("decided_at"), *columns)]
