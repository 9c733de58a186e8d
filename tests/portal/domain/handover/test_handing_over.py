"""Handing somebody over: who may, what is signed, once and for a minute (TELE-02, A58)."""

import base64
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from entraide.formats.handover_token import read_token
from entraide.portal.domain.contracts.models import Coverage
from entraide.portal.domain.handover.actions import (
    KEPT_DAYS,
    LIFE_SECONDS,
    MOST_AN_HOUR,
    NotCovered,
    TooManyHandOvers,
    forget_hand_overs,
    hand_to_partner,
    use_token,
)
from entraide.portal.domain.handover.enums import TokenState
from entraide.portal.domain.handover.keys import handover_keys
from entraide.portal.domain.handover.models import HandOver
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.vault.keys import KeyRing
from tests.conftest import Household, give_account
from tests.portal.helping import helper_of
from tests.portal.partners import BEACHES, DOCTORS, HELPERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return timezone.now().replace(microsecond=0)


def as_viewer(person: Beneficiary) -> Viewer:
    if person.account_id is None:
        give_account(person)
    found = viewer_of(person.account_id)  # type: ignore[arg-type]
    assert found is not None
    return found


def token_for(viewer: Viewer, person: Beneficiary, now: datetime) -> str:
    signed = hand_to_partner(viewer, DOCTORS, person.pk, now=now)
    assert signed is not None
    return signed.token


def test_a_token_says_who_sends_to_whom_whom_and_for_a_minute(
    viewer: Viewer, household: Household, settings: LazySettings, now: datetime
) -> None:
    """TELE-02: no name, no number of any kind."""
    token = token_for(viewer, household.primary, now)

    claims = read_token(token, keys=handover_keys(), audience="lointaine", now=int(now.timestamp()))
    assert claims.issuer == settings.ENTRAIDE.public_url
    assert claims.expires_at - claims.issued_at == LIFE_SECONDS == 60
    assert claims.actor == ""
    assert len(claims.subject) == 32
    known = (household.member.number, household.primary.nir, str(household.primary.pk))
    assert not any(one in claims.subject for one in known)


def test_a_parent_is_told_beside_the_child(viewer: Viewer, household: Household, now: datetime) -> None:
    own = token_for(viewer, household.primary, now)
    child = token_for(viewer, household.child, now)

    at = {"keys": handover_keys(), "audience": "lointaine", "now": int(now.timestamp())}
    parent, found = read_token(own, **at), read_token(child, **at)  # type: ignore[arg-type]
    assert found.actor == parent.subject
    assert found.subject not in {parent.subject, ""}


def test_each_partner_knows_somebody_by_another_name_always_the_same(
    viewer: Viewer, household: Household, now: datetime
) -> None:
    names = []
    for partner in (DOCTORS, HELPERS, DOCTORS):
        signed = hand_to_partner(viewer, partner, household.primary.pk, now=now)
        assert signed is not None
        assert partner.hand_over is not None
        audience = partner.hand_over.audience
        found = read_token(signed.token, keys=handover_keys(), audience=audience, now=int(now.timestamp()))
        names.append(found.subject)

    assert names[0] == names[2] != names[1]


def test_a_partner_that_needs_the_member_number_gets_it(
    viewer: Viewer, household: Household, now: datetime
) -> None:
    assert DOCTORS.hand_over is not None
    partner = replace(DOCTORS, hand_over=replace(DOCTORS.hand_over, known_by="member_number"))

    signed = hand_to_partner(viewer, partner, household.primary.pk, now=now)

    assert signed is not None
    found = use_token(signed.token, audience="lointaine", now=now)
    assert found.claims is not None
    assert found.claims.subject == household.primary.number


def test_only_oneself_and_ones_minor_children_are_handed_over(
    viewer: Viewer, household: Household, stranger: Beneficiary, now: datetime
) -> None:
    """Security 2.4: a spouse and adult children have a way of their own."""
    handed = [
        one.first_name
        for one in [*household.people, stranger]
        if hand_to_partner(viewer, DOCTORS, one.pk, now=now) is not None
    ]

    assert handed == [one.first_name for one in (household.primary, household.teen, household.child)]


