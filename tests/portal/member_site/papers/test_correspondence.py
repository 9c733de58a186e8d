"""/documents/recus/ and /documents/envoyes/ (PROF-07, DOC-01, A36, A40, A46)."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household
from tests.portal.domain.claims.care import SECRETS, Care, pay
from tests.portal.domain.claims.family import paid
from tests.portal.domain.claims.tables import tables
from tests.portal.domain.correspondence.history import (
    CATEGORY,
    PAPER,
    answer,
    ask,
    change_account,
    export_ready,
    many_years,
)
from tests.portal.domain.library.shelf import put

__all__ = ["paid", "tables"]
SignIn = Callable[[Client, Beneficiary], Client]
RECEIVED, SENT = "/documents/recus/", "/documents/envoyes/"
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def words(client: Client, address: str, **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def links(page: str) -> list[str]:
    """Where the lines of the list lead."""
    main = page[page.index("<main") : page.index("</main")]
    lines = main[main.index("link-rows") :]
    return [one for one in re.findall(r'<a [^>]*href="(/[^"]+)"', lines) if "page=" not in one]


@pytest.fixture
def everything(household: Household, paid: None, tables: None, vault_dir: Path) -> None:
    """One of each kind, for Anne."""
    anne = household.primary
    put("Attestation 2026", vault_dir=vault_dir, member=household.member, kind="certificate")
    request = ask(anne, at=NOW, files=("facture.pdf", "photo.jpg"))
    answer(request, "waiting_for_member", at=NOW)
    answer(request, "refused", at=NOW)
    change_account(anne, person=anne, state="applied", at=NOW)
    change_account(anne, person=household.child, state="refused", at=NOW, reference="TEST-BANK-0002")
    export_ready(anne, until=timezone.now() + timedelta(days=1))


@pytest.mark.usefixtures("everything")
def test_each_line_says_what_it_is_and_opens(member_client: Client, household: Household) -> None:
    page = words(member_client, RECEIVED)

    for told in (
        "Relevé de remboursements, novembre 2026", "Tableau de garanties 2026", "Attestation 2026",
        "Récépissé TEST-", "Question sur votre demande TEST-", "Réponse à votre demande TEST-",
        "Changement de compte TEST-BANK-0001", "Copie de mes données", "22 novembre 2026", "Refusée",
        "Appliqué", "PDF, 179 ko · Attestation, 1er janvier 2026", "ZIP, 2,4 Mo",
    ):  # fmt: skip
        assert told in page
    for address in links(page):
        assert member_client.get(address).status_code == 200, address


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize("kind", ["statement", "guarantees", "document"])
def test_a_pdf_is_read_in_the_browser_and_taken_home_beside(
    member_client: Client, household: Household, kind: str
) -> None:
    """DOC-01; no file name holds anybody's (A40)."""
    shown, taken = links(words(member_client, f"{RECEIVED}?kind={kind}"))[:2]

    read, kept = member_client.get(shown), member_client.get(taken.replace("&amp;", "&"))

    assert read.headers["Content-Disposition"].startswith("inline; filename=")
    assert kept.headers["Content-Disposition"].startswith("attachment; filename=")
    assert read.getvalue() == kept.getvalue()
    assert not any(one.last_name.lower() in kept.headers["Content-Disposition"] for one in household.people)


@pytest.mark.usefixtures("everything")
def test_a_file_comes_back_byte_for_byte_and_its_request_is_a_click_away(member_client: Client) -> None:
    """A46"""
    page = words(member_client, SENT)

    for told in (
        "facture.pdf",
        "photo.jpg",
        "rib.pdf",
        "TEST-0000-0000",
        "Refusée",
        "JPG, ",
        "22 novembre 2026",
    ):
        assert told in page
    addresses = links(page)
    files = [one for one in addresses if "/fichiers/" in one]
    assert "/demandes/TEST-0000-0000/" in addresses
    assert "/banque/" in addresses
    assert {member_client.get(one).getvalue() for one in files} == {
        PAPER + b"facture.pdf",
        PAPER + b"photo.jpg",
    }
    for address in addresses:
        assert member_client.get(address).status_code == 200, address


@pytest.mark.usefixtures("everything")
def test_nothing_of_hers_is_in_anybody_elses_lists(
    household: Household, stranger: Beneficiary, sign_in: SignIn
) -> None:
    """A36, matrix 2.4"""
    hers = links(words(sign_in(Client(), household.primary), RECEIVED)) + links(
        words(sign_in(Client(), household.primary), SENT)
    )
    for person in (household.spouse, household.adult_child, stranger):
        browser = sign_in(Client(), person)
        pages = words(browser, RECEIVED) + words(browser, SENT)
        for mark in ("TEST-", "facture.pdf", "rib.pdf", "Attestation 2026", "Copie de mes données"):
            assert mark not in pages
        for address in hers:
            if "/demandes/" in address or "/documents/" in address:
                assert browser.get(address).status_code == 404, address


