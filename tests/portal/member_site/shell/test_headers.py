"""What every answer carries, errors included (A31, A57, A61)."""

import dataclasses
import re

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client

from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery

ADDRESSES = [
    "/connexion/",
    "/premiere-connexion/",
    "/mot-de-passe-oublie/",
    "/mot-de-passe/00000000000000000000000000000000/",
    "/aide/",
    "/",
    "/contrat/",
    "/remboursements/",
    "/depot/",
    "/demandes/",
    "/securite/",
    "/conditions/",
    "/documents/",
    "/releves/",
    "/nowhere/",
    "/deconnexion/",
    "/healthz",
    "/theme.css",
    "/logo.svg",
    "/demo/",
    "/demo/boite.json",
    "/demandes/ABCD-0000-0000/",
    "/beneficiaires/00000000-0000-4000-8000-000000000000/",
]
pytestmark = pytest.mark.django_db


def policy_of(response: HttpResponse) -> dict[str, set[str]]:
    parts = [part.split() for part in response.headers["Content-Security-Policy"].split(";") if part.strip()]
    return {name: set(values) for name, *values in parts}


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_is_protected(member_client: Client, address: str) -> None:
    """A57"""
    response = member_client.get(address)
    policy = policy_of(response)

    assert policy["default-src"] == {"'none'"}
    assert policy["base-uri"] == {"'none'"}
    assert policy["frame-ancestors"] == {"'none'"}
    assert not {one for values in policy.values() for one in values} & {
        "'unsafe-inline'", "'unsafe-eval'", "*", "data:", "https:", "http:",
    }  # fmt: skip
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response.headers["Referrer-Policy"] in {"same-origin", "strict-origin"}
    assert "geolocation=()" in response.headers["Permissions-Policy"]
    assert response.headers["Cache-Control"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_holds_inline_style_script_or_event(member_client: Client, address: str) -> None:
    """A57: the policy would block them anyway."""
    response = member_client.get(address)
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return
    body = response.content.decode()

    assert not re.search(r"<[^>]+\sstyle=", body)
    assert not re.search(r"<[^>]+\son[a-z]+=", body)
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", body)
    assert "<style" not in body
    assert "javascript:" not in body


def test_no_answer_names_what_it_runs_on(member_client: Client) -> None:
    """A57, A61"""
    for address in ADDRESSES:
        response = member_client.get(address)
        assert "Server" not in response.headers
        assert "X-Powered-By" not in response.headers
        for name in (b"Django", b"Traceback", b"gunicorn", b"Python/"):
            assert name not in response.content


def test_with_an_https_address_browsers_are_told_to_stay_with_it(
    client: Client, settings: LazySettings
) -> None:
    """A57: HSTS of one year."""
    assert "Strict-Transport-Security" not in client.get("/connexion/").headers
    settings.ENTRAIDE = dataclasses.replace(settings.ENTRAIDE, public_url="https://espace.example.org")

    assert (
        client.get("/connexion/").headers["Strict-Transport-Security"]
        == "max-age=31536000; includeSubDomains"
    )


def test_a_mail_of_the_demo_is_shown_in_a_closed_page(member_client: Client, household: object) -> None:
    """The mail's own sheet is allowed by its hash, nothing else is."""
    member_client.post(
        "/securite/",
        {
            "old_password": "Tilleul-2019-bleu",
            "new_password1": "Marronnier-1954-vert",
            "new_password2": "Marronnier-1954-vert",
        },
    )
    drain()
    response = member_client.get(f"/demo/boite/{Delivery.objects.get().pk}/")
    policy = policy_of(response)

    assert policy["default-src"] == {"'none'"}
    (source,) = policy["style-src"]
    assert re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", source)
    assert "script-src" not in policy
