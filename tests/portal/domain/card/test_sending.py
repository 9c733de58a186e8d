"""A card by mail: to whom, how often, until when, and what closes the link (CARD-01, A53)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from entraide.portal.domain.access.actions.safety import freeze, make_safety_link
from entraide.portal.domain.access.enums import Change
from entraide.portal.domain.card.actions.replacing import replace_cards
from entraide.portal.domain.card.actions.sending import (
    KEPT_DAYS,
    LINK_DAYS,
    MOST_A_DAY,
    CardToSend,
    SendingKeyReused,
    forget_sendings,
    send_card,
)
from entraide.portal.domain.card.links import linked_card
from entraide.portal.domain.card.models import CardSending
from entraide.portal.domain.card.personal_data import personal_data_of as card_data
from entraide.portal.domain.contracts.models import Coverage
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.models import Job
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from entraide.portal.notifications.personal_data import personal_data_of as message_data
from tests.conftest import Household
from tests.portal.cards import carded

__all__ = ["carded"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("carded")]
PHARMACY = "pharmacie@example.org"


def sent_by(
    viewer: Viewer, person: Beneficiary, *, now: datetime | None = None, **changes: Any
) -> CardSending:
    wanted = {"person_id": person.pk, "to": None, "email": PHARMACY, "request_key": uuid4()} | changes
    return send_card(viewer, CardToSend(**wanted), language="fr", now=now or timezone.now())


def refused(viewer: Viewer, person: Beneficiary, **changes: Any) -> DomainError:
    with pytest.raises(DomainError) as refusal:
        sent_by(viewer, person, **changes)
    return refusal.value


def token_in(sent: Delivery) -> str:
    return sent.body.partition("/carte/recue/")[2].partition("/")[0]


def mail(notice: str) -> Delivery:
    drain()
    return Delivery.objects.get(notice=notice)


def test_a_professional_gets_a_link_and_the_sender_a_copy_without_it(
    viewer: Viewer, household: Household
) -> None:
    sent_by(viewer, household.primary)
    letter, copy = mail("card_sent"), mail("card_sent_copy")

    assert (letter.to, copy.to) == (PHARMACY, household.primary.email)
    assert linked_card(token_in(letter), now=timezone.now()) is not None
    assert PHARMACY in copy.body
    assert token_in(letter) not in copy.body
    assert household.primary.nir not in letter.body
    assert household.primary.number not in letter.body


def test_somebody_of_the_contract_gets_it_at_the_address_on_file(
    viewer: Viewer, household: Household
) -> None:
    """Whatever address the form may carry besides."""
    sent_by(viewer, household.child, to=household.spouse.pk, email="ailleurs@example.org")
    letter = mail("card_received")

    assert (letter.to, letter.recipient) == (household.spouse.email, household.spouse.pk)
    assert "Anne Vautrin vous envoie" in letter.body
    assert linked_card(token_in(letter), now=timezone.now()) is not None
    assert not Delivery.objects.filter(notice="card_sent").exists()


def test_the_sender_never_learns_an_address_of_somebody_of_the_contract(
    viewer: Viewer, household: Household
) -> None:
    """Neither in the copy, nor in the copy of all their data."""
    sent_by(viewer, household.primary, to=household.spouse.pk)
    copy = mail("card_sent_copy")
    tables = [*card_data(household.primary.pk), *message_data(household.primary.pk)]
    told = str([list(one.rows()) for one in tables])

    assert "Bruno Vautrin" in copy.body
    assert household.spouse.email not in copy.body
    assert household.spouse.email not in told
    assert household.primary.email in told


def test_neither_address_nor_token_is_in_the_clear_anywhere(
    viewer: Viewer, household: Household, whole_database: Any
) -> None:
    sent_by(viewer, household.primary)
    waiting = whole_database()
    token = token_in(mail("card_sent"))

    assert PHARMACY not in waiting
    assert token not in waiting
    assert {"kind": "professional", "language": "fr"}.items() <= Entry.objects.get(
        kind="CardSent"
    ).data.items()


def test_the_link_closes_after_a_week(viewer: Viewer, household: Household) -> None:
    now = timezone.now()
    sent_by(viewer, household.primary, now=now)
    token = token_in(mail("card_sent"))

    # The week may lie in two years, or the cover end in it: the link alone is asked here.
    assert CardSending.objects.get().expires_at == now + timedelta(days=LINK_DAYS)
    CardSending.objects.update(expires_at=now + timedelta(seconds=1))
    assert linked_card(token, now=now) is not None
    assert linked_card(token, now=now + timedelta(seconds=1)) is None
    assert linked_card("unknown", now=now) is None


def test_a_replaced_card_closes_its_links(viewer: Viewer, household: Household) -> None:
    sent_by(viewer, household.primary)
    token, now = token_in(mail("card_sent")), timezone.now()

    replace_cards(viewer, household.primary.pk, request_key=uuid4(), language="fr", now=now)

    assert linked_card(token, now=now) is None


def test_a_cover_that_ended_closes_its_links(viewer: Viewer, household: Household) -> None:
    sent_by(viewer, household.primary)
    token = token_in(mail("card_sent"))

    Coverage.objects.update(ends_on=timezone.localdate() - timedelta(days=1))

    assert linked_card(token, now=timezone.now()) is None


def test_a_frozen_access_closes_the_links_that_it_sent(viewer: Viewer, household: Household) -> None:
    """A23"""
    sent_by(viewer, household.child)
    token, now = token_in(mail("card_sent")), timezone.now()
    account = household.primary.account
    assert account is not None
    link = make_safety_link(account, change=Change.PASSWORD_SET, now=now)

    freeze(token=link, now=now)

    assert linked_card(token, now=now) is None
    assert Entry.objects.get(kind="CardLinksStopped").data == {"links": 1}


def test_five_a_day_and_not_one_more(viewer: Viewer, household: Household) -> None:
    """A53"""
    now = timezone.now()
    for number in range(MOST_A_DAY):
        sent_by(viewer, household.primary, now=now + timedelta(minutes=number))

    assert "réessayez demain" in refused(viewer, household.primary, now=now + timedelta(hours=23)).message
    sent_by(viewer, household.primary, now=now + timedelta(days=1, seconds=1))
    assert CardSending.objects.count() == MOST_A_DAY + 1


def test_the_same_press_twice_sends_once_and_a_key_serves_one_card(
    viewer: Viewer, household: Household
) -> None:
    key = uuid4()

    first, again = (sent_by(viewer, household.primary, request_key=key) for _press in range(2))

    drain()
    assert first.pk == again.pk
    assert Delivery.objects.filter(notice="card_sent").count() == 1
    with pytest.raises(SendingKeyReused):
        sent_by(viewer, household.child, request_key=key)


def test_the_card_of_another_adult_goes_to_no_address_that_is_typed(
    viewer: Viewer, household: Household
) -> None:
    assert refused(viewer, household.spouse).field == "to"
    assert refused(viewer, household.adult_child).field == "to"
    sent_by(viewer, household.teen)


def test_nothing_of_another_family_can_be_named(
    viewer: Viewer, household: Household, stranger: Beneficiary
) -> None:
    """A36"""
    assert refused(viewer, stranger).field == "person"
    assert refused(viewer, household.primary, to=stranger.pk).field == "to"
    assert refused(viewer, household.primary, to=UUID(int=0)).field == "to"


def test_a_child_with_an_access_names_nobody_but_themself(household: Household) -> None:
    grown = viewer_of(household.adult_child.account_id)  # type: ignore[arg-type]
    assert grown is not None

    assert refused(grown, household.primary).field == "person"
    assert refused(grown, household.adult_child, to=household.primary.pk).field == "to"
    assert sent_by(grown, household.adult_child).kind == "professional"


def test_without_an_address_of_ones_own_nothing_is_sent(viewer: Viewer, household: Household) -> None:
    """The copy could not reach them."""
    household.primary.email = ""
    household.primary.save()

    assert "copie" in refused(viewer, household.primary).message
    assert not CardSending.objects.exists()
    assert not Job.objects.filter(kind="events.dispatch").exists()


def test_who_is_not_covered_today_has_no_card_to_send(viewer: Viewer, household: Household) -> None:
    Coverage.objects.filter(beneficiary=household.child).delete()

    assert refused(viewer, household.child).field == "person"


def test_where_cards_went_is_forgotten_after_a_while(viewer: Viewer, household: Household) -> None:
    now = timezone.now()
    sent_by(viewer, household.primary, now=now)
    over = now + timedelta(days=LINK_DAYS + KEPT_DAYS)

    assert forget_sendings(now=over) == 0
    assert forget_sendings(now=over + timedelta(seconds=1)) == 1
