"""Making the cards of before void, for who has lost one (CARD-02)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from entraide.portal.domain.card.events import CardsReplaced
from entraide.portal.domain.card.models import CardSeries
from entraide.portal.domain.card.policies import may_replace_card
from entraide.portal.domain.card.queries import series_of
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import as_person
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.events.facts import publish


def replace_cards(
    viewer: Viewer, person_id: UUID, *, request_key: UUID, language: str, now: datetime
) -> int | None:
    """Begins a new series of this person's cards; gives its number. None: not there, or not for this viewer.

    The same key begins one series.
    """
    with transaction.atomic():
        # One at a time for each person: a second click waits here.
        people = Beneficiary.objects.select_for_update(no_key=True).filter(member_id=viewer.member_id)
        person = people.filter(pk=person_id).first()
        if person is None or not may_replace_card(viewer, as_person(person), on=timezone.localdate(now)):
            return None
        before = CardSeries.objects.filter(person=person, request_key=request_key).first()
        if before is not None:
            return before.number
        series = CardSeries.objects.create(
            person=person, number=series_of(person.pk) + 1, began_at=now, request_key=request_key
        )
        publish(
            CardsReplaced(actor=viewer.account_id, about=person.pk, series=series.number, language=language)
        )
        return series.number
