"""/simulation/devis/fichier/: a quote is read, checked by its owner, and forgotten (REMB-05, A42…A46)."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client

from entraide.portal.domain.requests.models import RequestFile
from entraide.portal.foundation.web import uploads
from tests.portal.domain.requests.conftest import stored_files
from tests.portal.domain.requests.samples import pdf, picture
from tests.portal.domain.simulations.printed_quotes import dental, hearing, optical, printed, scan
from tests.portal.member_site.access.steps import words
from tests.portal.member_site.simulation.asking import form, key_in, upload

pytestmark = pytest.mark.django_db
PAGE = "/simulation/devis/fichier/"


def send(client: Client, content: bytes, name: str = "devis.pdf", **more: Any) -> HttpResponse:
    return client.post(PAGE, form(files=upload(content, name), **more))


def shown(response: HttpResponse) -> str:
    return words(response).replace("\xa0", " ")


def typed_in(response: HttpResponse) -> dict[str, str]:
    """What a browser would send of the form of the quote, with nothing changed."""
    body = response.content.decode().split('<h2 id="reponses">')[1]
    fields = dict(re.findall(r'<input type="(?:text|hidden)" name="(\w+)"(?: value="([^"]*)")?', body))
    fields |= {
        name: chosen[1]
        for name, options in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', body, re.DOTALL)
        if (chosen := re.search(r'<option value="([^"]*)" selected', options))
    }
    return fields


def test_the_page_says_what_can_be_read_and_that_nothing_is_kept(member_client: Client) -> None:
    body = shown(member_client.get(PAGE))

    assert "Un PDF se lit, une photo ne se lit pas" in body
    assert "oublié dès qu’il est lu" in body


def test_without_a_session_the_page_leads_to_sign_in(client: Client) -> None:
    for answer in (client.get(PAGE), client.post(PAGE)):
        assert answer.headers["Location"].startswith("/connexion/")


def test_the_page_takes_no_other_method(member_client: Client) -> None:
    assert member_client.put(PAGE).status_code == 405


def test_a_pdf_fills_the_lines_to_be_checked_and_prices_nothing(member_client: Client) -> None:
    """Each with its printed words; what was not understood is told."""
    response = send(member_client, dental())

    body, fields = shown(response), typed_in(response)
    assert response.status_code == 200
    assert "3 lignes lues dans votre devis" in body
    assert body.count("Lu dans votre devis, à vérifier :") == 3
    assert "Nous n’avons pas compris : Remise -20,00 €" in body
    assert "Pourquoi ce montant" not in body
    assert (fields["act_1"], fields["price_1"], fields["base_1"]) == ("HBLD734", "600,00", "107,50")
    assert (fields["act_2"], fields["tooth_1"], fields["tooth_3"]) == ("SDE", "26", "16")
    assert fields.get("act_3", "") == ""


def test_a_read_line_is_not_priced_before_its_owner_says_so(member_client: Client) -> None:
    fields = typed_in(send(member_client, dental())) | {"fees": "unknown"}

    unchecked = member_client.get("/simulation/devis/", fields)
    checked = {"sure_1": "yes", "sure_2": "yes", "sure_3": "no"}
    priced = member_client.get("/simulation/devis/", fields | checked)

    assert unchecked.status_code == 422
    assert "Vérifiez cette ligne avec votre devis" in words(unchecked)
    assert "Pourquoi ce montant" not in words(unchecked)
    assert priced.status_code == 200
    assert "628,92 €" in shown(priced)


@pytest.mark.parametrize(("quote", "lines"), [(dental(), 3), (optical(), 3), (hearing(), 2)])
def test_a_quote_of_each_trade_is_priced_once_its_known_lines_are_confirmed(
    member_client: Client, quote: bytes, lines: int
) -> None:
    fields = typed_in(send(member_client, quote)) | {"fees": "unknown"}
    known = {n: "yes" if fields.get(f"act_{n}") else "no" for n in range(1, lines + 1)}

    response = member_client.get(
        "/simulation/devis/", fields | {f"sure_{n}": say for n, say in known.items()}
    )

    assert "yes" in known.values()
    assert response.status_code == 200, words(response)
    assert "Pourquoi ce montant" in words(response)


def test_a_line_that_is_emptied_asks_for_nothing(member_client: Client) -> None:
    fields = typed_in(send(member_client, dental())) | {"fees": "unknown", "sure_1": "yes"}
    for position in (2, 3):
        fields |= {f"{name}_{position}": "" for name in ("act", "price", "base", "tooth")}

    assert member_client.get("/simulation/devis/", fields).status_code == 200


def test_what_is_kept_of_a_checked_quote_is_as_if_it_had_been_typed(member_client: Client) -> None:
    """The links of the result carry the lines that count, without a second question."""
    fields = typed_in(send(member_client, dental())) | {"fees": "unknown"}
    fields |= {"sure_1": "yes", "sure_2": "no", "sure_3": "no"}

    body = member_client.get("/simulation/devis/", fields).content.decode()

    found = re.search(r'href="(/simulation/devis/garder/\?[^"]+)"', body)
    assert found is not None
    assert "act_1=HBLD734" in found[1]
    assert not re.search(r"sure_|read_|act_2|price_3", found[1])


@pytest.mark.parametrize(
    ("content", "name"), [(scan(), "scan.pdf"), (picture("JPEG"), "photo.jpg"), (picture("PNG"), "photo.png")]
)
def test_of_a_picture_the_page_says_that_it_cannot_be_read_and_what_to_do(
    member_client: Client, content: bytes, name: str
) -> None:
    response = send(member_client, content, name)

    assert "Nous ne lisons pas les images" in words(response)
    assert 'href="/simulation/devis/"' in response.content.decode()
    assert 'href="/simulation/devis/conseiller/"' in response.content.decode()


def test_a_paper_without_our_acts_shows_what_was_read_and_no_line(member_client: Client) -> None:
    invoice = printed("Facture", ("Désignation", "Prix"), (("Pneu arrière", "80,00 €"),))

    response = send(member_client, invoice)

    assert "Aucun acte reconnu" in words(response)
    assert "Pneu arrière" in words(response)


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (pdf()[:-40], "devis.pdf", "abîmé ou incomplet"),
        (b"MZ" + b"\0" * 90, "devis.exe", "ni un PDF ni une photo"),
        (picture("PNG"), "devis.pdf", "n’est pas du genre que son nom annonce"),
        (b"", "devis.pdf", "est vide"),
    ],
)
def test_a_bad_file_is_refused_as_a_deposit_refuses_it(
    member_client: Client, content: bytes, name: str, message: str
) -> None:
    response = send(member_client, content, name)

    assert response.status_code == 422
    assert message in words(response)


def test_no_file_and_two_files_are_told_at_the_field(member_client: Client) -> None:
    none = member_client.post(PAGE, form())
    two = member_client.post(PAGE, form(files=[upload(dental()), upload(scan(), "b.pdf")]))

    assert (none.status_code, two.status_code) == (422, 422)
    assert "Choisissez un fichier." in words(none)
    assert "Choisissez un seul fichier" in words(two)


def test_nothing_is_stored_of_a_file_that_is_only_read(member_client: Client) -> None:
    """Neither good nor bad, and no name of it anywhere."""
    before = stored_files()
    send(member_client, dental())
    send(member_client, scan(), "scan.pdf")
    send(member_client, pdf()[:-40])

    assert not RequestFile.objects.exists()
    assert stored_files() == before


def test_who_wants_it_has_the_file_for_the_sending_under_one_key(member_client: Client) -> None:
    fields = form(files=upload(scan(), "scan.pdf"), keep="on")

    response = member_client.post(PAGE, fields)

    held = RequestFile.objects.get()
    assert (str(held.request_key), held.name) == (fields["request_key"], "scan.pdf")
    address = f"/simulation/devis/conseiller/?quote_file={held.request_key}"
    assert address in response.content.decode()
    page = member_client.get(address)
    assert key_in(page) == fields["request_key"]
    assert "scan.pdf" in words(page)


def test_a_kept_file_goes_along_through_the_questions(member_client: Client) -> None:
    fields = typed_in(send(member_client, dental(), keep="on"))
    held = RequestFile.objects.get()
    checked = {"fees": "unknown", "sure_1": "yes", "sure_2": "no", "sure_3": "no"}

    body = member_client.get("/simulation/devis/", fields | checked).content.decode()

    assert fields["quote_file"] == str(held.request_key)
    assert re.search(rf'href="/simulation/devis/conseiller/\?[^"]*quote_file={held.request_key}"', body)


def test_a_file_beyond_any_limit_is_told_with_413(
    member_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MAX_REQUEST_BYTES", 10)

    response = send(member_client, dental())

    assert response.status_code == 413
    assert "trop lourd" in words(response)


def test_a_mutual_without_tables_reads_no_quote(member_client: Client, settings: LazySettings) -> None:

    settings.PROFILE = replace(settings.PROFILE, guarantees={})

    assert member_client.get(PAGE).headers["Location"] == "/simulation/"