def test_a_child_of_another_family_is_not_handed_over(
    viewer: Viewer, household: Household, stranger: Beneficiary, now: datetime
) -> None:
    """A36"""
    Beneficiary.objects.filter(pk=household.child.pk).update(member=stranger.member)

    assert hand_to_partner(viewer, DOCTORS, household.child.pk, now=now) is None
    assert hand_to_partner(viewer, HELPERS, household.child.pk, now=now) is None


def test_a_spouse_and_an_adult_child_are_not_handed_over_for_a_consultation_even_by_themselves(
    household: Household, now: datetime
) -> None:
    """TELE-02; the assistance takes everybody over for themselves."""
    for person in (household.spouse, household.adult_child):
        own = as_viewer(person)
        assert hand_to_partner(own, DOCTORS, person.pk, now=now) is None
        assert hand_to_partner(own, HELPERS, person.pk, now=now) is not None
        assert hand_to_partner(own, HELPERS, household.child.pk, now=now) is None


def test_a_teenager_with_an_access_is_handed_over_for_themselves(household: Household, now: datetime) -> None:
    own = as_viewer(household.teen)

    assert hand_to_partner(own, DOCTORS, household.teen.pk, now=now) is not None
    assert hand_to_partner(own, DOCTORS, household.child.pk, now=now) is None


def test_at_eighteen_one_no_longer_consults_through_the_mutual(household: Household) -> None:
    """TELE-02: from that day on by a way of their own, like a spouse."""
    noon = datetime(2026, 6, 15, 10, tzinfo=UTC)
    for birth, is_handed in (("2008-06-16", True), ("2008-06-15", False)):
        Beneficiary.objects.filter(pk=household.teen.pk).update(birth_date=birth)
        own = as_viewer(Beneficiary.objects.get(pk=household.teen.pk))
        assert (hand_to_partner(own, DOCTORS, household.teen.pk, now=noon) is not None) == is_handed


def test_who_helps_hands_nobody_over(viewer: Viewer, household: Household, now: datetime) -> None:
    """B-08"""
    for partner in (DOCTORS, HELPERS):
        for person in (household.primary, household.child):
            assert hand_to_partner(helper_of(viewer), partner, person.pk, now=now) is None


def test_the_day_a_child_turns_eighteen_the_parent_does_not_hand_them_over(
    viewer: Viewer, household: Household
) -> None:
    """A39"""
    noon = datetime(2026, 6, 15, 10, tzinfo=UTC)
    for birth, is_handed in (("2008-06-16", True), ("2008-06-15", False)):
        Beneficiary.objects.filter(pk=household.teen.pk).update(birth_date=birth)
        signed = hand_to_partner(viewer, DOCTORS, household.teen.pk, now=noon)
        assert (signed is not None) == is_handed


def test_who_is_not_covered_today_is_told_so(viewer: Viewer, household: Household, now: datetime) -> None:
    Coverage.objects.filter(beneficiary=household.primary).update(
        ends_on=timezone.localdate(now) - timedelta(days=1)
    )

    with pytest.raises(NotCovered):
        hand_to_partner(viewer, DOCTORS, household.primary.pk, now=now)
    assert not HandOver.objects.exists()


def test_a_partner_without_a_way_in_takes_nobody_over(
    viewer: Viewer, household: Household, now: datetime
) -> None:
    assert hand_to_partner(viewer, BEACHES, household.primary.pk, now=now) is None


def test_the_journal_says_who_left_for_whom_and_nothing_that_was_signed(
    viewer: Viewer, household: Household, now: datetime
) -> None:
    token = token_for(viewer, household.child, now)

    entry = Entry.objects.get(kind="HandedOver")
    assert (entry.actor, entry.about) == (viewer.account_id, household.child.pk)
    assert entry.data == {"partner": "lointaine"}
    row = HandOver.objects.get()
    claims = read_token(token, keys=handover_keys(), audience="lointaine", now=int(now.timestamp()))
    assert claims.nonce not in str(row.__dict__)


