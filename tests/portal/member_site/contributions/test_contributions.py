"""/cotisations/ (COT-01, COT-02)."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.members.models import Beneficiary
from entraide.profiles import Text
from tests.conftest import Household
from tests.portal.contributions import owe
from tests.portal.member_site.access.steps import words

SignIn = Callable[[Client, Beneficiary], Client]
PAGE, FILE = "/cotisations/", "/cotisations/echeances.ics"


@pytest.fixture(autouse=True)
def no_note(settings: LazySettings) -> None:
    """Everybody pays the mutual directly."""
    note_on(settings, None)


def note_on(settings: LazySettings, note: Text | None) -> None:
    segments = tuple(replace(one, contribution_note=note) for one in settings.PROFILE.segments)
    settings.PROFILE = replace(settings.PROFILE, segments=segments)


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def test_the_year_what_is_left_and_the_schedule_are_shown(
    member_client: Client, household: Household, today: date
) -> None:
    """COT-01, with the reserve of the guide."""
    owe(household.member, today - timedelta(days=200), 10_000, state="paid", year=today.year)
    owe(household.member, today, 10_050, year=today.year)

    page = words(member_client.get(PAGE))

    for sentence in (
        f"Reste à payer pour {today.year} 100,50 €",
        "Sauf règlement récent, que nous n’avons pas encore enregistré.",
        "Cotisation de l’année 200,50 €",
        "Déjà payé 100,00 €",
        f"{today:%d/%m/%Y} Cotisation n° 1 Prélèvement À venir 100,50 €",
        "IBAN se terminant par 0189",
        "Référence du mandat (RUM) RUM-30041827-1",
    ):
        assert sentence in page


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        ("funds", "pas assez approvisionné"),
        ("account", "Le compte est fermé"),
        ("refused", "une opposition"),
        ("other", "n’en a pas donné la raison"),
    ],
)
def test_a_failed_debit_is_told_with_its_reason_and_what_to_do(
    member_client: Client, household: Household, today: date, failure: str, reason: str
) -> None:
    owe(household.member, today - timedelta(days=9), state="failed", failure=failure, year=today.year)

    page = words(member_client.get(PAGE))

    assert "n’est pas passé" in page
    assert reason in page
    assert "Un prélèvement manqué ne met pas fin à votre contrat." in page
    assert "appelez-nous pour choisir une nouvelle date, ou pour payer 101,80 € autrement" in page


def test_a_late_payment_is_told_calmly(member_client: Client, household: Household, today: date) -> None:
    for days in (40, 12):
        owe(
            household.member, today - timedelta(days=days), method="transfer", mandate_reference="",
            iban_end="", year=today.year,
        )  # fmt: skip

    page = words(member_client.get(PAGE))

    assert "2 règlements ne nous sont pas encore parvenus" in page
    assert "Il s’agit de 203,60 €" in page
    assert "Vous venez de payer ? Ne faites rien" in page
    assert "fonds social" in page


def test_a_recent_payment_is_not_called_late(
    member_client: Client, household: Household, today: date
) -> None:
    owe(household.member, today - timedelta(days=3), year=today.year)

    page = words(member_client.get(PAGE))

    assert "En cours d’enregistrement" in page
    assert "parvenu" not in page


def test_what_was_paid_too_much_is_called_so(
    member_client: Client, household: Household, today: date
) -> None:
    owe(household.member, today - timedelta(days=30), 10_000, state="paid", year=today.year)
    owe(household.member, today, -2_500, year=today.year)

    assert f"Trop payé pour {today.year} 25,00 €" in words(member_client.get(PAGE))


def test_a_past_year_is_chosen_by_a_link(member_client: Client, household: Household, today: date) -> None:
    owe(household.member, date(2020, 5, 5), 7_000, state="paid")
    owe(household.member, today, year=today.year)

    page = member_client.get(PAGE)
    past = words(member_client.get(PAGE, {"year": "2020"}))

    assert 'href="/cotisations/?year=2020"' in page.content.decode()
    assert "Cotisation de l’année 70,00 €" in past
    assert "Sauf règlement récent" not in past


@pytest.mark.parametrize("year", ["1999", "x", "-202", "²026", "20260"])
def test_a_year_without_a_schedule_is_not_found(
    member_client: Client, household: Household, today: date, year: str
) -> None:
    owe(household.member, today, year=today.year)

    assert member_client.get(PAGE, {"year": year}).status_code == 404


def test_who_pays_through_an_employer_reads_where_the_amount_is(
    member_client: Client, settings: LazySettings
) -> None:
    """COT-02"""
    note_on(settings, Text("Voyez votre bulletin de salaire.", "See your payslip."))

    page = words(member_client.get(PAGE))

    assert "Voyez votre bulletin de salaire." in page
    assert "Échéancier" not in page
    assert member_client.get(FILE).status_code == 404


def test_who_has_no_schedule_yet_is_told_where_it_is(member_client: Client) -> None:
    assert "Pas encore d’échéancier" in words(member_client.get(PAGE))


def test_the_page_exists_in_english(member_client: Client, household: Household, today: date) -> None:
    owe(household.member, today - timedelta(days=40), year=today.year, state="failed", failure="funds")
    owe(household.member, today, year=today.year)

    page = words(member_client.get(PAGE, headers={"accept-language": "en"}))

    assert f"Left to pay for {today.year} €203.60" in page
    assert "Contribution no. 1 Direct debit Still to come €101.80" in page
    assert not [word for word in ("Cotisation", "Reste", "Prélèvement", "mandat ") if word in page]


def test_the_calendar_has_a_day_for_each_line_to_come(
    member_client: Client, household: Household, today: date
) -> None:
    line = owe(household.member, today + timedelta(days=3))
    owe(household.member, today - timedelta(days=3))

    answer = member_client.get(FILE)

    content = answer.content.decode().replace("\r\n ", "")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="echeances-cotisations.ics"'
    assert content.count("BEGIN:VEVENT") == 1
    assert f"DTSTART;VALUE=DATE:{today + timedelta(days=3):%Y%m%d}" in content
    assert f"UID:{line.pk}@localhost" in content
    assert "101\\,80" in content
    assert not [
        word for word in ("Vautrin", "30041827", "0189", "RUM") if word in content.replace(str(line.pk), "")
    ]


@pytest.mark.parametrize("address", [PAGE, FILE])
@pytest.mark.parametrize("role", ["spouse", "adult_child"])
def test_nobody_else_of_the_family_sees_them(
    client: Client, household: Household, sign_in: SignIn, today: date, role: str, address: str
) -> None:
    """Security 2.4: not even a way there."""
    owe(household.member, today)
    sign_in(client, getattr(household, role))

    assert client.get(address).status_code == 404
    assert PAGE not in client.get("/").content.decode()


def test_the_primary_insured_finds_them_in_the_menu(member_client: Client) -> None:
    assert f'href="{PAGE}"' in member_client.get("/").content.decode()


def test_a_stranger_sees_none_of_them(
    client: Client, household: Household, stranger: Beneficiary, sign_in: SignIn, today: date
) -> None:
    """A36"""
    owe(household.member, today)
    sign_in(client, stranger)

    assert "101,80" not in words(client.get(PAGE))
    assert client.get(FILE).status_code == 404


@pytest.mark.parametrize("address", [PAGE, FILE])
def test_without_a_session_the_pages_lead_to_sign_in(client: Client, db: None, address: str) -> None:
    assert client.get(address).headers["Location"].startswith("/connexion/?next=")


@pytest.mark.parametrize("address", [PAGE, FILE])
def test_the_pages_take_no_other_method(member_client: Client, address: str) -> None:
    assert member_client.post(address).status_code == 405


def test_the_page_asks_few_questions_whatever_the_history(
    member_client: Client,
    household: Household,
    today: date,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    for year in range(10):
        for month in range(1, 13):
            owe(household.member, date(today.year - year, month, 5), state="paid")

    with django_assert_max_num_queries(7):
        page = member_client.get(PAGE).content.decode()
    assert len(re.findall(r'class="table__amount" data-label', page)) == 12
