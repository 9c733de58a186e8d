"""Is a card valid? What the code proves and what the file knows (B-07)."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import LazySettings
from django.utils import timezone

from entraide.formats.card_code import read_card_code, write_card_code
from entraide.portal.domain.card.actions.replacing import replace_cards
from entraide.portal.domain.card.checking import CHECKS_AN_HOUR, TooManyChecks, check_card, check_card_for
from entraide.portal.domain.card.codes import card_keys, code_of
from entraide.portal.domain.card.enums import CardState
from entraide.portal.domain.card.models import CardSeries
from entraide.portal.domain.card.queries import card_of
from entraide.portal.domain.contracts.models import Coverage
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.events.models import Entry
from tests.conftest import Household
from tests.portal.cards import carded

__all__ = ["carded"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("carded")]
ON = date(2026, 6, 15)


@pytest.fixture
def code(viewer: Viewer, household: Household) -> str:
    """Of the card of the spouse."""
    card = card_of(viewer, household.spouse.pk, on=ON)
    assert card is not None
    return code_of(card)


def replaced(viewer: Viewer, person: Beneficiary, **changes: object) -> int | None:
    values = {"request_key": uuid4(), "language": "fr", "now": timezone.now()} | changes
    return replace_cards(viewer, person.pk, **values)  # type: ignore[arg-type]


def test_a_card_of_today_is_valid_and_says_what_it_opens_today(code: str) -> None:
    found = check_card(code, on=ON)

    assert found.state == CardState.VALID
    assert found.claims is not None
    assert found.claims.name == "Bruno Vautrin"
    assert found.card is not None
    assert found.card.cells[0].shown == "100"


def test_the_link_of_the_qr_is_checked_as_the_code_is(code: str) -> None:
    assert check_card(f"https://espace.example.org/carte/verifier/#{code}\n", on=ON).is_valid


def test_before_and_after_its_days_a_card_is_refused(code: str) -> None:
    assert check_card(code, on=date(2025, 12, 31)).state == CardState.NOT_YET
    assert check_card(code, on=date(2027, 1, 1)).state == CardState.EXPIRED
    assert check_card(code, on=date(2026, 12, 31)).is_valid


def test_a_replaced_card_is_refused_and_the_new_one_is_not(
    viewer: Viewer, household: Household, code: str
) -> None:
    spouse = viewer_of(household.spouse.account_id)  # type: ignore[arg-type]
    assert spouse is not None

    number = replaced(spouse, household.spouse)

    new = card_of(viewer, household.spouse.pk, on=ON)
    assert new is not None
    assert number == 2
    assert check_card(code, on=ON).state == CardState.REPLACED
    assert check_card(code_of(new), on=ON).is_valid


def test_a_card_that_somebody_else_signed_is_refused(code: str) -> None:
    claims = read_card_code(code, keys=card_keys())
    theirs = write_card_code(replace(claims, series=2), key=Ed25519PrivateKey.generate())

    assert check_card(theirs, on=ON).state == CardState.UNKNOWN_KEY


def test_who_is_no_longer_covered_is_told_apart_from_a_forged_card(household: Household, code: str) -> None:
    Coverage.objects.filter(beneficiary=household.spouse).update(ends_on=ON - timedelta(days=1))

    found = check_card(code, on=ON)

    assert found.state == CardState.ENDED
    assert found.card is None


def test_a_person_who_is_not_on_file_any_more_is_not_covered(household: Household, code: str) -> None:
    Beneficiary.objects.filter(pk=household.spouse.pk).update(number="30049999")

    assert check_card(code, on=ON).state == CardState.ENDED


def altered(code: str, at: int) -> str:
    return code[:at] + ("A" if code[at] != "A" else "B") + code[at + 1 :]


def test_one_changed_sign_makes_a_card_forged_or_unreadable(code: str) -> None:
    found = {check_card(altered(code, at), on=ON).state for at in range(len(code))}

    assert found <= {CardState.FORGED, CardState.MALFORMED, CardState.UNKNOWN_KEY, CardState.OTHER_MUTUAL}


def test_a_card_signed_with_a_former_key_is_read_until_the_key_is_taken_out(
    code: str, settings: LazySettings
) -> None:
    ring = settings.ENTRAIDE.keys
    both = replace(ring, current="k9", keys={**ring.keys, "k9": b"9" * 32})
    settings.ENTRAIDE = replace(settings.ENTRAIDE, keys=both)
    known = check_card(code, on=ON)

    settings.ENTRAIDE = replace(settings.ENTRAIDE, keys=replace(both, keys={"k9": b"9" * 32}))

    assert known.is_valid
    assert check_card(code, on=ON).state == CardState.UNKNOWN_KEY


def test_a_network_that_checks_too_much_is_stopped(code: str) -> None:
    now = timezone.now()
    for _try in range(CHECKS_AN_HOUR):
        check_card_for("192.0.2.7", "EC1", now=now)

    with pytest.raises(TooManyChecks):
        check_card_for("192.0.2.7", code, now=now)
    assert check_card_for("192.0.2.8", "EC1", now=now).state == CardState.MALFORMED


# Replacing


def test_the_same_press_twice_begins_one_series(viewer: Viewer, household: Household) -> None:
    key = uuid4()

    numbers = [replaced(viewer, household.primary, request_key=key) for _press in range(2)]

    assert numbers == [2, 2]
    assert CardSeries.objects.count() == 1
    assert Entry.objects.filter(kind="CardsReplaced").count() == 1


def test_nobody_replaces_the_card_of_another_adult(
    viewer: Viewer, household: Household, stranger: Beneficiary
) -> None:
    for person in (household.spouse, household.adult_child, stranger):
        assert replaced(viewer, person) is None
    assert replaced(viewer, household.teen) == 2
    assert CardSeries.objects.count() == 1
