"""Which worker a phone takes anew, what the manifest leads to, who may keep a card (MOB-01, B-07, B-08)."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client, RequestFactory

from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.web.session_cookie import AGENT_PAGES
from entraide.portal.member_site.keeping import may_keep_card
from entraide.portal.member_site.phone import worker
from tests.portal.helping import helper_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def fresh() -> Iterator[None]:
    """As after a restart: the worker is written once by each process."""
    worker._script.cache_clear()
    yield
    worker._script.cache_clear()


def told(client: Client, name: str) -> Any:
    """What the server tells the worker under this name."""
    found = re.search(rf"^const {name} = (.*);$", client.get("/sw.js").content.decode(), re.MULTILINE)
    assert found
    return json.loads(found[1])


def test_who_helps_keeps_no_card_of_the_other_one_on_their_phone(viewer: Viewer) -> None:
    """B-08"""
    request = RequestFactory().get("/carte/hors-ligne/")

    assert may_keep_card(request, viewer)
    assert not may_keep_card(request, helper_of(viewer))


def test_a_phone_takes_a_new_worker_once_a_number_or_a_colour_is_another(
    client: Client, settings: LazySettings, fresh: None
) -> None:
    """Else it would show an old number to call for as long as it is installed."""
    profile, versions = settings.PROFILE, set()
    number = replace(profile, contacts=replace(profile.contacts, phone="01 99 00 77 77"))
    colour = replace(profile, theme=replace(profile.theme, brand="#123456"))
    for one in (profile, number, colour, profile):
        settings.PROFILE = one
        worker._script.cache_clear()
        versions.add(told(client, "VERSION"))

    assert len(versions) == 3


def test_the_worker_leaves_the_pages_of_agents_alone_and_knows_the_way_out(client: Client) -> None:
    pages = told(client, "PAGES")

    assert pages["agents"] == AGENT_PAGES == "/gestion/"
    assert pages["leave"] == "/deconnexion/"
    assert (pages["card"], pages["keptCard"]) == ("/carte/", "/carte/hors-ligne/")
    assert "/carte/hors-ligne/" not in told(client, "SHELL")


def test_each_shortcut_of_the_manifest_opens_a_page_of_its_own(member_client: Client) -> None:
    answer = member_client.get("/manifest.webmanifest")
    addresses = [one["url"] for one in answer.json()["shortcuts"]]

    assert addresses == ["/carte/", "/remboursements/", "/depot/"]
    assert all(member_client.get(one).status_code == 200 for one in addresses)
    assert "Accept-Language" in answer.headers["Vary"]


def test_the_contact_has_the_postal_address_and_the_way_to_ones_space(
    client: Client, settings: LazySettings
) -> None:
    lines = client.get("/contact.vcf").content.decode().replace("\r\n ", "")

    contacts, identity = settings.PROFILE.contacts, settings.PROFILE.identity
    for one in contacts.postal or identity.address:
        assert one.replace(",", "\\,") in lines
    assert settings.ENTRAIDE.public_url.replace(",", "\\,") in lines
