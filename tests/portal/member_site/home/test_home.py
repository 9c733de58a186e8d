"""The home page: what waits, what was paid, what is under way, then the shortcuts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.models import Request, Step
from entraide.portal.foundation.accounts.models import Account
from tests.conftest import Household
from tests.portal.domain.claims.care import Care, pay

SignIn = Callable[[Client, Beneficiary], Client]


def ask(person: Beneficiary, reference: str, *, state: str = "received") -> Request:
    category = settings.PROFILE.deposit.categories[0]
    now = timezone.now()
    request = Request.objects.create(
        reference=reference, kind="deposit", sender=person, concerns=person, category=category.id,
        type=category.types[0].id, state=state, request_key=uuid4(), content_digest="0" * 64, received_at=now,
        promised_on=timezone.localdate(now) + timedelta(days=5),
        due_on=timezone.localdate(now) + timedelta(days=5), language="fr",
    )  # fmt: skip
    Step.objects.create(request=request, state=state, at=now)
    return request


def test_a_member_is_greeted_and_finds_the_twelve_shortcuts(member_client: Client) -> None:
    """HOME-01, HOME-03: five menu categories for this segment at most, twelve tiles with their purpose."""
    page = member_client.get("/").content.decode()

    assert "Bonjour Anne" in page
    assert page.count('class="tile"') == 12
    for tile in settings.PROFILE.tiles:
        assert tile.purpose.fr in page


def test_news_of_the_segment_are_shown(member_client: Client, household: Household) -> None:
    """HOME-02: the banner shows what is current for this segment, and nothing of another one."""
    page = member_client.get("/").content.decode()

    for item in settings.PROFILE.news:
        for_me = not item.segments or household.member.segment in item.segments
        assert (f'data-news="{item.id}"' in page) == for_me


def test_open_requests_are_shown_and_ended_ones_are_not(member_client: Client, household: Household) -> None:
    """DEP-01: a request under way is one click away."""
    ask(household.primary, "MESE-OPEN-0001")
    ask(household.primary, "MESE-DONE-0001", state="done")

    page = member_client.get("/").content.decode()

    assert "MESE-OPEN-0001" in page
    assert "MESE-DONE-0001" not in page


def test_a_password_that_expires_soon_is_something_to_do(member_client: Client, household: Household) -> None:
    """AUTH-09: said before it happens, only where the mutual lets passwords expire."""
    days = settings.PROFILE.security.password_max_age_days or 180
    Account.objects.filter(pk=household.primary.account_id).update(
        password_set_at=timezone.now() - timedelta(days=days - 5)
    )

    page = member_client.get("/").content.decode()

    assert ("Changez votre mot de passe" in page) == bool(settings.PROFILE.security.password_max_age_days)


def test_nothing_to_do_shows_no_empty_list(member_client: Client) -> None:
    """The heading is there only when something waits."""
    assert "À faire" not in member_client.get("/").content.decode()


def test_an_empty_home_page_says_what_to_do_next(member_client: Client) -> None:
    """A new member has no reimbursement and no request: both places say so."""
    page = member_client.get("/").content.decode()

    assert "Pas encore de remboursement" in page
    assert "Aucune demande en cours" in page


def test_someone_elses_requests_stay_out(client: Client, household: Household, sign_in: SignIn) -> None:
    """A36: the spouse does not see what the member sent."""
    ask(household.primary, "MESE-MINE-0001")

    page = sign_in(client, household.spouse).get("/").content.decode()

    assert "MESE-MINE-0001" not in page


def test_anonymous_goes_to_sign_in(client: Client, db: None) -> None:
    answer = client.get("/")

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/connexion/")


def test_posting_is_refused(member_client: Client) -> None:
    assert member_client.post("/").status_code == 405


@pytest.mark.parametrize("count", [1, 12])
def test_the_number_of_queries_does_not_grow(
    member_client: Client,
    household: Household,
    count: int,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    """Speed: at most 12 queries, whatever there is to show."""
    for number in range(count):
        ask(household.primary, f"MESE-Q-{number:04d}")

    with django_assert_max_num_queries(12):
        assert member_client.get("/").status_code == 200


def test_what_is_left_of_the_year_is_told_once_something_was_used(
    member_client: Client, household: Household, tables: None
) -> None:
    """B-06"""
    assert "Ce qu’il me reste" not in member_client.get("/").content.decode()
    session = Care(
        person=household.primary, kind="alternative", act="OST", charged=5500, base=0, rate=0, amo=0,
        amc=2500, day=localdate(),
    )  # fmt: skip
    pay(household.member, session, on=localdate())

    page = member_client.get("/").content.decode()

    assert "Ce qu’il me reste cette année" in page
    assert "Il en reste 2 sur 3" in page
    assert f'href="/beneficiaires/{household.primary.pk}/"' in page


def test_what_is_left_at_home_is_the_reader_s_own(
    member_client: Client, household: Household, tables: None
) -> None:
    """A36, B-06"""
    session = Care(
        person=household.spouse, kind="alternative", act="OST", charged=5500, base=0, rate=0, amo=0,
        amc=2500, day=localdate(),
    )  # fmt: skip
    pay(household.member, session, on=localdate())

    assert "Ce qu’il me reste" not in member_client.get("/").content.decode()
