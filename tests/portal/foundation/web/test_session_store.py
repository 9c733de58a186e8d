"""Where sessions are kept (A27, A66)."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.access.tasks import forget_sessions
from entraide.portal.foundation.web.session_store import SessionStore

pytestmark = pytest.mark.django_db


def test_the_database_does_not_hold_what_opens_a_session(member_client: Client) -> None:
    """A66: whoever reads a backup finds no id to put in a cookie."""
    held = member_client.cookies[settings.SESSION_COOKIE_NAME].value
    kept = Session.objects.get().session_key
    assert kept != held

    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert thief.get("/").status_code == 302
    assert member_client.get("/").status_code == 200


def test_a_planted_id_is_never_taken_up(client: Client) -> None:
    """A27"""
    planted = "a" * 32
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    client.get("/mot-de-passe-oublie/")

    assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted
    assert not SessionStore().exists(planted)


def test_signing_out_ends_the_session_for_every_copy_of_its_id(member_client: Client) -> None:
    """A31"""
    copy = Client()
    copy.cookies[settings.SESSION_COOKIE_NAME] = member_client.cookies[settings.SESSION_COOKIE_NAME].value
    assert copy.get("/").status_code == 200

    member_client.post("/deconnexion/")

    assert Session.objects.count() == 0
    assert copy.get("/").status_code == 302


def test_a_session_in_which_nobody_is_signed_in_lasts_half_an_hour(client: Client) -> None:
    """A27: strangers begin one by opening some pages."""
    client.get("/mot-de-passe-oublie/")
    row = Session.objects.get()

    assert timedelta(minutes=29) < row.expire_date - timezone.now() <= timedelta(minutes=30)

    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    forget_sessions({})
    assert not Session.objects.exists()


def test_a_session_of_a_member_lasts_as_long_as_the_profile_says(member_client: Client) -> None:
    row = Session.objects.get()

    left = row.expire_date - timezone.now()
    assert left > timedelta(seconds=settings.SESSION_COOKIE_AGE - 60)
