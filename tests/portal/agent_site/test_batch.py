"""Alike requests at once: ticked in the queue, one act, told for each of them (B-14, A77)."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.handling.models import Proposal
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.models import Message, Request, Step
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household
from tests.portal.agent_site.test_requests import signed_in
from tests.portal.agents import make_agent
from tests.portal.domain.correspondence.history import ask
from tests.portal.domain.handling.conftest import reference
from tests.portal.member_site.requests.conftest import text_of

QUEUE, BATCH = "/gestion/demandes/", "/gestion/demandes/lot/"
READY = next(one for one in settings.PROFILE.desk.ready if one.use == "answer")


@pytest.fixture
def three(household: Household, stranger: Beneficiary) -> list[Request]:
    """Two requests of Anne's and one of another family, of one kind."""
    found = []
    for number, sender in enumerate((household.primary, household.primary, stranger)):
        request = ask(sender, at=timezone.now(), files=())
        request.reference = reference(20 + number)
        request.save()
        found.append(request)
    return found


def send(client: Client, requests: list[Request], act: str, **more: str) -> Any:
    return client.post(BATCH, {"reference": [one.reference for one in requests], "act": act, **more})


def states() -> dict[str, str]:
    return dict(Request.objects.order_by("reference").values_list("reference", "state"))


def test_the_queue_offers_what_can_be_ticked_and_the_next_page_shows_it(
    agent_client: Client, three: list[Request]
) -> None:
    queue = text_of(agent_client.get(QUEUE))
    recap = text_of(agent_client.get(BATCH, {"reference": [one.reference for one in three[:2]]}))

    assert f'name="reference" value="{three[0].reference}"' in queue
    assert "2 demandes choisies" in recap
    assert "Traiter 2 demandes" in recap
    assert three[2].reference not in recap
    assert set(states().values()) == {"received"}


def test_each_gets_the_same_answer_with_its_own_name_and_is_journalled(
    agent_client: Client, three: list[Request]
) -> None:
    page = text_of(send(agent_client, three, "answer", ready=READY.id))
    drain()

    assert "3 demandes traitées" in page
    assert set(states().values()) == {"done"}
    words = {one.request.reference: one.words for one in Message.objects.select_related("request")}
    for one in three:
        assert one.sender.first_name in words[one.reference]
        assert Consultation.objects.filter(reader_kind="agent", object_id=one.pk).exists()


def test_sent_twice_nothing_is_done_twice(agent_client: Client, handler: Agent, three: list[Request]) -> None:
    send(agent_client, three[:1], "take")

    page = text_of(send(agent_client, three, "take"))

    assert "2 demandes traitées" in page
    assert "Laissées en l’état" in page
    assert "Un collègue s’occupe déjà de cette demande." in page
    assert set(Request.objects.values_list("state", "handler")) == {("in_progress", handler.pk)}
    assert "0 demande" in text_of(send(agent_client, three, "take"))


def test_they_go_to_another_team(agent_client: Client, three: list[Request]) -> None:
    other = settings.PROFILE.desk.teams[-1].id

    send(agent_client, three, "to_team", team=other)

    assert set(Request.objects.values_list("team", flat=True)) == {other}


def test_answers_that_need_a_second_agent_wait(agent_client: Client, three: list[Request]) -> None:
    Request.objects.update(type=settings.PROFILE.desk.second_look[0])

    page = text_of(send(agent_client, three, "answer", ready=READY.id))

    assert "3 réponses attendent l’accord d’un collègue." in page
    assert Proposal.objects.count() == 3
    assert set(states().values()) == {"received"}


@pytest.mark.parametrize(
    ("act", "more", "told"),
    [
        ("", {}, "Choisissez ce que vous voulez faire."),
        ("answer", {}, "Choisissez la réponse à envoyer."),
        ("to_team", {}, "Choisissez une équipe."),
        ("ask", {}, "Choisissez la question à poser, ou les papiers à demander."),
        ("refuse", {}, "Choisissez le motif du refus dans la liste."),
        ("refuse", {"code": "card-enough"}, "Choisissez une ligne de la liste."),
        ("to_team", {"team": "nobody"}, "Choisissez une ligne de la liste."),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_done(
    agent_client: Client, three: list[Request], act: str, more: dict[str, str], told: str
) -> None:
    answer = send(agent_client, three, act, **more)

    assert answer.status_code == 422
    assert told in text_of(answer)
    assert set(states().values()) == {"received"}


def test_different_kinds_and_none_at_all_are_refused(agent_client: Client, three: list[Request]) -> None:
    Request.objects.filter(pk=three[0].pk).update(type="another")

    mixed, none = send(agent_client, three, "take"), send(agent_client, [], "take")

    assert (mixed.status_code, none.status_code) == (422, 422)
    assert "même sorte" in text_of(mixed)
    assert "Cochez au moins une demande." in text_of(none)
    assert "Aucune demande choisie" in text_of(agent_client.get(BATCH))
    assert set(states().values()) == {"received"}


def test_who_only_reads_gets_no_boxes_and_no_page(three: list[Request]) -> None:
    """A75"""
    reader = signed_in(Role.READER)

    assert 'name="reference"' not in text_of(reader.get(QUEUE))
    assert reader.get(BATCH).status_code == 403
    assert send(reader, three, "take").status_code == 403
    assert Client().get(BATCH).headers["Location"].startswith("/gestion/connexion/")
    assert signed_in(Role.HANDLER).put(BATCH).status_code == 405


def test_the_batch_is_in_english_too(agent_client: Client, three: list[Request]) -> None:
    agent_client.post("/gestion/langue/", {"language": "en", "next": QUEUE})

    assert "2 requests handled" in text_of(send(agent_client, three[:2], "take"))


def test_they_are_refused_for_one_reason_but_what_a_colleague_holds(
    agent_client: Client, three: list[Request]
) -> None:
    colleague = make_agent("z@example.org", "Élodie Barsac", role=Role.HANDLER, since=timezone.now())
    Request.objects.filter(pk=three[0].pk).update(handler=colleague.pk, state="in_progress")

    page = text_of(send(agent_client, three, "refuse", code="unreadable"))

    assert f"{three[0].reference}</a> : Un collègue s’occupe de cette demande" in page.replace("\xa0", " ")
    assert [states()[one.reference] for one in three] == ["in_progress", "refused", "refused"]
    assert set(Step.objects.filter(state="refused").values_list("refusal", flat=True)) == {"unreadable"}


def test_the_same_question_and_papers_are_asked_of_each_by_name(
    agent_client: Client, three: list[Request]
) -> None:
    question = next(one for one in settings.PROFILE.desk.ready if one.use == "question")
    paper = settings.PROFILE.pieces.papers[0].id

    page = text_of(send(agent_client, three, "ask", question=question.id, papers=paper))

    assert "3 demandes traitées" in page
    assert set(states().values()) == {"waiting_for_member"}
    for one in Message.objects.select_related("request__sender"):
        assert one.request.sender.first_name in one.words
        assert one.papers == paper


def test_they_are_taken_back_to_ones_own_name(
    agent_client: Client, handler: Agent, three: list[Request]
) -> None:
    colleague = make_agent("z@example.org", "Élodie Barsac", role=Role.HANDLER, since=timezone.now())
    Request.objects.update(handler=colleague.pk, state="in_progress")

    assert "3 demandes traitées" in text_of(send(agent_client, three, "to_me"))

    assert set(Request.objects.values_list("handler", flat=True)) == {handler.pk}