def test_a_token_serves_once(viewer: Viewer, household: Household, now: datetime) -> None:
    token = token_for(viewer, household.primary, now)

    states = [use_token(token, audience="lointaine", now=now).state for _ in range(3)]

    assert states == [TokenState.VALID, TokenState.USED, TokenState.USED]


@pytest.mark.parametrize(
    ("seconds", "state"), [(59, "valid"), (60, "expired"), (3600, "expired"), (-31, "not_yet")]
)
def test_a_token_serves_within_its_minute(
    viewer: Viewer, household: Household, now: datetime, seconds: int, state: str
) -> None:
    token = token_for(viewer, household.primary, now)

    assert use_token(token, audience="lointaine", now=now + timedelta(seconds=seconds)).state == state


def test_another_partner_does_not_use_it_up(viewer: Viewer, household: Household, now: datetime) -> None:
    token = token_for(viewer, household.primary, now)

    assert use_token(token, audience="secours", now=now).state == TokenState.OTHER_AUDIENCE
    assert use_token(token, audience="lointaine", now=now).is_valid


def test_a_token_that_we_do_not_know_of_opens_nothing(
    viewer: Viewer, household: Household, now: datetime
) -> None:
    """Signed by us, and its row is gone: as after a restore of yesterday's database."""
    token = token_for(viewer, household.primary, now)
    HandOver.objects.all().delete()

    assert use_token(token, audience="lointaine", now=now).state == TokenState.UNKNOWN


def test_more_than_a_person_leaves_in_an_hour_is_refused(
    viewer: Viewer, household: Household, now: datetime
) -> None:
    for _ in range(MOST_AN_HOUR):
        token_for(viewer, household.primary, now)

    with pytest.raises(TooManyHandOvers):
        token_for(viewer, household.primary, now)
    assert HandOver.objects.count() == MOST_AN_HOUR
    assert token_for(viewer, household.primary, now + timedelta(hours=1, seconds=1))


def test_a_row_used_after_its_end_cannot_be_stored(
    viewer: Viewer, household: Household, now: datetime
) -> None:
    token_for(viewer, household.primary, now)

    with pytest.raises(IntegrityError), transaction.atomic():
        HandOver.objects.update(used_at=now + timedelta(seconds=61))


def test_hand_overs_of_long_ago_are_forgotten(viewer: Viewer, household: Household, now: datetime) -> None:
    for days in (KEPT_DAYS + 1, KEPT_DAYS - 1):
        token_for(viewer, household.primary, now - timedelta(days=days))

    assert forget_hand_overs(now=now) == 1
    assert HandOver.objects.count() == 1


def test_what_was_signed_before_a_rotation_of_keys_still_serves_and_the_new_key_signs(
    viewer: Viewer, household: Household, settings: LazySettings, now: datetime
) -> None:
    """A64: whatever the keys are called."""
    before, ring = token_for(viewer, household.primary, now), settings.ENTRAIDE.keys
    for name in ("0", "zz"):
        rotated = KeyRing(current=name, keys={**ring.keys, name: name.encode() * 32}, index=ring.index)
        settings.ENTRAIDE = replace(settings.ENTRAIDE, keys=rotated)
        after = token_for(viewer, household.primary, now)

        first, *others = handover_keys()
        assert len(others) == len(ring.keys)
        assert f'"kid":"{first}"' in base64.urlsafe_b64decode(after.split(".")[0] + "==").decode()
        assert use_token(after, audience="lointaine", now=now).is_valid
    assert use_token(before, audience="lointaine", now=now).is_valid


@pytest.mark.django_db(transaction=True)
def test_of_many_who_use_it_at_once_one_wins(viewer: Viewer, household: Household, now: datetime) -> None:
    """A5"""
    token = token_for(viewer, household.primary, now)

    def use(_number: int) -> TokenState:
        try:
            return use_token(token, audience="lointaine", now=now).state
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        states = list(pool.map(use, range(24)))

    assert states.count(TokenState.VALID) == 1
    assert states.count(TokenState.USED) == 23
