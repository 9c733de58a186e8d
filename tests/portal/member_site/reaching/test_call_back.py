"""Being called back: a slot is booked once, by who asked first, and given back (B-13)."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.call_backs import free_slots
from entraide.portal.domain.requests.enums import By, Move
from entraide.portal.domain.requests.life import Hand, make_move
from entraide.portal.domain.requests.models import CallBack, Request
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household
from tests.portal.agents import make_agent, sign_in_agent
from tests.portal.member_site.access.steps import SIGN_IN
from tests.portal.member_site.requests.conftest import text_of

CALL = "/contact/rappel/"
pytestmark = pytest.mark.django_db


def first_slot() -> datetime:
    return next(iter(free_slots(timezone.now()).values()))[0]


def body(person: Beneficiary, **changes: object) -> dict[str, Any]:
    values = {
        "slot": first_slot().isoformat(), "phone": "04 76 00 12 34", "reason": "message-card",
        "beneficiary": str(person.pk), "message": "Ma carte", "request_key": str(uuid4()),
    }  # fmt: skip
    return values | changes


def fill(slot: datetime, *, by: Beneficiary) -> None:
    """Takes every place of a slot, by requests of somebody."""
    for place in range(settings.PROFILE.contacts.call_backs.at_once):
        request = Request.objects.create(
            reference=f"TEST-{place}-{uuid4().hex[:6]}", kind="call_back", sender=by, concerns=by,
            category="message", type="message-other", description="", request_key=uuid4(),
            content_digest="", received_at=timezone.now(), promised_on=slot.date(), due_on=slot.date(),
            language="fr",
        )  # fmt: skip
        CallBack.objects.create(request=request, starts_at=slot, place=place)


def test_a_call_is_booked_confirmed_and_in_ones_calendar(member_client: Client, household: Household) -> None:
    slot = first_slot()

    answer = member_client.post(CALL, body(household.primary))
    drain()

    request = Request.objects.get()
    page = text_of(member_client.get(answer.headers["Location"]))
    mail = Delivery.objects.get(channel="email")
    calendar = member_client.get(f"{CALL}{request.reference}.ics")
    assert answer.status_code == 303
    assert (request.kind, request.due_on, request.call_back.starts_at) == ("call_back", slot.date(), slot)
    assert "04 76 00 12 34" in page
    assert "Nous vous appelons le" in page[: page.index("Où en est")]
    assert f"{slot:%H:%M}" in mail.body
    assert f"{request.reference}.ics" in mail.body
    # The same file goes along with the mail, and at each try.
    assert mail.attached.encode() == calendar.content
    assert mail.attached_name == f"{request.reference}.ics"
    assert "0476001234" not in re.sub(r"\D", "", mail.body)
    assert f"DTSTART:{slot.astimezone(tz=None):%Y}" in calendar.content.decode()
    assert "Ma carte" not in calendar.content.decode()


def test_the_same_form_twice_is_one_call(member_client: Client, household: Household) -> None:
    form = body(household.primary)

    first, second = member_client.post(CALL, form), member_client.post(CALL, form)

    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    assert CallBack.objects.count() == 1


def test_a_slot_that_is_gone_is_told_and_what_was_typed_stays(
    member_client: Client, household: Household, stranger: Beneficiary
) -> None:
    form = body(household.primary)
    fill(first_slot(), by=stranger)

    answer = member_client.post(CALL, form)

    assert answer.status_code == 422
    assert "Ce créneau n’est plus libre" in text_of(answer)
    assert "Ma carte" in text_of(answer)
    assert "04 76 00 12 34" in text_of(answer)
    assert not Request.objects.filter(sender=household.primary).exists()
    assert form["slot"] not in text_of(member_client.get(CALL))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"phone": "+41 22 767 61 11"}, "Ce numéro est étranger"),
        ({"phone": "08 92 70 12 39"}, "le numéro d’un service"),
        ({"phone": "12"}, "Ce n’est pas un numéro de téléphone"),
        ({"phone": ""}, "Donnez le numéro où nous vous appelons."),
        ({"slot": ""}, "Choisissez une heure."),
        ({"slot": "2020-01-06T09:00:00+01:00"}, "Ce créneau n’est plus libre"),
        ({"slot": "2030-01-06T09:00:00"}, "Ce créneau n’est plus libre"),
        ({"slot": "jamais"}, "Ce créneau n’est plus libre"),
        ({"message": "a" * 2001}, "Ce texte est trop long"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_booked(
    member_client: Client, household: Household, changes: dict[str, str], said: str
) -> None:
    answer = member_client.post(CALL, body(household.primary, **changes))

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Request.objects.exists()


def test_one_call_of_a_member_at_a_time_and_cancelling_gives_the_place_back(
    member_client: Client, household: Household
) -> None:
    form = body(household.primary)
    member_client.post(CALL, form)
    second = member_client.post(CALL, body(household.primary))
    request = Request.objects.get()

    member_client.post(f"/demandes/{request.reference}/annuler/")

    assert second.status_code == 409
    assert request.reference in text_of(second)
    request.call_back.refresh_from_db()
    assert request.call_back.place is None
    assert member_client.get(f"{CALL}{request.reference}.ics").status_code == 404
    assert member_client.post(CALL, body(household.primary)).status_code == 303


def test_a_calendar_is_for_who_asked_for_the_call(
    member_client: Client, household: Household, sign_in: Any, client: Client
) -> None:
    member_client.post(CALL, body(household.primary))
    address = f"{CALL}{Request.objects.get().reference}.ics"

    assert sign_in(Client(), household.spouse).get(address).status_code == 404
    assert client.get(address).headers["Location"].startswith(SIGN_IN)
    assert client.get(CALL).headers["Location"].startswith(SIGN_IN)


def test_agents_see_their_calls_in_order_and_the_number_only_in_the_request(
    member_client: Client, household: Household
) -> None:
    member_client.post(CALL, body(household.primary))
    request = Request.objects.get()
    agent = make_agent(
        "ines.belmont@example.org", "Inès Belmont", role=Role.HANDLER, since=timezone.now(), with_app=True
    )
    agent_client = sign_in_agent(Client(), agent)

    page = text_of(agent_client.get("/gestion/rappels/"))
    whole = text_of(agent_client.get(f"/gestion/demandes/{request.reference}/"))
    make_move(
        request.pk, move=Move.ANSWER, hand=Hand(by=By.AGENT, actor=agent.account_id), now=timezone.now()
    )

    assert request.reference in page
    assert "Anne Vautrin" in page
    assert "04 76 00 12 34" not in page
    assert "04 76 00 12 34" in whole
    assert request.reference not in text_of(agent_client.get("/gestion/rappels/"))


def test_another_day_is_one_click_away_and_english_pages_are_english(member_client: Client) -> None:
    days = list(free_slots(timezone.now()).items())
    day, moments = days[1]

    page = text_of(member_client.get(CALL, {"day": day.isoformat()}))
    english = text_of(member_client.get(CALL, headers={"Accept-Language": "en"}))

    assert moments[-1].isoformat() in page
    assert days[0][1][0].isoformat() not in page
    assert "Ask for this call" in english
    assert member_client.get(CALL, {"day": "hier"}).status_code == 200


def test_the_page_asks_few_questions_whatever_is_booked(
    member_client: Client, household: Household, stranger: Beneficiary
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            member_client.get(CALL)
        return len(asked)

    before = count()
    for moments in list(free_slots(timezone.now()).values())[:3]:
        fill(moments[0], by=stranger)

    assert count() == before <= 12


def test_slots_leave_out_nights_weekends_and_closed_days() -> None:
    friday = datetime(2026, 12, 18, 17, 0, tzinfo=timezone.get_current_timezone())

    offered = free_slots(friday)

    assert all(day.weekday() < 5 for day in offered)
    assert not {one.isoformat() for one in offered} & {"2026-12-24", "2026-12-25"}
    assert all(one - friday >= timedelta(hours=2) for moments in offered.values() for one in moments)
