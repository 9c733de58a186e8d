"""contributions.csv: what members owe and have paid (COT-01, docs/operations/import.md)."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from entraide.portal.domain.contributions.models import Contribution
from entraide.portal.domain.imports import Counts
from entraide.portal.gateways.core_system import import_folder
from tests.portal.gateways.core_system.exports import family, faults_of, load, only_fault, write

pytestmark = pytest.mark.django_db


def row(**changes: str) -> dict[str, str]:
    return {
        "contribution_reference": "C-1", "member_number": "50010001", "year": "2026",
        "due_on": "2026-03-05", "label_fr": "Cotisation de mars", "label_en": "Contribution for March",
        "amount": "101.80", "state": "paid", "paid_on": "2026-03-05", "method": "direct_debit", "failure": "",
        "mandate_reference": "RUM-50010001-1", "iban_end": "2606",
    } | changes  # fmt: skip


def with_rows(*rows: dict[str, str]) -> dict[str, list[dict[str, str]]]:
    return {**family(), "contributions": list(rows)}


def counts(folder: Path) -> Counts:
    (found,) = (one.counts for one in import_folder(folder).files if one.file == "contributions.csv")
    return found


def test_every_cell_arrives_where_the_page_reads_it(tmp_path: Path) -> None:
    load(tmp_path, with_rows(row()))

    stored = Contribution.objects.get()
    assert stored.pk == settings.ENTRAIDE.keys.sealed_id("contribution", "C-1")
    assert (stored.member.number, stored.reference, stored.year) == ("50010001", "C-1", 2026)
    assert (stored.due_on, stored.paid_on, stored.amount) == (date(2026, 3, 5), date(2026, 3, 5), 10_180)
    assert (stored.state, stored.method, stored.failure) == ("paid", "direct_debit", "")
    assert (stored.mandate_reference, stored.iban_end) == ("RUM-50010001-1", "2606")


def test_the_same_file_twice_is_no_change_and_a_new_state_is_one(tmp_path: Path) -> None:
    folder = write(tmp_path, with_rows(row(), row(contribution_reference="C-2", state="due", paid_on="")))

    first, again = counts(folder), counts(folder)
    write(folder, with_rows(row(), row(contribution_reference="C-2")))

    assert (first, again) == (Counts(2, 0, 0), Counts(0, 0, 2))
    assert counts(folder) == Counts(0, 1, 1)
    assert Contribution.objects.get(reference="C-2").state == "paid"


@pytest.mark.parametrize(
    ("changes", "column", "expected"),
    [
        ({"state": "due"}, "paid_on", "nothing, since state is due"),
        ({"paid_on": ""}, "paid_on", "a value, since state is paid"),
        ({"state": "failed", "paid_on": ""}, "failure", "a value, since state is failed"),
        ({"state": "replaced", "paid_on": ""}, "failure", "a value, since state is replaced"),
        ({"failure": "funds"}, "failure", "nothing, since state is paid"),
        ({"mandate_reference": ""}, "mandate_reference", "a value, since method is direct_debit"),
        ({"iban_end": ""}, "iban_end", "a value, since method is direct_debit"),
        ({"method": "cheque", "mandate_reference": ""}, "iban_end", "nothing, since method is cheque"),
        ({"iban_end": "FR1420041010050500013M02606"}, "iban_end", "the last 4 characters of an IBAN"),
        ({"mandate_reference": "é" * 3}, "mandate_reference", "the reference of a SEPA mandate (RUM)"),
        ({"mandate_reference": "R" * 36}, "mandate_reference", "the reference of a SEPA mandate (RUM)"),
        ({"amount": "101,80"}, "amount", "euros with a dot and two digits, as 12.81"),
        ({"year": "26"}, "year", "a whole number from 2000 to 2199"),
        ({"state": "open"}, "state", "one of due, paid, failed, replaced, cancelled"),
        (
            {"member_number": "50019999"},
            "member_number",
            "the number of a membership in members.csv or loaded before",
        ),
    ],
)
def test_a_wrong_row_is_refused_with_what_was_expected_and_leaves_nothing(
    tmp_path: Path, changes: dict[str, str], column: str, expected: str
) -> None:
    fault = only_fault(write(tmp_path, with_rows(row(), row(contribution_reference="C-2", **changes))))

    assert (fault.file, fault.line, fault.column, fault.expected) == (
        "contributions.csv", 3, column, expected,
    )  # fmt: skip
    assert not Contribution.objects.exists()


def test_a_reference_stands_once_in_a_file(tmp_path: Path) -> None:
    fault = only_fault(write(tmp_path, with_rows(row(), row())))

    assert (fault.line, fault.column) == (3, "contribution_reference")


def test_a_contribution_keeps_its_membership(tmp_path: Path) -> None:
    """Nobody else may come to read what a member pays."""
    load(tmp_path, with_rows(row()))
    other = {**family()["members"][0], "member_number": "50020001"}
    person = {**family()["beneficiaries"][0], "member_number": "50020001", "beneficiary_number": "50020001"}
    folder = write(
        tmp_path,
        {"members": [other], "beneficiaries": [person], "contributions": [row(member_number="50020001")]},
    )

    (fault,) = faults_of(folder)

    assert (fault.column, fault.found) == ("member_number", '"50020001"')
    assert fault.expected.startswith("50010001, who owed this contribution")


def test_money_given_back_has_a_sign(tmp_path: Path) -> None:
    load(tmp_path, with_rows(row(amount="-12.50")))

    assert Contribution.objects.get().amount == -1_250
