"""teleconsultations.csv: what a partner counted (TELE-03, B-06, docs/operations/import.md)."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import timezone

from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.imports import Counts
from entraide.portal.domain.teleconsultations.models import Teleconsultation
from entraide.portal.gateways.core_system import import_folder
from tests.portal.gateways.core_system.exports import family, faults_of, load, only_fault, write
from tests.portal.partners import DOCTORS, with_partners

__all__ = ["with_partners"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_partners")]
TOMORROW = str(timezone.localdate() + timedelta(days=1))
TODAY = str(timezone.localdate())


def row(**changes: str) -> dict[str, str]:
    return {
        "teleconsultation_reference": "T-1", "partner": "lointaine", "beneficiary_number": "50010001",
        "consulted_on": "2026-03-05", "state": "held", "told_until": "2026-03-31",
    } | changes  # fmt: skip


def with_rows(*rows: dict[str, str]) -> dict[str, list[dict[str, str]]]:
    return {**family(), "teleconsultations": list(rows)}


def counts(folder: Path) -> Counts:
    (found,) = (one.counts for one in import_folder(folder).files if one.file == "teleconsultations.csv")
    return found


def test_every_cell_arrives_where_the_page_reads_it(tmp_path: Path, settings: LazySettings) -> None:
    load(tmp_path, with_rows(row()))

    stored = Teleconsultation.objects.get()
    assert stored.pk == settings.ENTRAIDE.keys.sealed_id("teleconsultation", "lointaine/T-1")
    assert (stored.person.number, stored.partner, stored.reference) == ("50010001", "lointaine", "T-1")
    assert (stored.consulted_on, stored.told_until) == (date(2026, 3, 5), date(2026, 3, 31))
    assert (stored.cancelled, stored.confidential) == (False, False)


def test_the_same_file_twice_is_no_change_and_a_cancelled_row_is_taken_back(tmp_path: Path) -> None:
    folder = write(tmp_path, with_rows(row(), row(teleconsultation_reference="T-2")))

    first, again = counts(folder), counts(folder)
    write(folder, with_rows(row(state="cancelled"), row(teleconsultation_reference="T-2")))

    assert (first, again) == (Counts(2, 0, 0), Counts(0, 0, 2))
    assert counts(folder) == Counts(0, 1, 1)
    assert Teleconsultation.objects.get(reference="T-1").cancelled


def test_an_older_file_that_comes_again_changes_nothing(tmp_path: Path) -> None:
    load(tmp_path, with_rows(row(state="cancelled", told_until="2026-04-30", confidential="yes")))
    older = write(tmp_path, with_rows(row(consulted_on="2026-03-06", confidential="no")))

    assert counts(older) == Counts(0, 0, 1)
    stored = Teleconsultation.objects.get()
    assert (stored.cancelled, stored.confidential, stored.consulted_on, stored.told_until) == (
        True, True, date(2026, 3, 5), date(2026, 4, 30),
    )  # fmt: skip


def test_a_file_that_says_nothing_of_secrecy_opens_nothing(tmp_path: Path) -> None:
    load(tmp_path, with_rows(row(confidential="yes")))
    load(tmp_path, with_rows(row()))

    assert Teleconsultation.objects.get().confidential

    load(tmp_path, with_rows(row(confidential="no")))

    assert not Teleconsultation.objects.get().confidential


@pytest.mark.parametrize(
    ("changes", "column", "expected"),
    [
        ({"teleconsultation_reference": "T 2"}, "teleconsultation_reference", "up to 40 letters without"),
        ({"partner": "inconnu"}, "partner", "one of lointaine"),
        ({"partner": "secours"}, "partner", "one of lointaine"),
        ({"beneficiary_number": "5001"}, "beneficiary_number", "8 digits"),
        ({"beneficiary_number": "50019999"}, "beneficiary_number", "the number of a person in beneficiaries"),
        ({"consulted_on": "05/03/2026"}, "consulted_on", "a date, as 2026-03-31"),
        ({"consulted_on": "2026-02-30"}, "consulted_on", "a date, as 2026-03-31"),
        ({"consulted_on": "2026-04-01"}, "consulted_on", "a day up to 2026-03-31, which is told_until"),
        ({"consulted_on": TOMORROW}, "consulted_on", f"a day up to {TODAY}, which is today"),
        ({"consulted_on": "2017-12-31"}, "consulted_on", "a day on which a contract covered the person"),
        ({"told_until": TOMORROW}, "told_until", f"a day up to {TODAY}, which is today"),
        ({"told_until": ""}, "told_until", "a date, as 2026-03-31"),
        ({"state": "done"}, "state", "one of held, cancelled"),
        ({"confidential": "oui"}, "confidential", "one of yes, no"),
    ],
)
def test_a_wrong_row_is_refused_with_what_was_expected_and_leaves_nothing(
    tmp_path: Path, changes: dict[str, str], column: str, expected: str
) -> None:
    wrong = row(teleconsultation_reference="T-2") | changes

    fault = only_fault(write(tmp_path, with_rows(row(), wrong)))

    assert (fault.file, fault.line, fault.column) == ("teleconsultations.csv", 3, column)
    assert fault.expected.startswith(expected)
    assert not Teleconsultation.objects.exists()


def test_today_is_no_day_to_come(tmp_path: Path) -> None:
    load(tmp_path, with_rows(row(consulted_on=TODAY, told_until=TODAY)))

    assert Teleconsultation.objects.count() == 1


@pytest.mark.parametrize("ends", ["cover", "contract"])
def test_a_day_after_the_cover_is_refused_but_not_one_that_was_right_when_it_came(
    tmp_path: Path, ends: str
) -> None:
    """A file of the whole year is sent again each month, also after a cover was ended."""
    tables = with_rows(row())
    load(tmp_path, tables)
    if ends == "cover":
        Coverage.objects.update(ends_on=date(2026, 3, 4))
    else:
        Contract.objects.update(ended_on=date(2026, 3, 4))

    same = import_folder(write(tmp_path, {"teleconsultations": [row()]}))
    fault = only_fault(write(tmp_path, {"teleconsultations": [row(), row(teleconsultation_reference="T-2")]}))
    back = import_folder(write(tmp_path, {"teleconsultations": [row(state="cancelled")]}))
    again = import_folder(tmp_path)

    assert same.files[0].counts == Counts(0, 0, 1)
    assert (fault.line, fault.column, fault.found) == (3, "consulted_on", '"2026-03-05"')
    assert back.files[0].counts == Counts(0, 1, 0)
    assert again.files[0].counts == Counts(0, 0, 1)


def test_the_last_day_of_a_cover_is_covered(tmp_path: Path) -> None:
    tables = with_rows(row(consulted_on="2026-03-05"))
    for one in tables["coverages"]:
        one["ends_on"] = "2026-03-05"

    load(tmp_path, tables)

    assert Teleconsultation.objects.count() == 1


def test_a_consultation_keeps_its_person(tmp_path: Path) -> None:
    """Nobody else may come to read that somebody saw a doctor."""
    load(tmp_path, with_rows(row()))

    fault = only_fault(write(tmp_path, {"teleconsultations": [row(beneficiary_number="50010002")]}))

    assert (fault.column, fault.found) == ("beneficiary_number", '"50010002"')
    assert fault.expected.startswith("50010001, whose consultation this is")
    assert Teleconsultation.objects.get().person.number == "50010001"


def test_a_reference_stands_once_for_each_partner(tmp_path: Path, settings: LazySettings) -> None:
    near = replace(DOCTORS, id="voisine")
    settings.PROFILE = replace(settings.PROFILE, partners=(DOCTORS, near))

    load(tmp_path, with_rows(row(), row(partner="voisine")))
    fault = only_fault(write(tmp_path, with_rows(row(), row())))

    assert Teleconsultation.objects.count() == 2
    assert (fault.line, fault.column) == (3, "teleconsultation_reference")


def test_where_no_partner_counts_no_row_is_taken(tmp_path: Path, settings: LazySettings) -> None:
    settings.PROFILE = replace(settings.PROFILE, partners=())

    (fault,) = faults_of(write(tmp_path, with_rows(row())))

    assert (fault.column, fault.found) == ("partner", '"lointaine"')
    assert "no partner with a yearly_limit" in fault.expected
