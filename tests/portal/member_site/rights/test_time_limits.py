"""Until when care can be claimed: what waits, and any other day (B-12, L221-11)."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.actions import send_deposit
from entraide.portal.domain.requests.asked import Asked
from entraide.portal.domain.requests.enums import By, Move, RequestKind
from entraide.portal.domain.requests.life import Hand, Said, make_move
from entraide.portal.domain.requests.models import Request
from entraide.portal.domain.requests.time_limits import care_to_claim, time_limit_of
from entraide.portal.foundation.web.wording import day
from entraide.reimbursement.dates import add_months
from tests.conftest import Household
from tests.portal.member_site.requests.conftest import text_of

PAGE = "/droits/prescription/"
pytestmark = pytest.mark.django_db
Claim = Callable[..., Request]


def today() -> date:
    return timezone.localdate()


@pytest.fixture
def claim(viewer: Viewer) -> Claim:
    """Anne claims pharmacy care of that day, for herself or somebody else of the contract."""
    category, type_ = next(
        (one.id, each.id)
        for one in settings.PROFILE.deposit.to_send
        for each in one.types
        if not each.own_page
    )

    def send(care_on: date, *, of: Beneficiary | None = None) -> Request:
        asked = Asked(
            kind=RequestKind.CLAIM, answers=(("care_date", care_on.isoformat()),), needs_files=False
        )
        return send_deposit(
            viewer, category=category, type=type_, concerns=of.pk if of else viewer.person_id, description="",
            request_key=uuid4(), language="fr", now=timezone.now(), asked=asked,
        )  # fmt: skip

    return send


def move(request: Request, kind: Move, **said: str) -> None:
    make_move(request.pk, move=kind, hand=Hand(by=By.AGENT), said=Said(**said), now=timezone.now())


def known(viewer: Viewer) -> list[tuple[str, bool]]:
    return [(one.reference, one.waits) for one in care_to_claim(viewer, on=today())]


def test_care_can_be_claimed_for_two_years_that_day_included() -> None:
    last = time_limit_of(date(2024, 5, 31), on=date(2026, 5, 31))

    assert (last.last_day, last.days_left, last.is_over) == (date(2026, 5, 31), 0, False)
    assert time_limit_of(date(2024, 5, 31), on=date(2026, 6, 1)).is_over
    assert time_limit_of(date(2024, 2, 29), on=date(2024, 3, 1)).last_day == date(2026, 2, 28)


def test_a_claim_that_waits_for_papers_is_there_with_its_days_and_one_under_way_is_not(
    member_client: Client, viewer: Viewer, claim: Claim, household: Household
) -> None:
    care_on = today() - timedelta(days=40)
    claim(today() - timedelta(days=3))
    waiting = claim(care_on, of=household.child)
    move(waiting, Move.ASK, words="La facture, s’il vous plaît")

    page = text_of(member_client.get(PAGE))

    assert known(viewer) == [(waiting.reference, True)]
    assert waiting.reference in page
    assert day(add_months(care_on, settings.PROFILE.pieces.claim_months)).replace("\xa0", " ") in page
    assert household.child.full_name in page
    assert waiting.reference in text_of(member_client.get("/droits/"))


def test_what_was_refused_for_a_missing_paper_may_come_again_until_it_did(
    viewer: Viewer, claim: Claim
) -> None:
    care_on = today() - timedelta(days=60)
    other, refused = claim(care_on - timedelta(days=1)), claim(care_on)
    move(other, Move.REFUSE, refusal="already-paid")
    move(refused, Move.REFUSE, refusal="missing-document")

    before = known(viewer)
    again = claim(care_on)

    assert before == [(refused.reference, False)]
    assert known(viewer) == []
    move(again, Move.ASK, words="Encore un papier")
    assert known(viewer) == [(again.reference, True)]


def test_what_was_sent_again_and_taken_back_leaves_the_refused_one_to_be_sent_again(
    viewer: Viewer, claim: Claim
) -> None:
    care_on = today() - timedelta(days=60)
    refused = claim(care_on)
    move(refused, Move.REFUSE, refusal="missing-document")
    again = claim(care_on)
    make_move(again.pk, move=Move.WITHDRAW, hand=Hand(by=By.MEMBER), said=Said(), now=timezone.now())

    assert known(viewer) == [(refused.reference, False)]


def test_the_care_of_another_person_on_the_same_day_is_another_care(
    viewer: Viewer, claim: Claim, household: Household
) -> None:
    care_on = today() - timedelta(days=60)
    refused = claim(care_on, of=household.child)
    move(refused, Move.REFUSE, refusal="missing-document")
    claim(care_on)

    assert known(viewer) == [(refused.reference, False)]


def test_too_late_is_told_only_where_an_answer_is_still_waited_for(viewer: Viewer, claim: Claim) -> None:
    late = add_months(today(), -settings.PROFILE.pieces.claim_months) - timedelta(days=1)
    waiting, refused = claim(late), claim(late - timedelta(days=1))
    move(waiting, Move.ASK, words="La facture ?")
    move(refused, Move.REFUSE, refusal="missing-document")

    found = care_to_claim(viewer, on=today())

    assert [(one.reference, one.limit.is_over) for one in found] == [(waiting.reference, True)]


def test_the_most_urgent_comes_first_and_nobody_reads_what_another_one_claims(
    viewer: Viewer, claim: Claim, household: Household
) -> None:
    recent, old = claim(today() - timedelta(days=5)), claim(today() - timedelta(days=500))
    for one in (recent, old):
        move(one, Move.ASK, words="La facture ?")
    spouse = viewer_of(household.spouse.account_id)  # type: ignore[arg-type]

    assert spouse is not None
    assert known(viewer) == [(old.reference, True), (recent.reference, True)]
    assert known(spouse) == []


def test_the_last_day_for_care_of_any_day(member_client: Client) -> None:
    care_on = today() - timedelta(days=10)
    last_day = add_months(care_on, settings.PROFILE.pieces.claim_months)

    page = text_of(member_client.get(PAGE, {"care": f"{care_on:%d/%m/%Y}"}))
    late = text_of(member_client.get(PAGE, {"care": "01/02/2019"}))

    assert day(last_day).replace("\xa0", " ") in page
    assert "Vous avez jusqu’au" in page
    assert "Le délai est passé depuis le 1er février 2021" in late or "1 février 2021" in late


@pytest.mark.parametrize("care", ["", "demain", "31/02/2026", "01/01/0026"])
def test_a_day_that_is_none_is_told_beside_its_field(member_client: Client, care: str) -> None:
    answer = member_client.get(PAGE, {"care": care})

    assert answer.status_code == 422
    assert 'id="id_care_error"' in answer.content.decode()


def test_a_day_to_come_is_refused_and_a_day_given_twice_too(member_client: Client) -> None:
    to_come = f"{today() + timedelta(days=1):%d/%m/%Y}"

    assert "Cette date est dans le futur." in text_of(member_client.get(PAGE, {"care": to_come}))
    assert member_client.get(f"{PAGE}?care=01/01/2026&care=02/01/2026").status_code == 400


def test_many_claims_take_no_more_questions(member_client: Client, claim: Claim) -> None:
    for days in range(1, 9):
        move(claim(today() - timedelta(days=days)), Move.REFUSE, refusal="missing-document")

    for address in (PAGE, "/droits/"):
        with CaptureQueriesContext(connection) as queries:
            assert member_client.get(address).status_code == 200
        assert len(queries) <= 12


def test_electronic_statements_are_refused_at_once_and_a_mail_says_so(
    member_client: Client, household: Household
) -> None:
    before = text_of(member_client.get("/droits/"))
    form = text_of(member_client.get("/coordonnees/messages/"))

    assert 'href="/coordonnees/messages/"' in before
    assert "un e-mail vous prévient" in before
    assert "Par la poste" in form
    household.member.statement_delivery = "post"
    household.member.save(update_fields=["statement_delivery"])
    assert "ils arrivent par la poste" in text_of(member_client.get("/droits/"))