@pytest.mark.usefixtures("paid")
def test_the_list_tells_nothing_of_the_care_of_others(member_client: Client) -> None:
    """A40"""
    page = words(member_client, RECEIVED)

    assert "Relevé de remboursements" in page
    assert not [secret for secret in SECRETS if secret in page]


@pytest.mark.usefixtures("paid")
def test_a_statement_with_a_childs_care_is_noted_when_it_is_opened_and_not_when_it_is_listed(
    member_client: Client, household: Household
) -> None:
    """A68"""
    address = links(words(member_client, f"{RECEIVED}?kind=statement"))[1]
    drain()
    assert not Consultation.objects.exists()

    member_client.get(address)
    drain()

    assert address.endswith("?download=1")
    assert Consultation.objects.filter(person=household.child, reader=household.primary.pk).exists()


def test_who_received_and_sent_nothing_reads_what_will_come(household: Household, sign_in: SignIn) -> None:
    browser = sign_in(Client(), household.adult_child)
    household.adult_child.coverages.all().delete()

    assert "se rangeront ici" in words(browser, RECEIVED)
    assert "Aucun fichier envoyé" in words(browser, SENT)
    assert 'name="kind"' not in words(browser, RECEIVED) + words(browser, SENT)


@pytest.mark.usefixtures("everything")
def test_the_lists_are_found_by_kind_and_by_year(member_client: Client, household: Household) -> None:
    pay(household.member, Care(person=household.primary), on=date(2023, 3, 4))

    answers = words(member_client, f"{RECEIVED}?kind=answer")
    old = words(member_client, f"{RECEIVED}?kind=statement&year=2023")
    ribs = words(member_client, f"{SENT}?kind=account-change")

    assert "Réponse à votre demande" in answers
    assert "Relevé de remboursements" not in answers
    assert "mars 2023" in old
    assert "2026</span>" not in old
    assert "rib.pdf" in ribs
    assert "facture.pdf" not in ribs
    nothing = words(member_client, f"{RECEIVED}?kind=answer&year=2023")
    assert "Aucun document ne correspond" in nothing


@pytest.mark.parametrize("address", [RECEIVED, SENT])
@pytest.mark.parametrize("query", ["kind=poésie", "year=1830", "year=x", "kind=%00&year=%00"])
def test_a_filter_that_does_not_exist_is_told(member_client: Client, address: str, query: str) -> None:
    answer = member_client.get(f"{address}?{query}")

    assert answer.status_code == 422
    assert "Choisissez dans la liste" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "entry"),
    [
        ("/documents/", "/documents/"),
        ("/documents/information/", "/documents/information/"),
        (RECEIVED, "/documents/"),
        (SENT, "/documents/"),
    ],
)
def test_the_menu_and_the_tabs_mark_one_place_each(member_client: Client, address: str, entry: str) -> None:
    page = words(member_client, address)

    assert re.findall(r'<a class="menu__link" href="([^"]+)" aria-current="page"', page) == [entry]
    assert re.findall(r'<a class="tabs__link" href="([^"]+)" aria-current="page"', page) == [address]
    assert len(re.findall(r'<a class="tabs__link"', page)) == 4


@pytest.mark.usefixtures("everything")
def test_the_lists_are_in_english_too(member_client: Client) -> None:
    received = words(member_client, RECEIVED, **{"accept-language": "en"})
    sent = words(member_client, SENT, **{"accept-language": "en"})

    for told in (
        "What I received",
        "Answer to your request",
        "Table of guarantees 2026",
        "PDF, 179 kB",
        "Download",
    ):
        assert told in received
    for told in ("What I sent", CATEGORY.types[0].label.en, "request TEST-0000-0000"):
        assert told in sent


@pytest.mark.parametrize(("address", "count"), [(RECEIVED, 13), (SENT, 20)])
def test_ten_years_take_no_more_questions_than_one(
    member_client: Client,
    household: Household,
    vault_dir: Path,
    django_assert_max_num_queries: Callable[[int], Any],
    address: str,
    count: int,
) -> None:
    """Speed: 5,000 lines of care, 400 files, the last page as the first."""
    many_years(household.primary, vault_dir=vault_dir, lines=5000, files=400, until=date(2026, 11, 22))
    last = re.findall(r"Page 1 sur (\d+)", words(member_client, address))[0]

    for page in ("1", last, "99999", "x"):
        with django_assert_max_num_queries(12):
            assert member_client.get(f"{address}?page={page}").status_code == 200
    filtered = words(member_client, f"{address}?year=2024")
    assert "page=2" in filtered
    assert "year=2024" in filtered
    assert int(last) >= count
