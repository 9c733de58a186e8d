"""Where sessions are kept (A27, A66)."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

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
