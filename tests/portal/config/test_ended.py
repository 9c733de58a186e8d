"""A form sent after its session: nothing happens, and what was typed goes back to its writer (A28, A31)."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from entraide.portal.domain.access.models import OpenSession
from entraide.portal.domain.requests.models import Request
from tests.conftest import Household
from tests.portal.member_site.access.steps import words

pytestmark = pytest.mark.django_db
TEXT = "Facture du 3 novembre.\r\n</textarea><script>alert('x')</script> & \"fin\" 🌿"


def end() -> None:
    OpenSession.objects.all().delete()


def given_back(response: HttpResponse) -> list[str]:
    found = re.findall(
        r"<textarea[^>]*readonly[^>]*>\n?(.*?)</textarea>", response.content.decode(), re.DOTALL
    )
    return [html.unescape(one) for one in found]


def deposit(client: Client, **more: object) -> HttpResponse:
    return client.post("/depot/", {"category": "care", "description": TEXT, "request_key": "k" * 36, **more})


def test_the_text_comes_back_to_be_copied_and_nothing_is_stored(member_client: Client) -> None:
    end()
    response = deposit(
        member_client, iban="FR7630006000011234567890189", code="123456", password="Secret-2019"
    )

    assert response.status_code == 403
    assert given_back(response) == [TEXT]
    assert "<script>alert" not in response.content.decode()
    for secret in ("FR7630006000011234567890189", "123456", "Secret-2019", "k" * 36):
        assert secret not in response.content.decode()
    assert not Request.objects.exists()


def test_the_page_says_that_nothing_was_sent_and_leads_back_to_the_form(member_client: Client) -> None:
    end()
    response = deposit(member_client, files=SimpleUploadedFile("a.pdf", b"%PDF-1.7"))

    assert "rien n’a été envoyé" in words(response)
    assert "Décrire la demande" in words(response)
    assert "à choisir de nouveau" in words(response)
    assert 'href="/connexion/?next=%2Fdepot%2F"' in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"


def test_a_second_try_in_the_same_window_still_gives_the_text_back(member_client: Client) -> None:
    """The cookie of a session that is over stays, so that a form of it is known for what it is."""
    end()
    for _turn in range(2):
        assert given_back(deposit(member_client)) == [TEXT]


def test_another_window_that_noticed_the_end_first_takes_nothing_away(member_client: Client) -> None:
    end()
    assert member_client.get("/contrat/").status_code == 302

    assert given_back(deposit(member_client)) == [TEXT]


def test_passwords_typed_too_late_do_not_come_back(member_client: Client) -> None:
    end()
    values = {"old_password": "Tilleul-2019-bleu", "new_password1": "Marronnier-1954", "new_password2": "x"}
    response = member_client.post("/securite/", values)

    assert response.status_code == 403
    assert given_back(response) == []
    for secret in values.values():
        assert len(secret) == 1 or secret not in response.content.decode()


def test_a_stranger_who_posts_is_led_to_the_door(household: Household) -> None:
    response = deposit(Client())

    assert response.status_code == 302
    assert response.headers["Location"] == "/connexion/?next=%2Fdepot%2F"


def test_a_page_that_is_only_posted_to_is_not_come_back_to(member_client: Client) -> None:
    end()
    response = member_client.post("/securite/appareils/fermer/")

    assert response.status_code == 403
    assert 'href="/connexion/"' in response.content.decode()


def test_signing_out_of_a_session_that_is_over_is_signed_out(member_client: Client) -> None:
    end()

    assert member_client.post("/deconnexion/").headers["Location"].startswith("/connexion/")


def test_a_form_that_was_open_before_a_new_sign_in_gives_its_text_back(household: Household) -> None:
    """The sign-in changed the token of the form: refused, and nothing is lost."""
    client = Client(enforce_csrf_checks=True)
    client.get("/connexion/")
    ours = client.post("/depot/", {"description": TEXT}, headers={"origin": "http://testserver"})
    assert ours.status_code == 403
    assert given_back(ours) == [TEXT]

    forged = client.post("/depot/", {"description": TEXT}, headers={"origin": "https://evil.example"})
    assert forged.status_code == 403
    assert given_back(forged) == []
    silent = client.post("/depot/", {"description": TEXT})
    assert given_back(silent) == []
