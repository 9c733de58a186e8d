"""The demo's mailbox keeps every message, newest first, and can be asked for those of one reader."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from entraide.portal.notifications.models import Delivery, DeliveryState
from tests.portal.member_site.access.steps import words

MOBILE, OTHER = "+33639980101", "+33639980102"
pytestmark = pytest.mark.django_db


def write(body: str, *, to: str = MOBILE, channel: str = "sms", minutes_ago: int = 0) -> Delivery:
    one = unsaved(body, to=to, channel=channel, minutes_ago=minutes_ago)
    one.save(force_insert=True)
    return one


def unsaved(body: str, *, to: str = MOBILE, channel: str = "sms", minutes_ago: int = 0) -> Delivery:
    at = timezone.now() - timedelta(minutes=minutes_ago)
    return Delivery(
        fact=uuid4(), recipient=uuid4(), channel=channel, notice="sign_in_code", to=to, body=body,
        subject="Sujet" if channel == "email" else "", html="<p>Lettre</p>" if channel == "email" else "",
        state=DeliveryState.SENT, created_at=at, sent_at=at,
    )  # fmt: skip


def bodies(client: Client, query: str = "") -> list[str]:
    return [one["body"] for one in client.get(f"/demo/boite.json{query}").json()]


def test_every_message_is_there_and_the_newest_comes_first(client: Client) -> None:
    count = 1300
    Delivery.objects.bulk_create(unsaved(f"n° {number}", minutes_ago=number) for number in range(count))

    assert bodies(client) == [f"n° {number}" for number in range(count)]


@pytest.mark.parametrize("query", [f"?to=%2B{MOBILE[1:]}", f"?to={MOBILE}"])
def test_it_can_be_asked_for_one_reader(client: Client, query: str) -> None:
    write("for her", minutes_ago=2)
    write("for someone else", to=OTHER, minutes_ago=1)

    assert bodies(client, query) == ["for her"]
    assert "for her" in words(client.get(f"/demo/boite/{query}"))
    assert "for someone else" not in words(client.get(f"/demo/boite/{query}"))
    assert bodies(client, "?to=nobody") == []


def test_it_can_be_asked_for_one_channel(client: Client) -> None:
    write("a code", minutes_ago=2)
    write("a letter", to="anne@example.org", channel="email", minutes_ago=1)

    assert bodies(client, "?channel=sms") == ["a code"]
    assert bodies(client, "?channel=email&to=anne@example.org") == ["a letter"]
    assert bodies(client, "?channel=fax") == []


def test_an_old_message_of_one_reader_is_found_behind_a_hundred_newer_ones(client: Client) -> None:
    write("the old one", minutes_ago=500)
    for number in range(110):
        write("newer", to=OTHER, minutes_ago=number)

    assert "the old one" not in words(client.get("/demo/boite/"))
    assert "the old one" in words(client.get(f"/demo/boite/?to={MOBILE}"))


def test_what_changes_after_it_was_looked_at_is_shown_as_it_is_now(client: Client) -> None:
    one = write("a letter", to="anne@example.org", channel="email")
    assert "X-Entraide-Attempt" not in client.get("/demo/boite.json").json()[0]["headers"]

    later = timezone.now() + timedelta(minutes=5)
    Delivery.objects.filter(pk=one.pk).update(attempts=2, sent_at=later)

    (row,) = client.get("/demo/boite.json").json()
    assert row["headers"]["X-Entraide-Attempt"] == "2"
    assert row["at"] == later.isoformat()


def test_any_mail_can_be_opened_however_old(client: Client) -> None:
    old = write("a letter", to="anne@example.org", channel="email", minutes_ago=9000)
    Delivery.objects.bulk_create(unsaved("newer") for _number in range(1100))

    assert client.get(f"/demo/boite/{old.pk}/").content.decode() == "<p>Lettre</p>"
