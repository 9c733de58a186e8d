"""/composants/mails/: every mail and SMS, in both languages, for whoever writes or checks them."""

import dataclasses

import pytest
from django.conf import LazySettings
from django.test import Client

from entraide.portal.notifications.samples import names_of_notices, written
from tests.portal.member_site.access.steps import words

GALLERY = "/composants/mails/"
pytestmark = pytest.mark.django_db


def test_the_list_shows_every_notice_in_both_languages(client: Client) -> None:
    page = client.get(GALLERY).content.decode()

    for name in names_of_notices():
        for language in ("fr", "en"):
            assert f'href="{GALLERY}{name}/{language}/"' in page


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_notice_can_be_read_as_text_and_as_html(client: Client, language: str) -> None:
    for name in names_of_notices():
        sample = written(name, language=language)
        page = client.get(f"{GALLERY}{name}/{language}/")
        assert page.status_code == 200
        assert "Anne Vautrin" in words(page) or sample.channel in {"sms", "push"}
        html = client.get(f"{GALLERY}{name}/{language}/html/")
        assert html.status_code == (200 if sample.channel == "email" else 404)


def test_the_html_of_a_mail_stands_in_a_closed_page(client: Client) -> None:
    """A57: no script, no picture, nothing from elsewhere, no form."""
    policy = client.get(f"{GALLERY}account_link/fr/html/").headers["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert policy.endswith("frame-ancestors 'none'; sandbox")


@pytest.mark.parametrize("address", ["nothing/fr/", "account_link/de/", "account_link/fr/x/", "../fr/"])
def test_what_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(GALLERY + address).status_code == 404


@pytest.mark.parametrize("address", ["", "account_link/fr/", "account_link/fr/html/"])
def test_outside_the_demo_it_is_not_there(client: Client, settings: LazySettings, address: str) -> None:
    settings.ENTRAIDE = dataclasses.replace(settings.ENTRAIDE, demo=False)

    assert client.get(GALLERY + address).status_code == 404


def test_it_only_shows(client: Client) -> None:
    assert client.post(GALLERY).status_code == 405
