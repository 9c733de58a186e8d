"""A card behind a link that was sent by mail: whoever holds it sees that card, until it expires (A53)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from entraide.portal.domain.access.numbers import token_hash
from entraide.portal.domain.card.models import CardSending
from entraide.portal.domain.card.queries import CoverageCard, card_for


@dataclass(frozen=True, slots=True)
class LinkedCard:
    """The card as it is today, and until when the link opens it."""

    card: CoverageCard
    expires_at: datetime


def linked_card(token: str, *, now: datetime) -> LinkedCard | None:
    """None when there is no such link, it is over or withdrawn, or its card is no longer valid."""
    sendings = CardSending.objects.select_related("person__member")
    found = sendings.filter(token_hash=token_hash(token), expires_at__gt=now, withdrawn_at=None).first()
    card = card_for(found.person, on=timezone.localdate(now)) if found is not None else None
    if found is None or card is None or card.series != found.series:
        return None
    return LinkedCard(card, found.expires_at)
