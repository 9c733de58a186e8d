"""Parents on file and confidential care, as the management system tells them."""

from pathlib import Path

import pytest

from entraide.portal.domain.claims.models import PaymentLine
from entraide.portal.domain.members.models import Beneficiary
from tests.portal.gateways.core_system.exports import Tables, family, load, only_fault, write

pytestmark = pytest.mark.django_db


def with_parents(parents: str, *, row: int = 1) -> Tables:
    tables = family()
    tables["beneficiaries"][row]["parents"] = parents
    return tables


def test_parents_arrive_change_and_go(tmp_path: Path) -> None:
    for told in ("50010001", "50010001|50010002", ""):
        tables = with_parents(told)
        load(tmp_path, tables)

        assert Beneficiary.objects.get(number="50010002").parents == told
    assert load(tmp_path, with_parents("")).files[1].counts.changed == 0


def test_a_file_without_the_column_is_taken(tmp_path: Path) -> None:
    load(tmp_path, family())

    assert Beneficiary.objects.get(number="50010002").parents == ""


@pytest.mark.parametrize("parents", ["50010001 50010002", "5001", "50010001|", "50010001|50010002|50010003"])
def test_parents_are_one_or_two_numbers(tmp_path: Path, parents: str) -> None:
    fault = only_fault(write(tmp_path, with_parents(parents)))

    assert (fault.file, fault.line, fault.column) == ("beneficiaries.csv", 3, "parents")


@pytest.mark.parametrize("parents", ["50010009", "50010001|50010009"])
def test_a_parent_outside_the_membership_is_refused(tmp_path: Path, parents: str) -> None:
    """A36: it would open the care of somebody else's child."""
    fault = only_fault(write(tmp_path, with_parents(parents)))

    assert (fault.column, fault.found) == ("parents", '"50010009"')
    assert not Beneficiary.objects.exists()


def test_only_a_child_has_parents_here(tmp_path: Path) -> None:
    fault = only_fault(write(tmp_path, with_parents("50010002", row=0)))

    assert "only a child" in fault.expected


def test_a_confidential_line_stays_so_until_a_file_says_no(tmp_path: Path) -> None:
    """A file that does not tell opens nothing that an earlier one closed."""
    for told, becomes in (("yes", True), ("", True), (None, True), ("no", False), ("", False)):
        tables = family()
        if told is not None:
            tables["payment_lines"][0]["confidential"] = told
        load(tmp_path, tables)

        assert PaymentLine.objects.get(reference="L-1").confidential is becomes
    assert PaymentLine.objects.get(reference="L-2").confidential is False
