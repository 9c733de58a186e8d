"""A complaint: asked, its clocks, the desk, and the mediator afterwards (B-12)."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.consultations.enums import Seen
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.requests.complaints import Clocks, clocks_of
from entraide.portal.domain.requests.enums import By, Move
from entraide.portal.domain.requests.life import Hand, Said, make_move
from entraide.portal.domain.requests.models import Request
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.foundation.web.wording import day
from tests.conftest import Household, Post
from tests.portal.agents import make_agent, sign_in_agent
from tests.portal.domain.claims.care import Care, pay
from tests.portal.member_site.requests.conftest import text_of, upload

PAGE = "/droits/reclamation/"
WORDS = "Personne ne m’a rappelée depuis trois semaines."
pytestmark = pytest.mark.django_db


def body(**changes: object) -> dict[str, Any]:
    values = {"subject": "complaint-service", "comment": WORDS, "wish": "", "request_key": str(uuid4())}
    return values | changes


@pytest.fixture
def complaint(member_client: Client) -> Request:
    assert member_client.post(PAGE, body()).status_code == 303
    return Request.objects.get()


def say(request: Request, move: Move, **said: str) -> None:
    make_move(request.pk, move=move, hand=Hand(by=By.AGENT), said=Said(**said), now=timezone.now())
    request.refresh_from_db()


def page_of(client: Client, request: Request) -> str:
    return text_of(client.get(f"/demandes/{request.reference}/"))


def test_a_complaint_goes_to_its_team_with_what_it_is_about_and_the_day_of_the_law(
    member_client: Client, household: Household
) -> None:
    message = {"reason": "message-other", "beneficiary": str(household.primary.pk), "message": "Une question"}
    member_client.post("/contact/", message | {"request_key": str(uuid4())})
    earlier = Request.objects.get()
    told = body(
        about=f"request:{earlier.reference}", wish="Une réponse écrite", files=[upload("facture.pdf")]
    )

    answer = member_client.post(PAGE, told)

    request = Request.objects.get(kind="complaint")
    page = page_of(member_client, request)
    assert answer.status_code == 303
    assert (request.type, request.team) == ("complaint-service", "complaints")
    assert request.promised_on == clocks_of(request.received_at).answer_by
    assert all(one in page for one in (WORDS, earlier.reference, "Une réponse écrite"))
    assert settings.PROFILE.mediator.address[1] not in page


def test_one_chooses_among_ones_own_requests_and_the_care_that_one_sees(
    member_client: Client, household: Household, sign_in: Callable[..., Client]
) -> None:
    """A36, A69: a child's care is in the child's journal, a payment goes along as a day and an amount."""
    sign_in(Client(), household.spouse).post(PAGE, body())
    his = Request.objects.get()
    Request.objects.update(concerns=household.primary)
    paid_on = timezone.localdate() - timedelta(days=9)
    for one in (household.child, household.spouse):
        pay(household.member, Care(person=one, amc=12_34, day=paid_on, claim=one.first_name), on=paid_on)

    page = member_client.get(PAGE).content.decode()
    drain()
    chosen = re.findall(r'value="(payment:[^"]+)"', page)
    answer = member_client.post(PAGE, body(about=chosen[0]))

    assert his.reference not in page
    assert len(chosen) == 1
    assert {one.person_id for one in Consultation.objects.filter(seen=Seen.CARE)} == {household.child.pk}
    assert answer.status_code == 303
    told = dict(json.loads(Request.objects.exclude(pk=his.pk).get().answers))
    assert told == {"about_payment": paid_on.isoformat(), "about_paid": "1234"}


def test_a_question_does_not_stop_the_clock_of_the_law(
    member_client: Client, complaint: Request, sent: Callable[[], list[Post]]
) -> None:
    say(complaint, Move.ASK, words="Quel jour avez-vous appelé ?")
    Request.objects.update(waiting_since=timezone.now() - timedelta(days=20))
    asked = page_of(member_client, complaint)

    say(complaint, Move.REFUSE, refusal="complaint-not-upheld")

    question = next(one for one in sent() if one.notice == "request_question")
    assert "la date de notre réponse ne change pas" in asked
    assert "délai promis s’arrête" not in asked
    assert "La date de notre réponse ne change pas" in question.body
    assert complaint.due_on == complaint.promised_on


def test_the_answer_names_the_mediator_on_the_page_and_in_its_mail(
    member_client: Client, complaint: Request, sent: Callable[[], list[Post]]
) -> None:
    say(complaint, Move.ANSWER, words="Nous vous rappelons demain.")

    mail = next(one for one in sent() if one.notice == "request_answered")
    address = settings.PROFILE.mediator.address[1]
    assert address in page_of(member_client, complaint)
    assert address in mail.body


def test_without_an_answer_in_time_the_way_to_the_mediator_is_open(
    member_client: Client, complaint: Request
) -> None:
    Request.objects.update(due_on=timezone.localdate() - timedelta(days=1))

    page = page_of(member_client, complaint)

    assert "Le délai est passé" in page
    assert settings.PROFILE.mediator.address[1] in page


def test_the_clocks_count_as_the_law_does() -> None:
    """Ten days without Sundays and Christmas; two months to the day, or to the last day of a short month."""
    sent_at = datetime(2026, 12, 19, 10, tzinfo=UTC)

    assert clocks_of(sent_at) == Clocks(date(2027, 1, 2), date(2027, 2, 19))
    assert clocks_of(datetime(2026, 12, 31, 10, tzinfo=UTC)).answer_by == date(2027, 2, 28)


def test_the_desk_shows_both_clocks(complaint: Request) -> None:
    agent = make_agent(
        "ines@example.org", "Inès Belmont", role=Role.HANDLER, since=timezone.now(), with_app=True
    )
    clocks = clocks_of(complaint.received_at)

    page = text_of(sign_in_agent(Client(), agent).get(f"/gestion/demandes/{complaint.reference}/"))

    assert "Accusé de réception dû le" in page
    assert day(clocks.acknowledge_by) in page
    assert day(clocks.answer_by) in page


def test_mistakes_are_told_and_nothing_is_stored(member_client: Client, household: Household) -> None:
    answer = member_client.post(PAGE, body(comment="", about="request:MESE-2222-2222", wish="Un mot"))

    page = text_of(answer)
    assert answer.status_code == 422
    assert "Dites-nous ce qui ne va pas." in page
    assert "Choisissez une ligne de la liste." in page
    assert "Un mot" in page
    assert not Request.objects.exists()


def test_the_page_is_found_from_the_rights_and_takes_few_queries(member_client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = text_of(member_client.get(PAGE))

    assert settings.PROFILE.mediator.address[1] in page
    assert f'href="{PAGE}"' in member_client.get("/droits/").content.decode()
    assert len(queries) <= 12
