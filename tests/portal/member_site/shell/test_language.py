"""French by default, English by the browser's wish or by the switch (contract: Languages)."""

import pytest
from django.test import Client

from tests.portal.member_site.access.steps import words

pytestmark = pytest.mark.django_db


def test_the_page_follows_the_browser_and_french_is_the_default(client: Client) -> None:
    french = client.get("/connexion/")
    english = client.get("/connexion/", headers={"Accept-Language": "en-GB,en;q=0.9"})
    german = client.get("/connexion/", headers={"Accept-Language": "de"})

    assert 'lang="fr"' in french.content.decode()
    assert french.headers["Content-Language"] == german.headers["Content-Language"] == "fr"
    assert '<html lang="en">' in english.content.decode()
    assert english.headers["Content-Language"] == "en"
    assert "Password" in words(english)
    assert "Mot de passe" not in words(english)


def test_the_switch_is_kept_in_the_session_against_the_browsers_wish(client: Client) -> None:
    response = client.post("/langue/", {"language": "en", "next": "/connexion/?next=%2Fcontrat%2F"})

    assert response.headers["Location"] == "/connexion/?next=%2Fcontrat%2F"
    page = client.get("/connexion/", headers={"Accept-Language": "fr"})
    assert page.headers["Content-Language"] == "en"


def test_the_choice_survives_signing_in_and_out(member_client: Client) -> None:
    member_client.post("/langue/", {"language": "en", "next": "/"})
    assert member_client.get("/").headers["Content-Language"] == "en"
    member_client.post("/deconnexion/")

    assert member_client.get("/connexion/").headers["Content-Language"] == "en"


@pytest.mark.parametrize("chosen", ["de", "", "fr-FR", "../en", "EN"])
def test_a_language_that_we_do_not_speak_changes_nothing(client: Client, chosen: str) -> None:
    client.post("/langue/", {"language": chosen, "next": "/connexion/"})

    assert client.get("/connexion/").headers["Content-Language"] == "fr"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example", "//evil.example", "/\\evil.example", "evil", "/a\r\nX: y", "/\t/evil", ""],
)
def test_the_switch_never_leads_out(client: Client, target: str) -> None:
    """A55"""
    response = client.post("/langue/", {"language": "en", "next": target})

    assert response.headers["Location"] == "/"


def test_the_switch_needs_a_post_with_its_token(client: Client) -> None:
    """A56"""
    assert client.get("/langue/").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/langue/", {"language": "en"}).status_code == 403


def test_error_pages_speak_the_language_of_the_reader(client: Client) -> None:
    page = client.get("/nowhere/", headers={"Accept-Language": "en"})

    assert page.status_code == 404
    assert '<html lang="en">' in page.content.decode()
