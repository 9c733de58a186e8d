"""Requests at the desk: from the queue to the answer that the member reads (B-14, A68, A75, A77)."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.handling.models import Note, Proposal
from entraide.portal.domain.requests.models import Message, Request, Satisfaction
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household
from tests.portal.agent_site.steps import words
from tests.portal.agents import make_agent, sign_in_agent
from tests.portal.domain.claims.care import Care, pay
from tests.portal.domain.correspondence.history import PAPER, ask
from tests.portal.domain.handling.conftest import reference
from tests.portal.member_site.requests.conftest import text_of

QUEUE, SEARCH = "/gestion/demandes/", "/gestion/recherche/"


@pytest.fixture
def request_(household: Household) -> Request:
    request = ask(household.primary, at=timezone.now())
    request.reference = reference(7)
    request.team = settings.PROFILE.desk.teams[0].id
    request.save()
    return request


def page_of(request: Request, part: str = "") -> str:
    return f"{QUEUE}{request.reference}/{part}"


def signed_in(role: Role, name: str = "Solène Abgrall") -> Client:
    email = f"{role.value}.{uuid4().hex[:6]}@example.org"
    return sign_in_agent(Client(), make_agent(email, name, role=role, since=timezone.now(), with_app=True))


def act(client: Client, request: Request, what: str, **more: str) -> Any:
    return client.post(page_of(request, "agir/"), {"act": what, **more})


def test_a_request_goes_from_the_queue_to_the_answer_that_the_member_reads(
    agent_client: Client, member_client: Client, handler: Agent, request_: Request
) -> None:
    listed = text_of(agent_client.get(QUEUE))
    assert request_.reference in listed
    assert page_of(request_) in listed

    assert act(agent_client, request_, "take").status_code == 303
    assert act(agent_client, request_, "ask", words="La facture ?").status_code == 303
    assert "La facture ?" in text_of(member_client.get(f"/demandes/{request_.reference}/"))
    assert act(agent_client, request_, "answer", words="C’est payé").status_code == 303

    request_.refresh_from_db()
    page = text_of(agent_client.get(page_of(request_)))
    assert (request_.state, request_.handler) == ("done", handler.pk)
    assert "C’est payé" in page
    assert "Répondre et terminer" not in page
    assert "C’est payé" in text_of(member_client.get(f"/demandes/{request_.reference}/"))


def test_one_screen_shows_what_was_sent_and_its_pieces(agent_client: Client, request_: Request) -> None:
    page = text_of(agent_client.get(page_of(request_)))
    piece = request_.files.get()

    assert "Des mots" in page
    assert "Anne Vautrin" in page
    assert page_of(request_, f"pieces/{piece.pk}/") in page
    answer = agent_client.get(page_of(request_, f"pieces/{piece.pk}/"))
    assert b"".join(answer.streaming_content).startswith(PAPER)  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_each_opening_is_in_the_members_journal(
    agent_client: Client, member_client: Client, request_: Request
) -> None:
    agent_client.get(page_of(request_))
    agent_client.get(page_of(request_, f"pieces/{request_.files.get().pk}/"))
    drain()

    rows = Consultation.objects.filter(reader_kind="agent")
    assert sorted(rows.values_list("seen", flat=True)) == ["document", "request"]
    journal = text_of(member_client.get("/droits/journal/"))
    assert "Inès Belmont" in journal


def test_what_is_wrong_is_told_and_what_was_typed_stays(agent_client: Client, request_: Request) -> None:
    empty = act(agent_client, request_, "answer", words=" ")
    refused = act(agent_client, request_, "refuse", words="Votre facture", code="")
    unknown = act(agent_client, request_, "dance", words="Votre facture")

    assert (empty.status_code, refused.status_code, unknown.status_code) == (422, 422, 422)
    assert "Écrivez quelques mots." in text_of(empty)
    assert "Choisissez le motif" in text_of(refused)
    assert "Votre facture" in text_of(refused)
    assert "Votre facture" in text_of(unknown)
    assert Request.objects.get().state == "received"


def test_a_refusal_stands_in_the_history_with_its_reason(agent_client: Client, request_: Request) -> None:
    assert act(agent_client, request_, "refuse", code="unreadable").status_code == 303

    reason = settings.PROFILE.desk.refusal_named("unreadable")
    assert reason is not None
    assert reason.label.fr in text_of(agent_client.get(page_of(request_)))


def test_ready_words_come_filled_in(agent_client: Client, request_: Request) -> None:
    page = text_of(agent_client.get(page_of(request_), {"ready": "done"}))

    assert f"Bonjour Anne,\n\nVotre demande {request_.reference} est traitée" in page
    assert agent_client.get(page_of(request_), {"ready": "nothing"}).status_code == 200


def test_a_note_stays_between_colleagues(
    agent_client: Client, member_client: Client, request_: Request
) -> None:
    act(agent_client, request_, "note", words="Rappeler mardi")

    assert Note.objects.get().words == "Rappeler mardi"
    assert "Rappeler mardi" in text_of(agent_client.get(page_of(request_)))
    assert "Rappeler mardi" not in text_of(member_client.get(f"/demandes/{request_.reference}/"))


def test_a_second_agent_approves_what_stands_on_the_screen(agent_client: Client, request_: Request) -> None:
    Request.objects.update(type="remove-beneficiary")
    act(agent_client, request_, "answer", words="Entendu")
    supervisor = signed_in(Role.SUPERVISOR)
    binding = Proposal.objects.get().binding
    assert "Approuver et envoyer" not in text_of(agent_client.get(page_of(request_)))
    assert binding in text_of(supervisor.get(page_of(request_)))

    assert act(supervisor, request_, "approve", binding="0").status_code == 422
    assert act(supervisor, request_, "approve", binding=binding).status_code == 303

    assert Message.objects.get().words == "Entendu"


def test_a_request_is_handed_to_a_team_and_taken_back(
    agent_client: Client, handler: Agent, request_: Request
) -> None:
    other = settings.PROFILE.desk.teams[-1].id

    act(agent_client, request_, "to_team", team=other)
    request_.refresh_from_db()
    assert (request_.team, request_.handler) == (other, None)
    assert act(agent_client, request_, "to_team", team="").status_code == 422

    act(agent_client, request_, "to_me")
    request_.refresh_from_db()
    assert request_.handler == handler.pk


def test_the_queue_is_filtered_in_its_address(agent_client: Client, request_: Request) -> None:
    other = settings.PROFILE.desk.teams[-1].id
    for query, is_there in (
        ({"team": request_.team}, True), ({"team": other}, False), ({"state": "in_progress"}, False),
        ({"due": "0"}, True), ({"mine": "on"}, False), ({"after": "x"}, True),
    ):  # fmt: skip
        assert (request_.reference in text_of(agent_client.get(QUEUE, query))) is is_there
    assert agent_client.get(QUEUE, {"team": "nobody"}).status_code == 422


def test_a_search_is_posted_and_finds(agent_client: Client, request_: Request) -> None:
    assert request_.reference in text_of(agent_client.post(SEARCH, {"text": "vautrin"}))
    assert "Aucune demande trouvée." in text_of(agent_client.post(SEARCH, {"text": "personne"}))
    assert agent_client.post(SEARCH, {"text": "Va"}).status_code == 422
    assert agent_client.post(SEARCH, {"text": ""}).status_code == 422
    assert agent_client.get(SEARCH).status_code == 200


def test_roles_open_what_is_theirs_and_no_more(request_: Request) -> None:
    """A75"""
    piece = page_of(request_, f"pieces/{request_.files.get().pk}/")
    payer, dpo = signed_in(Role.PAYER), signed_in(Role.DPO)

    page = text_of(payer.get(page_of(request_)))
    assert request_.reference in page
    assert "Des mots" not in page
    assert "facture.pdf" not in page
    assert payer.get(piece).status_code == 403
    assert act(payer, request_, "take").status_code == 403
    for address in (QUEUE, SEARCH, page_of(request_), piece):
        assert dpo.get(address).status_code == 403
    assert "Demandes à traiter" not in text_of(dpo.get("/gestion/"))
    assert "Demandes à traiter" in text_of(payer.get("/gestion/"))


def test_what_is_not_there_and_what_is_of_ones_family_is_404(
    agent_client: Client, household: Household, request_: Request
) -> None:
    cousin = signed_in(Role.HANDLER, name=household.spouse.full_name)
    piece = f"pieces/{request_.files.get().pk}/"

    for part in ("", piece):
        assert cousin.get(page_of(request_, part)).status_code == 404
        assert agent_client.get(f"{QUEUE}TEST-0000-0000/{part}").status_code == 404
    assert act(cousin, request_, "take").status_code == 404
    assert agent_client.get(page_of(request_, f"pieces/{uuid4()}/")).status_code == 404


def test_a_member_and_a_stranger_are_at_the_door(member_client: Client, request_: Request) -> None:
    for client in (member_client, Client()):
        for address in (QUEUE, SEARCH, page_of(request_)):
            answer = client.get(address)
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith("/gestion/connexion/")


def test_other_methods_are_405(agent_client: Client, request_: Request) -> None:
    assert agent_client.post(QUEUE).status_code == 405
    assert agent_client.post(page_of(request_)).status_code == 405
    assert agent_client.get(page_of(request_, "agir/")).status_code == 405


def test_pages_ask_the_same_however_long_the_queue(
    agent_client: Client,
    household: Household,
    request_: Request,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    for _ in range(60):
        ask(household.primary, at=timezone.now(), files=())
    for _ in range(5):
        act(agent_client, request_, "ask", words="?")
        Request.objects.filter(pk=request_.pk).update(state="in_progress", waiting_since=None)

    for address in (QUEUE, page_of(request_)):
        agent_client.get(address)
        with django_assert_max_num_queries(12):
            agent_client.get(address)


def test_the_desk_is_in_english_too(agent_client: Client, request_: Request) -> None:
    agent_client.post("/gestion/langue/", {"language": "en", "next": QUEUE})

    assert "Requests to handle" in text_of(agent_client.get(QUEUE))
    assert "Answer and finish" in text_of(agent_client.get(page_of(request_)))


def test_a_message_is_answered_with_a_question_and_papers_with_a_piece(
    agent_client: Client, request_: Request
) -> None:
    """MSG-01"""
    papers = text_of(agent_client.get(page_of(request_)))
    Request.objects.filter(pk=request_.pk).update(kind="message")
    message = text_of(agent_client.get(page_of(request_)))

    assert "Demander une pièce" in papers
    assert "Poser une question" in message
    assert "Demander une pièce" not in message


def test_a_request_goes_to_a_colleague_by_name_with_a_word_and_back_to_the_team(
    agent_client: Client, request_: Request
) -> None:
    colleague = make_agent("z@example.org", "Élodie Barsac", role=Role.HANDLER, since=timezone.now())
    make_agent("p@example.org", "Paul Vernet", role=Role.PAYER, since=timezone.now())
    form = agent_client.get(page_of(request_), {"colleague": "1"}).content.decode()
    offered = re.findall(r'<option value="[\w-]{36}">([^<]+)', form)

    done = act(agent_client, request_, "to_colleague", colleague=str(colleague.pk), note="Elle te connaît")

    assert (offered, done.status_code) == (["Élodie Barsac"], 303)
    request_.refresh_from_db()
    assert (request_.handler, Note.objects.get().words) == (colleague.pk, "Elle te connaît")
    act(agent_client, request_, "to_me")
    act(agent_client, request_, "take")
    assert "Rendre à l’équipe" in text_of(agent_client.get(page_of(request_)))
    assert act(agent_client, request_, "hand_back").status_code == 303
    request_.refresh_from_db()
    assert (request_.handler, request_.state) == (None, "checked")


def test_nothing_goes_to_a_colleague_of_the_family_and_no_note_is_left(
    agent_client: Client, household: Household, request_: Request
) -> None:
    name = household.spouse.full_name
    cousin = make_agent("c@example.org", name, role=Role.HANDLER, since=timezone.now())

    refused = act(agent_client, request_, "to_colleague", colleague=str(cousin.pk), note="Pour toi")
    nobody = act(agent_client, request_, "to_colleague", note="Pour toi")

    assert (refused.status_code, nobody.status_code) == (422, 422)
    assert "de cette famille" in text_of(refused)
    assert "Choisissez un collègue dans la liste." in text_of(nobody)
    assert "Pour toi" in text_of(nobody)
    assert not Note.objects.exists()


def test_ready_words_of_a_refusal_bring_their_reason_and_those_that_do_not_fit_are_not_offered(
    agent_client: Client, request_: Request
) -> None:
    page = text_of(agent_client.get(page_of(request_), {"ready": "still-unreadable"}))

    assert 'value="unreadable" selected' in page
    assert "sans y arriver" in page
    assert "ready=card-posted" not in page
    assert "partie par la poste" not in text_of(agent_client.get(page_of(request_), {"ready": "card-posted"}))


def test_alike_requests_are_gathered_by_what_they_are_about(agent_client: Client, request_: Request) -> None:
    category = next(one for one in settings.PROFILE.deposit.categories if len(one.types) > 1)
    first, second = category.types[:2]
    Request.objects.update(category=category.id, type=first.id)

    for about, is_there in ((category.id, True), (f"{category.id}/{first.id}", True),
                            (f"{category.id}/{second.id}", False)):  # fmt: skip
        assert (request_.reference in text_of(agent_client.get(QUEUE, {"about": about}))) is is_there
    assert agent_client.get(QUEUE, {"about": f"{category.id}/nothing"}).status_code == 422


def test_what_the_member_thought_of_the_answer_stands_with_the_request(
    agent_client: Client, request_: Request
) -> None:
    act(agent_client, request_, "answer", words="C’est payé")
    Satisfaction.objects.create(request=request_, score=4, words="Vite répondu", at=timezone.now())

    assert "4 sur 5" in words(agent_client.get(page_of(request_)))
    assert "Vite répondu" in words(agent_client.get(page_of(request_)))
    assert "Vite répondu" not in words(signed_in(Role.PAYER).get(page_of(request_)))


def test_the_page_shows_where_a_care_is_known_already_once_each(
    agent_client: Client, household: Household, request_: Request
) -> None:
    other = ask(household.primary, at=timezone.now())
    for number, one in enumerate((request_, other)):
        one.kind, one.reference = "claim", reference(20 + number)
        one.answers = '[["care_date", "2026-11-02"], ["amount", "3000"]]'
        one.save()
        one.files.update(sha256="a" * 64)
    pay(household.member, Care(person=household.primary), on=timezone.localdate())

    page = agent_client.get(page_of(request_)).content.decode()

    assert page.count(f'href="{page_of(other)}"') == 1
    assert "Docteur Amandier" in page
    assert "versement P-" in page
