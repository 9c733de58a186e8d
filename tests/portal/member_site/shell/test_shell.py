"""Colours, drawings, health, where to report a weakness."""

import re

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


def test_health_is_one_small_answer(client: Client) -> None:
    """Contract: /healthz."""
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}
    assert not response.cookies


def test_the_colours_of_the_mutual_come_for_light_and_dark(client: Client) -> None:
    response = client.get("/theme.css")
    sheet = response.content.decode()

    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert settings.PROFILE.theme.brand.lower() in sheet.lower() or "--brand:" in sheet
    assert "prefers-color-scheme: dark" in sheet
    assert set(re.findall(r"(--[a-z-]+):", sheet)) >= {"--surface", "--ink", "--brand", "--focus"}


@pytest.mark.parametrize("address", ["/logo.svg", "/favicon.svg"])
def test_the_drawings_of_the_mutual_hold_no_script_and_nothing_from_elsewhere(
    client: Client, address: str
) -> None:
    response = client.get(address)

    assert response.headers["Content-Type"] == "image/svg+xml"
    drawing = response.content.decode()
    assert "<script" not in drawing
    assert "href" not in drawing
    assert not re.search(r"\son\w+=", drawing)


def test_a_weakness_can_be_reported(client: Client) -> None:
    """A84"""
    response = client.get("/.well-known/security.txt")
    text = response.content.decode()

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert f"Contact: mailto:{settings.PROFILE.contacts.email}" in text
    assert re.search(r"^Expires: 20\d\d-", text, re.MULTILINE)
    assert f"Canonical: {settings.ENTRAIDE.public_url}/" in text


def test_static_files_are_served_with_the_same_protection(client: Client) -> None:
    page = client.get("/connexion/").content.decode()
    sheets = re.findall(r'href="(/static/css/[^"]+)"', page)

    assert sheets
    for sheet in sheets:
        assert "?v=" in sheet


def test_no_page_asks_anything_of_another_site(client: Client, member_client: Client) -> None:
    """A58: no CDN, font, pixel."""
    for page in (client.get("/connexion/"), member_client.get("/"), member_client.get("/depot/")):
        body = page.content.decode()
        loaded = re.findall(
            r"<(?:link|script|img|iframe|source|form)\b[^>]*?(?:href|src|action)=\"([^\"]+)\"", body
        )
        assert loaded
        assert [one for one in loaded if not one.startswith("/") or one.startswith("//")] == []
