"""Writing to an adviser: sent once, answered in turn, and who has read it (MSG-01, MSG-03, B-13)."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.members.enums import Relationship
from entraide.portal.domain.members.models import Beneficiary, Member
from entraide.portal.domain.requests.models import Message, Request
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household, make_person, years_ago
from tests.portal.agents import make_agent, sign_in_agent
from tests.portal.member_site.access.steps import SIGN_IN
from tests.portal.member_site.requests.conftest import key_in, text_of, upload

CONTACT, PHONE = "/contact/", "/contact/telephone/"
WORDS = "Pourquoi 12 € et pas 20 € ?"


@pytest.fixture
def agent_client(db: None) -> Client:
    since = timezone.now()
    handler = make_agent(
        "ines.belmont@example.org", "Inès Belmont", role=Role.HANDLER, since=since, with_app=True
    )
    return sign_in_agent(Client(), handler)


def body(person: Beneficiary, **changes: object) -> dict[str, Any]:
    values = {
        "reason": "message-reimbursement", "beneficiary": str(person.pk), "message": WORDS,
        "request_key": str(uuid4()),
    }  # fmt: skip
    return values | changes


@pytest.fixture
def message(member_client: Client, household: Household) -> Request:
    """Anne has asked something."""
    assert member_client.post(CONTACT, body(household.primary)).status_code == 303
    return Request.objects.get()


def member_page(request: Request, part: str = "") -> str:
    return f"/demandes/{request.reference}/{part}"


def agent_page(request: Request, part: str = "") -> str:
    return f"/gestion/demandes/{request.reference}/{part}"


def test_a_message_becomes_a_request_of_the_team_of_its_reason(
    member_client: Client, household: Household
) -> None:
    answer = member_client.post(CONTACT, body(household.primary, files=[upload("photo.jpg")]))

    request = Request.objects.get()
    team = next(one for one in settings.PROFILE.desk.teams if "message-reimbursement" in one.types)
    page = text_of(member_client.get(answer.headers["Location"]))
    assert answer.status_code == 303
    assert (request.kind, request.type, request.team) == ("message", "message-reimbursement", team.id)
    assert (request.description, request.files.count()) == (WORDS, 1)
    assert request.reference in page


def test_one_acknowledgement_leaves_and_it_holds_no_word_of_the_message(
    member_client: Client, message: Request
) -> None:
    drain()

    sent = Delivery.objects.filter(channel="email")
    assert sent.count() == 1
    assert WORDS not in str(sent.get().__dict__)


def test_the_same_form_sent_twice_is_one_message(member_client: Client, household: Household) -> None:
    form = body(household.primary)

    first, second = member_client.post(CONTACT, form), member_client.post(CONTACT, form)
    other = member_client.post(CONTACT, form | {"message": "Autre chose"})

    assert first.headers["Location"] == second.headers["Location"]
    assert other.status_code == 409
    assert "Autre chose" in text_of(other)
    assert Request.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"message": "  "}, "Écrivez votre message."),
        ({"message": "a" * 2001}, "Ce texte est trop long"),
        ({"reason": ""}, "Choisissez le motif de votre message."),
        ({"reason": "consultation"}, "Choisissez le motif de votre message."),
        ({"beneficiary": str(uuid4())}, "Choisissez une personne de votre contrat."),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    member_client: Client, household: Household, changes: dict[str, str], said: str
) -> None:
    answer = member_client.post(CONTACT, body(household.primary, **changes))

    page = text_of(answer)
    assert answer.status_code == 422
    assert said in page
    assert changes.get("message", WORDS).strip() in page
    assert not Request.objects.exists()


def test_a_file_that_cannot_be_kept_is_named_and_the_text_stays(
    member_client: Client, household: Household
) -> None:
    bad = upload("virus.exe", b"MZ not a paper")

    answer = member_client.post(CONTACT, body(household.primary, files=[bad, upload("photo.jpg")]))

    assert answer.status_code == 422
    assert "virus.exe" in text_of(answer)
    assert WORDS in text_of(answer)
    assert "photo.jpg" in text_of(answer)
    assert not Request.objects.exists()


def test_a_person_of_another_contract_is_nobody_to_write_about(
    member_client: Client, household: Household, stranger: Beneficiary
) -> None:
    answer = member_client.post(CONTACT, body(stranger))

    assert answer.status_code == 422
    assert not Request.objects.exists()


def test_member_and_adviser_write_in_turn_and_each_sees_what_the_other_read(
    member_client: Client, agent_client: Client, message: Request
) -> None:
    assert "Pas encore lu par un conseiller" in text_of(member_client.get(member_page(message)))

    assert WORDS in text_of(agent_client.get(agent_page(message)))
    assert "Lu par un conseiller le" in text_of(member_client.get(member_page(message)))
    agent_client.post(agent_page(message, "agir/"), {"act": "ask", "words": "De quel soin parlez-vous ?"})
    assert "Lu par l’adhérent" not in text_of(agent_client.get(agent_page(message)))

    assert "De quel soin parlez-vous ?" in text_of(member_client.get(member_page(message)))
    assert "Lu par l’adhérent le" in text_of(agent_client.get(agent_page(message)))
    key = key_in(member_client.get(member_page(message, "repondre/")))
    member_client.post(member_page(message, "repondre/"), {"words": "Des lunettes", "request_key": key})
    assert text_of(member_client.get(member_page(message))).count("Pas encore lu par un conseiller") == 1

    agent_client.get(agent_page(message))
    agent_client.post(agent_page(message, "agir/"), {"act": "answer", "words": "Votre forfait est atteint."})
    page = text_of(member_client.get(member_page(message)))
    assert [page.index(one) for one in (WORDS, "Des lunettes", "Votre forfait est atteint.")] == sorted(
        page.index(one) for one in (WORDS, "Des lunettes", "Votre forfait est atteint.")
    )
    assert "Pas encore lu" not in page


def test_the_first_reading_counts_and_only_the_senders(
    member_client: Client,
    agent_client: Client,
    household: Household,
    sign_in: Callable[[Client, Beneficiary], Client],
) -> None:
    """A relative whom the message is about reads it too; the adviser is told of the sender alone."""
    member_client.post(CONTACT, body(household.adult_child))
    message = Request.objects.get()
    agent_client.post(agent_page(message, "agir/"), {"act": "ask", "words": "Lequel ?"})

    sign_in(Client(), household.adult_child).get(member_page(message))
    assert Message.objects.get().read_at is None
    member_client.get(member_page(message))
    first = Message.objects.get().read_at
    member_client.get(member_page(message))

    assert first is not None
    assert Message.objects.get().read_at == first


def test_an_agent_who_reads_no_care_leaves_it_unread(message: Request) -> None:
    reader = make_agent(
        "solene.abgrall@example.org", "Solène Abgrall", role=Role.READER, since=timezone.now(), with_app=True
    )
    client = sign_in_agent(Client(), reader)

    assert WORDS not in text_of(client.get(agent_page(message)))
    message.refresh_from_db()
    assert message.read_at is None


def test_reasons_of_a_message_are_no_papers_to_send_and_papers_no_reasons(
    member_client: Client, household: Household
) -> None:
    deposit = text_of(member_client.get("/depot/"))
    sneaked = member_client.post(
        "/depot/",
        {
            "category": "message", "type": "message-other", "beneficiary": str(household.primary.pk),
            "description": "", "request_key": str(uuid4()), "files": [upload()],
        },
    )  # fmt: skip

    assert "message-other" not in deposit
    assert sneaked.status_code == 422
    assert not Request.objects.exists()


def test_an_appointment_for_future_retirees_is_offered_to_those_who_work(
    member_client: Client, household: Household
) -> None:
    reason = next(one for one in settings.PROFILE.deposit.messages.types if one.id == "message-retirement")
    for segment in settings.PROFILE.segments:
        Member.objects.update(segment=segment.id)
        offered = not reason.segments or segment.id in reason.segments
        page = text_of(member_client.get(CONTACT, {"reason": reason.id}))
        sent = member_client.post(CONTACT, body(household.primary, reason=reason.id))
        assert ('value="message-retirement"' in page) is offered
        assert (sent.status_code == 303) is offered


def test_the_form_is_for_members_and_the_numbers_for_everybody(client: Client) -> None:
    """Signed out: phone, hours, never the form."""
    form = client.get(CONTACT)
    page = text_of(client.get(PHONE))

    assert form.headers["Location"].startswith(SIGN_IN)
    assert settings.PROFILE.contacts.phone in page
    assert all(one.number in page for one in settings.PROFILE.contacts.urgent)
    assert 'name="message"' not in page
    assert client.post(PHONE).status_code == 405


def test_the_pages_are_in_english_too(member_client: Client) -> None:
    english = {"Accept-Language": "en"}

    assert "Send my message" in text_of(member_client.get(CONTACT, headers=english))
    assert "An emergency?" in text_of(member_client.get(PHONE, headers=english))


def test_the_form_asks_the_same_few_questions_whatever_the_family(
    member_client: Client, household: Household
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            member_client.get(CONTACT)
        return len(asked)

    before = count()
    for number in range(40):
        make_person(
            household.member, f"{9000000 + number}", Relationship.CHILD, f"Enfant{number}", born=years_ago(9)
        )

    assert count() == before
    assert before <= 12
