"""What a member does with a request after sending it: reply, withdraw, say how it went (B-01)."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.enums import By, Move
from entraide.portal.domain.requests.life import Hand, Said, make_move
from entraide.portal.domain.requests.models import Message, Request, RequestFile, Satisfaction
from entraide.portal.domain.requests.receipt import verify_receipt
from tests.conftest import Household, Post
from tests.portal.domain.requests.samples import GOOD
from tests.portal.member_site.requests.conftest import Answers, key_in, text_of, upload

AGENT = Hand(by=By.AGENT, actor=uuid4())
QUESTION = "Pouvez-vous renvoyer la facture ?"


def move(request: Request, what: Move, words: str = "", refusal: str = "") -> None:
    make_move(request.pk, move=what, hand=AGENT, said=Said(words=words, refusal=refusal), now=timezone.now())


def page_of(request: Request, part: str = "") -> str:
    return f"/demandes/{request.reference}/{part}"


@pytest.fixture
def asked_back(sent: Request) -> Request:
    move(sent, Move.ASK, QUESTION)
    return sent


def test_what_was_forgotten_joins_an_open_request_whose_promise_stays(
    member_client: Client, sent: Request
) -> None:
    """MSG-03: nobody asked for it; the desk sees that the member wrote again."""
    address = page_of(sent, "repondre/")
    before = (sent.state, sent.due_on)
    key = key_in(member_client.get(address))
    body = {"words": "Et la suite", "request_key": key, "files": [upload("photo.jpg")]}

    answer = member_client.post(address, body)

    sent.refresh_from_db()
    page = text_of(member_client.get(answer.headers["Location"]))
    assert answer.status_code == 303
    assert (sent.state, sent.due_on) == before
    assert sent.reopened_at is not None
    assert "Ajout reçu" in page
    assert "Et la suite" in page
    assert f"fichiers/{RequestFile.objects.get(message__isnull=False).pk}/" in page

    move(sent, Move.TAKE)
    move(sent, Move.ANSWER, "C’est fait.")
    closed = member_client.get(address)
    assert closed.headers["Location"] == page_of(sent)


def test_a_question_is_the_first_thing_on_the_page_and_leads_to_a_form(
    member_client: Client, asked_back: Request
) -> None:
    page = text_of(member_client.get(page_of(asked_back)))
    form = text_of(member_client.get(page_of(asked_back, "repondre/")))

    assert "Nous attendons votre réponse" in page
    assert QUESTION in page
    assert page_of(asked_back, "repondre/") in page
    assert "Le délai s’arrête jusqu’à votre réponse" in page
    assert QUESTION in form


def test_a_reply_with_words_and_a_file_takes_the_request_up_again(
    member_client: Client, asked_back: Request
) -> None:
    address = page_of(asked_back, "repondre/")
    key = key_in(member_client.get(address))

    answer = member_client.post(
        address, {"words": "La voici", "request_key": key, "files": [upload("photo.jpg")]}
    )

    asked_back.refresh_from_db()
    page = text_of(member_client.get(answer.headers["Location"]))
    assert answer.status_code == 303
    assert asked_back.state == "in_progress"
    assert "Réponse reçue" in page
    assert "La voici" in page
    file = RequestFile.objects.get(message__isnull=False)
    assert f"fichiers/{file.pk}/" in page
    taken = member_client.get(page_of(asked_back, f"fichiers/{file.pk}/"))
    assert b"".join(taken.streaming_content) == GOOD["photo.jpg"]


def test_the_receipt_proves_what_came_on_the_first_day_alone(
    member_client: Client, asked_back: Request
) -> None:
    before = member_client.get(page_of(asked_back, "recu.pdf")).content
    member_client.post(
        page_of(asked_back, "repondre/"),
        {"request_key": str(uuid4()), "files": [upload("autre.jpg", GOOD["photo.jpg"])]},
    )
    Request.objects.update(due_on="2031-01-02")

    after = member_client.get(page_of(asked_back, "recu.pdf")).content

    assert after == before
    assert [one.name for one in verify_receipt(after).files] == ["facture.pdf", "photo.jpg"]


def test_the_same_reply_sent_twice_is_stored_once(member_client: Client, asked_back: Request) -> None:
    address, key = page_of(asked_back, "repondre/"), str(uuid4())
    for _ in range(2):
        again = {"words": "La voici", "request_key": key, "files": [upload("photo.jpg")]}
        assert member_client.post(address, again).status_code == 303

    assert Message.objects.filter(request_key=key).count() == 1
    assert RequestFile.objects.filter(message__isnull=False).count() == 1
    assert not RequestFile.objects.filter(request=None).exists()


def test_the_same_key_with_other_words_changes_nothing(member_client: Client, asked_back: Request) -> None:
    address, key = page_of(asked_back, "repondre/"), str(uuid4())
    member_client.post(address, {"words": "La voici", "request_key": key})

    answer = member_client.post(address, {"words": "Non", "request_key": key})

    assert answer.status_code == 409
    assert [one.words for one in Message.objects.filter(request_key=key)] == ["La voici"]


def test_an_empty_reply_is_told_and_keeps_what_was_typed(member_client: Client, asked_back: Request) -> None:
    address = page_of(asked_back, "repondre/")

    empty = member_client.post(address, {"words": " ", "request_key": str(uuid4())})
    long = member_client.post(address, {"words": "é" * 2001, "request_key": str(uuid4())})

    asked_back.refresh_from_db()
    assert (empty.status_code, long.status_code) == (422, 422)
    assert "Écrivez votre réponse, ou ajoutez un fichier." in text_of(empty)
    assert "é" * 2001 in text_of(long)
    assert asked_back.state == "waiting_for_member"


def test_a_reply_that_comes_too_late_is_told(member_client: Client, asked_back: Request) -> None:
    move(asked_back, Move.ANSWER, "C’est fait")

    answer = member_client.post(
        page_of(asked_back, "repondre/"), {"words": "La voici", "request_key": str(uuid4())}
    )

    assert answer.status_code == 422
    assert "Cette demande est terminée" in text_of(answer)
    assert member_client.get(page_of(asked_back, "repondre/")).status_code == 303


def test_a_request_is_withdrawn_after_one_more_question(member_client: Client, sent: Request) -> None:
    address = page_of(sent, "annuler/")
    assert "Garder ma demande" in text_of(member_client.get(address))
    assert Request.objects.get().state == "received"

    for _ in range(2):
        assert member_client.post(address).status_code == 303

    page = text_of(member_client.get(page_of(sent)))
    assert Request.objects.get().state == "withdrawn"
    assert "Annulée" in page
    assert "Annuler ma demande" not in page
    assert sent.steps.count() == 2


def test_what_is_answered_cannot_be_withdrawn(member_client: Client, sent: Request) -> None:
    move(sent, Move.ANSWER, "C’est fait")

    member_client.post(page_of(sent, "annuler/"))

    assert Request.objects.get().state == "done"
    assert "rien ne peut plus y être changé" in text_of(member_client.get(page_of(sent)))


def test_a_refusal_says_why_and_what_to_do_next(member_client: Client, sent: Request) -> None:
    move(sent, Move.REFUSE, "Voir ci-dessous", refusal="unreadable")
    reason = settings.PROFILE.desk.refusal_named("unreadable")
    assert reason is not None

    page = text_of(member_client.get(page_of(sent)))
    english = text_of(member_client.get(page_of(sent), headers={"Accept-Language": "en"}))

    assert reason.reason.fr in page
    assert reason.next.fr.replace("\xa0", " ") in page
    assert "Que faire maintenant ?" in page
    assert "Voir ci-dessous" in page
    assert reason.next.en in english or reason.next.fr.replace("\xa0", " ") in english


def test_an_opinion_is_given_once_and_after_the_answer(member_client: Client, sent: Request) -> None:
    address = page_of(sent, "avis/")
    member_client.post(address, {"score": "5"})
    assert not Satisfaction.objects.exists()
    move(sent, Move.ANSWER, "C’est fait")
    assert "Comment cela s’est-il passé ?" in text_of(member_client.get(page_of(sent)))

    assert member_client.post(address, {"words": "?"}).status_code == 422
    assert member_client.post(address, {"score": "6"}).status_code == 422
    assert member_client.post(address, {"score": "4", "words": "Rapide"}).status_code == 303
    member_client.post(address, {"score": "1"})

    given = Satisfaction.objects.get()
    assert (given.score, given.words) == (4, "Rapide")
    assert "Comment cela s’est-il passé ?" not in text_of(member_client.get(page_of(sent)))


def test_only_the_sender_acts_the_person_concerned_and_others_do_not(
    member_client: Client,
    answers: Answers,
    household: Household,
    stranger: Beneficiary,
    sign_in: Callable[[Client, Beneficiary], Client],
) -> None:
    """Matrix 2.4: to read is not to act."""
    member_client.post("/depot/", answers(beneficiary=str(household.spouse.pk)))
    request = Request.objects.get()
    move(request, Move.ASK, QUESTION)
    bruno = sign_in(Client(), household.spouse)
    assert QUESTION in text_of(bruno.get(page_of(request)))
    assert "repondre/" not in text_of(bruno.get(page_of(request)))

    for browser in (bruno, sign_in(Client(), household.adult_child), sign_in(Client(), stranger)):
        for part in ("repondre/", "annuler/", "avis/"):
            form = {"words": "Non", "request_key": str(uuid4()), "score": "1"}
            assert browser.get(page_of(request, part)).status_code == 404
            assert browser.post(page_of(request, part), form).status_code == 404

    request.refresh_from_db()
    assert request.state == "waiting_for_member"


def test_who_is_told_of_what(sent: Request, household: Household, told: Callable[[], list[Post]]) -> None:
    """A question is told always; answers to who wants such mails; no mail holds what was said."""
    Beneficiary.objects.filter(pk=household.primary.pk).update(unwanted_mails="requests")

    move(sent, Move.ASK, QUESTION)
    Request.objects.update(state="in_progress", waiting_since=None)
    move(sent, Move.ANSWER, "Votre cardiologue")

    found = told()
    assert [one.notice for one in found] == ["deposit_received", "request_question"]
    assert not any(QUESTION in one.body for one in found)


@pytest.mark.parametrize(
    ("last", "notice"), [(Move.ANSWER, "request_answered"), (Move.REFUSE, "request_refused")]
)
def test_an_answer_leaves_as_a_mail_without_its_words(
    sent: Request, told: Callable[[], list[Post]], last: Move, notice: str
) -> None:
    move(sent, last, "Votre cardiologue", refusal="unreadable" if last == Move.REFUSE else "")

    found = told()[-1]

    assert found.notice == notice
    assert "cardiologue" not in found.body
    assert sent.reference in found.body


def test_pages_ask_as_much_however_long_the_story(member_client: Client, sent: Request) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert member_client.get(page_of(sent)).status_code == 200
        return len(captured)

    move(sent, Move.ASK, QUESTION)
    queries()
    few = queries()
    for _ in range(4):
        form = {"words": "La voici", "request_key": str(uuid4())}
        member_client.post(page_of(sent, "repondre/"), form)
        move(sent, Move.ASK, QUESTION)

    assert queries() <= max(few, 12)
    assert few <= 12
