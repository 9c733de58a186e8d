"""A browser rings when an answer waits, and says nothing else (MOB-01, A15, A59, A63)."""

import dataclasses
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from entraide.formats.push_message import bytes_of
from entraide.portal.domain.access.actions.safety import freeze, make_safety_link
from entraide.portal.domain.access.enums import Change
from entraide.portal.domain.handling import actions
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.push.keys import public_sender_key
from entraide.portal.domain.push.models import PushDevice
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.models import Job, JobState
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household
from tests.portal.bank import Staff, make_staff
from tests.portal.domain.handling.conftest import MONDAY, Asked, asked
from tests.portal.member_site.access.steps import words
from tests.portal.push_service import Browser, PushService, push_service

__all__ = ["asked"]
pytestmark = pytest.mark.django_db
PAGE, ADD = "/telephone/", "/telephone/appareils/"
SignIn = Callable[[Client, Beneficiary], Client]


@pytest.fixture
def staff(db: None) -> Staff:
    return make_staff()


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as running:
        yield running


def add(client: Client, browser: Browser, endpoint: str, **more: Any) -> HttpResponse:
    sent = browser.subscription(endpoint) | more
    return client.post(ADD, json.dumps(sent), content_type="application/json", headers={"User-Agent": PHONE})


PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"


def answer(staff: Staff, request: Any) -> None:
    actions.answer(staff.handler, request.reference, words="Oui, pour votre opération.", now=MONDAY)
    drain()


def test_a_browser_that_asked_rings_once_and_says_only_that_an_answer_waits(
    member_client: Client, household: Household, asked: Asked, staff: Staff, service: PushService
) -> None:
    browser = Browser.new()
    added = add(member_client, browser, f"{service.address}/push/1")
    request = asked()
    answer(staff, request)
    drain()

    assert added.json() == {"next": PAGE}
    (told,) = service.told(browser, "/push/1")
    assert told["body"] == "Une réponse vous attend dans votre espace."
    assert set(told) == {"title", "body", "lang", "url"}
    assert told["url"] == "/demandes/"
    for secret in (request.reference, household.primary.first_name, household.primary.last_name, "opération"):
        assert secret not in json.dumps(told, ensure_ascii=False)


def test_the_push_carries_what_services_ask_for_and_nothing_that_tells(
    member_client: Client, asked: Asked, staff: Staff, service: PushService
) -> None:
    """RFC 8030, 8292: signed for this service alone."""
    add(member_client, Browser.new(), f"{service.address}/push/1")
    answer(staff, asked())

    (taken,) = service.taken
    token, point = taken.headers["Authorization"].removeprefix("vapid t=").split(", k=")
    claims = json.loads(bytes_of(token.split(".")[1]))
    assert point == public_sender_key()
    assert claims["aud"] == service.address
    assert claims["sub"].startswith("mailto:")
    assert timezone.now().timestamp() < claims["exp"] <= (timezone.now() + timedelta(days=1)).timestamp()
    assert taken.headers["Content-Encoding"] == "aes128gcm"
    assert int(taken.headers["TTL"]) <= 86_400
    assert "réponse".encode() not in taken.body


def test_a_yes_and_a_no_ring_alike_and_a_question_has_its_own_words(
    member_client: Client, asked: Asked, staff: Staff, service: PushService
) -> None:
    browser = Browser.new()
    add(member_client, browser, f"{service.address}/push/1")
    first, second, third = asked(), asked(), asked()
    answer(staff, first)
    actions.refuse(staff.handler, second.reference, code="unreadable", now=MONDAY)
    actions.ask(staff.handler, third.reference, words="La facture ?", now=MONDAY)
    drain()

    said = [one["body"] for one in service.told(browser, "/push/1")]
    assert sorted(said) == sorted(
        ["Une réponse vous attend dans votre espace."] * 2
        + ["Nous avons une question\u00a0: elle vous attend dans votre espace."]
    )


