"""Writing again in the thread of a message that was answered (MSG-01, B-01)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.requests.delays import working_days_after
from entraide.portal.domain.requests.life import REOPENS_FOR
from entraide.portal.domain.requests.models import Message, Request
from entraide.portal.foundation.events.models import Entry
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household
from tests.portal.agents import make_agent, sign_in_agent
from tests.portal.domain.correspondence.history import ask
from tests.portal.domain.handling.conftest import reference
from tests.portal.member_site.requests.conftest import key_in, text_of

MESSAGES = settings.PROFILE.deposit.messages
PROMISED = MESSAGES.types[0].promised_days
PAGE, DESK = f"/demandes/{reference(1)}/", f"/gestion/demandes/{reference(1)}/"
REPLY = f"{PAGE}repondre/"


def handler(name: str) -> Client:
    email = f"{uuid4().hex[:8]}@example.org"
    return sign_in_agent(
        Client(), make_agent(email, name, role=Role.HANDLER, since=timezone.now(), with_app=True)
    )


@pytest.fixture
def adviser(household: Household) -> Client:
    """Inès, who has answered Anne's message on the day that it came."""
    now = timezone.now()
    one = ask(household.primary, at=now, files=(), category=MESSAGES.id)
    Request.objects.filter(pk=one.pk).update(
        reference=reference(1), kind="message", type=MESSAGES.types[0].id,
        promised_on=working_days_after(timezone.localdate(now), PROMISED),
    )  # fmt: skip
    client = handler("Inès Belmont")
    assert client.post(f"{DESK}agir/", {"act": "answer", "words": "Le 3 mars."}).status_code == 303
    return client


def write_again(client: Client, words: str = "De quelle année ?") -> None:
    key = key_in(client.get(REPLY))
    for _twice in range(2):
        answer = client.post(REPLY, {"words": words, "request_key": key})
        assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)


def answered_ago(time: timedelta) -> None:
    """As if all of it had been so long ago."""
    then = timezone.now() - time
    promised = working_days_after(timezone.localdate(then), PROMISED)
    Request.objects.update(received_at=then, closed_at=then, promised_on=promised, due_on=promised)


def test_writing_again_opens_the_message_and_starts_the_promise_anew(
    member_client: Client, adviser: Client
) -> None:
    handled_by, mails = Request.objects.get().handler, Delivery.objects.count()
    answered_ago(timedelta(days=28))
    assert "Vous pouvez écrire de nouveau ici jusqu’au" in text_of(member_client.get(PAGE))

    write_again(member_client)

    found, page = Request.objects.get(), text_of(member_client.get(PAGE))
    assert (found.state, found.closed_at, found.handler) == ("in_progress", None, handled_by)
    assert found.due_on == working_days_after(timezone.localdate(), PROMISED)
    assert [one.words for one in Message.objects.order_by("step_id")] == ["Le 3 mars.", "De quelle année ?"]
    assert Entry.objects.filter(kind="RequestReopened").count() == 1
    assert Delivery.objects.count() == mails
    assert "Nouveau message reçu" in page
    assert "Au plus tard le" in page


def test_the_agent_who_answered_sees_it_first_and_answers_again(
    member_client: Client, adviser: Client
) -> None:
    other = handler("Noé Tallec")
    write_again(member_client)

    assert "Ils vous ont réécrit" in text_of(adviser.get("/gestion/"))
    assert "Ils vous ont réécrit" not in text_of(other.get("/gestion/"))
    assert "L’adhérent a réécrit" in text_of(other.get("/gestion/demandes/"))
    assert "L’adhérent a réécrit" in text_of(adviser.get(DESK))
    assert adviser.post(f"{DESK}agir/", {"act": "answer", "words": "De 2027."}).status_code == 303

    assert "Ils vous ont réécrit" not in text_of(adviser.get("/gestion/"))
    assert "De 2027." in text_of(member_client.get(PAGE))


def test_after_its_time_a_new_message_is_offered_and_nothing_is_stored(
    member_client: Client, adviser: Client
) -> None:
    key = key_in(member_client.get(REPLY))
    answered_ago(REOPENS_FOR + timedelta(minutes=1))

    page, form = text_of(member_client.get(PAGE)), member_client.get(REPLY)
    late = member_client.post(REPLY, {"words": "Et alors ?", "request_key": key})

    assert "Cet échange est clos" in page
    assert f"/contact/?reason={MESSAGES.types[0].id}" in page
    assert form.headers["Location"] == PAGE
    assert late.status_code == 422
    assert "écrivez-nous un nouveau message" in text_of(late)
    assert "Et alors ?" in text_of(late)
    assert Request.objects.get().state == "done"


def test_papers_that_were_answered_stay_answered(member_client: Client, adviser: Client) -> None:
    Request.objects.update(kind="deposit")

    answer = member_client.post(REPLY, {"words": "Encore", "request_key": str(uuid4())})

    assert answer.status_code == 422
    assert Request.objects.get().state == "done"
    assert "écrire de nouveau ici" not in text_of(member_client.get(PAGE))


def test_the_pages_are_in_english_too(member_client: Client, adviser: Client) -> None:
    page = text_of(member_client.get(PAGE, headers={"Accept-Language": "en"}))

    assert "You can write here again until" in page
