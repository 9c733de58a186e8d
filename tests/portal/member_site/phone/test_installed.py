"""What makes the portal an app: manifest, icons, the worker, the contact (MOB-01, A57)."""

import io
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from entraide.portal.design.fonts import FACES
from tests.portal.member_site.access.steps import words

pytestmark = pytest.mark.django_db


def test_the_manifest_tells_the_name_the_colours_and_the_first_page_in_the_readers_language(
    client: Client,
) -> None:
    """MOB-01"""
    told = {
        one: client.get("/manifest.webmanifest", headers={"Accept-Language": one}).json()
        for one in ("fr", "en")
    }

    identity = settings.PROFILE.identity
    assert told["fr"]["name"] == identity.space_name.fr
    assert told["en"]["name"] == identity.space_name.en
    assert told["fr"]["description"] != told["en"]["description"]
    for one in told.values():
        assert (one["start_url"], one["scope"], one["display"]) == ("/", "/", "standalone")
        assert re.fullmatch("#[0-9a-f]{6}", one["theme_color"])
        assert one["short_name"] == identity.short_name
        assert {"192x192", "512x512"} <= {icon["sizes"] for icon in one["icons"]}
        assert {icon["purpose"] for icon in one["icons"]} == {"any", "maskable"}


def test_each_icon_of_the_manifest_is_a_picture_of_its_size(client: Client) -> None:
    told = client.get("/manifest.webmanifest").json()

    for one in told["icons"]:
        answer = client.get(one["src"])
        picture = Image.open(io.BytesIO(answer.content))
        assert answer.headers["Content-Type"] == "image/png"
        assert one["sizes"] == f"{picture.width}x{picture.height}"
        corner = picture.convert("RGBA").getpixel((0, 0))
        assert isinstance(corner, tuple)
        # A phone cuts the corners of a full one, so they must be there; those of the other are see-through.
        assert (corner[3] == 255) == (one["purpose"] == "maskable")
        assert len(picture.convert("RGB").getcolors(1 << 20) or []) > 3
    assert client.get("/icones/193.png").status_code == 404
    assert client.get("/icones/..%2Flogo.png").status_code == 404


def test_the_worker_keeps_only_what_is_the_same_for_everybody(client: Client) -> None:
    """Each address of the shell is public, opens without a session, and names nobody."""
    answer = client.get("/sw.js")
    found = re.search(r"^const SHELL = (\[.*\]);$", answer.content.decode(), re.MULTILINE)
    assert found
    shell = json.loads(found[1])

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "/hors-ligne/" in shell
    for address in shell:
        assert urlsplit(address).path.startswith(
            ("/static/", "/hors-ligne/", "/theme.css", "/logo.svg", "/favicon.svg")
        )
        if address.startswith("/static/fonts/"):
            # Built when the portal starts.
            assert Path(address).stem in {one.name for one in FACES}
            continue
        opened = client.get(address)
        assert opened.status_code == 200
        opened.close()
    marked = [one for one in shell if one.startswith(("/static/css/", "/static/js/"))]
    assert marked
    assert all(re.search(r"\?v=[0-9a-f]{10}$", one) for one in marked)


def test_the_worker_is_another_one_for_nobody(client: Client, member_client: Client) -> None:
    """Who is signed in, and in which language, changes no byte: an update is an update."""
    plain = client.get("/sw.js").content

    assert member_client.get("/sw.js").content == plain
    assert client.get("/sw.js", headers={"Accept-Language": "en"}).content == plain


def test_the_page_without_a_network_speaks_both_languages_and_has_the_numbers_to_call(
    member_client: Client, client: Client
) -> None:
    """B-07: emergency numbers; nothing of who asks."""
    signed_in, nobody = member_client.get("/hors-ligne/"), client.get("/hors-ligne/")
    english = client.get("/hors-ligne/", headers={"Accept-Language": "en"}).content.decode()

    page = nobody.content.decode()
    assert signed_in.content == nobody.content
    assert page.index('lang="fr">') < page.index('lang="en">')
    assert english.startswith('<!doctype html>\n<html lang="en">')
    assert "Pas de réseau" in page
    assert "No network" in page
    contacts = settings.PROFILE.contacts
    for number in (contacts.phone, *(one.number for one in contacts.urgent)):
        assert page.count(f'href="tel:{number.replace(" ", "")}"') == 2
    assert page.count("<h1") == 1


def test_every_page_of_a_member_can_be_installed_and_none_of_the_agents(
    member_client: Client, client: Client
) -> None:
    for page in (member_client.get("/"), client.get("/connexion/"), client.get("/nowhere/")):
        shown = page.content.decode()
        assert '<link rel="manifest" href="/manifest.webmanifest">' in shown
        assert "/static/js/phone.js" in shown
    desk = client.get("/gestion/connexion/").content.decode()
    assert "manifest" not in desk
    assert "/static/js/phone.js" not in desk


def test_the_contact_is_a_vcard_of_the_mutual(client: Client) -> None:
    answer = client.get("/contact.vcf")
    lines = answer.content.decode().replace("\r\n ", "").split("\r\n")

    assert answer.headers["Content-Type"] == "text/vcard; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mutuelle.vcf"'
    assert lines[:2] == ["BEGIN:VCARD", "VERSION:4.0"]
    assert lines[-2:] == ["END:VCARD", ""]
    phone = settings.PROFILE.contacts.phone.replace(" ", "")
    assert f"TEL;TYPE=work,voice;VALUE=uri:tel:+33{phone[1:]}" in lines
    assert f"EMAIL;TYPE=work:{settings.PROFILE.contacts.email}" in lines


def test_the_page_of_the_phone_says_what_is_kept(member_client: Client) -> None:
    shown = words(member_client.get("/telephone/"))

    assert "Sans réseau" in shown
    assert "Ajouter à l’écran d’accueil" in shown