def test_each_browser_of_somebody_rings_and_nobody_elses(
    member_client: Client, household: Household, sign_in: SignIn, asked: Asked, staff: Staff,
    service: PushService,
) -> None:  # fmt: skip
    phone, tablet, other = Browser.new(), Browser.new(), Browser.new()
    add(member_client, phone, f"{service.address}/phone")
    add(member_client, tablet, f"{service.address}/tablet")
    add(sign_in(Client(), household.spouse), other, f"{service.address}/other")
    answer(staff, asked())

    assert sorted(one.path for one in service.taken) == ["/phone", "/tablet"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten_and_the_others_ring(
    member_client: Client, asked: Asked, staff: Staff, service: PushService, status: int
) -> None:
    add(member_client, Browser.new(), f"{service.address}/gone")
    add(member_client, Browser.new(), f"{service.address}/here")
    service.answers["/gone"] = status
    answer(staff, asked())

    assert [one.path for one in service.taken] == ["/here"]
    assert PushDevice.objects.count() == 1
    assert Entry.objects.get(kind="PushDeviceRemoved").data["why"] == "gone"
    assert Delivery.objects.get(channel="push").state == "sent"


@pytest.mark.parametrize("status", [307, 429, 500])
def test_a_service_that_is_down_is_asked_again_and_nobody_rings_twice(
    member_client: Client, asked: Asked, staff: Staff, service: PushService, status: int
) -> None:
    """A59: a redirect is no answer either."""
    add(member_client, Browser.new(), f"{service.address}/down")
    add(member_client, Browser.new(), f"{service.address}/here")
    service.answers["/down"] = status
    answer(staff, asked())
    assert [one.path for one in service.taken] == ["/here"]
    assert Delivery.objects.get(channel="push").state == "waiting"

    del service.answers["/down"]
    Job.objects.filter(state=JobState.QUEUED).update(run_at=timezone.now())
    drain()

    assert [one.path for one in service.taken] == ["/here", "/down"]
    assert Delivery.objects.get(channel="push").state == "sent"


def test_an_answer_of_yesterday_rings_no_more(
    member_client: Client, asked: Asked, staff: Staff, service: PushService
) -> None:
    add(member_client, Browser.new(), f"{service.address}/down")
    service.answers["/down"] = 503
    answer(staff, asked())
    Delivery.objects.filter(channel="push").update(created_at=timezone.now() - timedelta(days=2))
    del service.answers["/down"]
    Job.objects.filter(state=JobState.QUEUED).update(run_at=timezone.now())
    drain()

    assert service.taken == []
    assert Delivery.objects.get(channel="push").state == "expired"


def test_who_asked_for_nothing_gets_nothing(household: Household, asked: Asked, staff: Staff) -> None:
    answer(staff, asked())

    assert not Delivery.objects.filter(channel="push").exists()


@pytest.mark.parametrize(
    "endpoint",
    [
        "", "x", "javascript:alert(1)", "file:///etc/passwd", "ftp://fcm.googleapis.com/x",
        "http://fcm.googleapis.com/x", "https://fcm.googleapis.com:8443/x", "https://user@fcm.googleapis.com/x",
        "https://fcm.googleapis.com.evil.example/x", "https://evil.example/fcm.googleapis.com",
        "https://notify.windows.com.evil.example/x", "https://evilnotify.windows.com/x",
        # Names that nobody can look up: one of them must not keep the other browsers from ringing.
        "https://.notify.windows.com/x", "https://a..notify.windows.com/x", "https://a%2f.notify.windows.com/x",
        f"https://{'a' * 64}.notify.windows.com/x",
        "https://169.254.169.254/latest", "https://10.0.0.1/x", "https://[::1]/x", "https://localhost/x",
        "http://10.0.0.1/x", "http://127.0.0.2/x", "http://[::1]:80/x", "https://fcm.googleapis.com\\@evil/x",
        "https://fcm.googleapis.com/x y", "https://fcm.googleapis.com/" + "x" * 1000, "https://fcm.googleapis.com:x/",
    ],
)  # fmt: skip
def test_an_address_that_is_no_push_services_is_refused_with_words(
    member_client: Client, endpoint: str
) -> None:
    """A59: the browser names the address, so nobody may name another machine."""
    answered = add(member_client, Browser.new(), endpoint)

    assert answered.status_code == 422
    assert "service que nous ne connaissons pas" in answered.json()["error"]
    assert not PushDevice.objects.exists()


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://web.push.apple.com/QGu",
        "https://db5p.notify.windows.com/w/?token=abc%2f",
    ],
)
def test_the_services_of_the_browsers_are_known(member_client: Client, endpoint: str) -> None:
    assert add(member_client, Browser.new(), endpoint).status_code == 200


def test_outside_the_demo_this_machine_is_no_push_service(
    member_client: Client, settings: Any, service: PushService, asked: Asked, staff: Staff
) -> None:
    """Neither when it is named nor when it was stored before."""
    add(member_client, Browser.new(), f"{service.address}/x")
    settings.ENTRAIDE = dataclasses.replace(settings.ENTRAIDE, demo=False)

    assert add(member_client, Browser.new(), f"{service.address}/y").status_code == 422
    answer(staff, asked())
    assert service.taken == []


@pytest.mark.parametrize(
    "sent",
    [
        "", "[]", "null", '"x"', "{", '{"endpoint": 3}', '{"endpoint": "https://web.push.apple.com/Q"}',
        '{"endpoint": "https://web.push.apple.com/Q", "keys": []}',
        '{"endpoint": "https://web.push.apple.com/Q", "keys": {"p256dh": "BAAA", "auth": "AAAA"}}',
        '{"endpoint": "https://web.push.apple.com/Q", "keys": {"p256dh": null, "auth": "é"}}',
    ],
)  # fmt: skip
def test_what_no_browser_sends_is_refused(member_client: Client, sent: str) -> None:
    answered = member_client.post(ADD, sent, content_type="application/json")

    assert answered.status_code in {400, 422}
    assert not PushDevice.objects.exists()


def test_the_same_browser_asked_twice_is_one_and_the_sixth_takes_the_oldests_place(
    member_client: Client,
) -> None:
    for number in (1, 1, 2, 3, 4, 5, 6):
        add(member_client, Browser.new(), f"https://web.push.apple.com/{number}")

    ends = {one.endpoint[-1] for one in PushDevice.objects.all()}
    assert ends == {"2", "3", "4", "5", "6"}


def test_a_browser_belongs_to_who_asked_last(
    member_client: Client, household: Household, sign_in: SignIn
) -> None:
    """Another person on the same phone: the first one's answers do not ring there any more."""
    browser = Browser.new()
    add(member_client, browser, "https://web.push.apple.com/Q")
    add(sign_in(Client(), household.spouse), browser, "https://web.push.apple.com/Q")

    assert [one.owner_id for one in PushDevice.objects.all()] == [household.spouse.pk]


def test_the_list_shows_ones_own_and_takes_them_off(
    member_client: Client, household: Household, sign_in: SignIn
) -> None:
    """A36: somebody else's is answered like one that is not there."""
    add(member_client, Browser.new(), "https://web.push.apple.com/Q")
    device = PushDevice.objects.get()
    other = sign_in(Client(), household.spouse)

    assert "Chrome sur un téléphone Android" in words(member_client.get(PAGE))
    assert "Appareils prévenus" not in words(other.get(PAGE))
    for client, which in ((other, device.pk), (member_client, uuid4())):
        page = client.post(f"{ADD}{which}/retirer/", follow=True)
        assert "n’était déjà plus prévenu" in words(page)
    assert PushDevice.objects.exists()
    page = member_client.post(f"{ADD}{device.pk}/retirer/", follow=True)
    assert "ne vous préviendra plus" in words(page)
    assert not PushDevice.objects.exists()


def test_a_frozen_access_rings_nowhere(
    member_client: Client, household: Household, service: PushService
) -> None:
    """A23: whoever was inside may have added a phone of their own."""
    add(member_client, Browser.new(), f"{service.address}/thief")
    account, now = household.primary.account, timezone.now()
    assert account is not None

    freeze(token=make_safety_link(account, change=Change.NEW_BROWSER, now=now), now=now)

    assert not PushDevice.objects.exists()
    assert Entry.objects.get(kind="PushDeviceRemoved").data["why"] == "frozen"


def test_neither_address_nor_keys_stand_in_clear_in_the_database_or_the_journal(
    member_client: Client,
) -> None:
    """A62"""
    browser = Browser.new()
    add(member_client, browser, "https://web.push.apple.com/QGuQcanary")
    keys = browser.subscription("")["keys"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM push_pushdevice")
        row = b" ".join(
            bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode()
            for one in cursor.fetchone()
        )

    for secret in ("QGuQcanary", keys["p256dh"], keys["auth"]):
        assert secret.encode() not in row
        assert not Entry.objects.filter(data__icontains=secret).exists()


def test_pages_of_the_phone_stay_within_twelve_questions(
    member_client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(5):
        add(member_client, Browser.new(), f"https://web.push.apple.com/{number}")
    member_client.get(PAGE)

    with django_assert_max_num_queries(12):
        member_client.get(PAGE)
