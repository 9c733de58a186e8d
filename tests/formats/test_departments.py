"""The birth department typed at activation (ACT-01, A3)."""

from datetime import date

import pytest

from entraide.formats import nir
from entraide.formats.departments import DEPARTMENTS, is_department, normalise, same_department


def born_in(department: str, commune: str = "004") -> nir.Nir:
    return nir.make(sex=1, year=1970, month=3, department=department, commune=commune, order=12)


def test_the_list_holds_every_department_and_territory():
    assert len(DEPARTMENTS) == 101 + len(["20", "975", "977", "978", "984", "986", "987", "988", "99"])


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1", "01"),
        ("01", "01"),
        ("001", "01"),
        ("038", "38"),
        ("2a", "2A"),
        ("02A", "2A"),
        (" 2 B ", "2B"),
        ("９７１", "971"),
        ("099", "99"),
        ("", ""),
    ],
)
def test_a_code_is_written_as_the_list_writes_it(typed, code):
    assert normalise(typed) == code


@pytest.mark.parametrize("typed", ["96", "00", "970", "979", "2C", "Isère", "100", "", "999"])
def test_what_is_not_on_the_list_is_no_department(typed):
    assert not is_department(typed)
    assert not same_department(typed, in_file=typed)


@pytest.mark.parametrize("code", sorted(DEPARTMENTS))
def test_each_department_equals_itself(code):
    assert same_department(code, in_file=code)


def test_the_real_department_or_the_one_in_the_number_is_accepted():
    """ACT-01: the real one, else the one inside the NIR."""
    number = born_in("78", "646")

    assert same_department("92", in_file="92", nir=number)
    assert same_department("78", in_file="92", nir=number.value)
    assert not same_department("75", in_file="92", nir=number)


def test_an_empty_file_leaves_the_number_to_answer():
    assert same_department("99", in_file="", nir=born_in("99", "352"))
    assert same_department("1", in_file="", nir=born_in("01", "053"))


@pytest.mark.parametrize("typed", ["2A", "2B", "20"])
def test_undivided_corsica_in_the_number_accepts_both_halves(typed):
    assert same_department(typed, in_file="", nir=born_in("20"))


def test_twenty_is_accepted_for_a_birth_before_the_island_was_divided():
    number = born_in("2A")

    assert same_department("20", in_file="2A", nir=number, birth_date=date(1975, 12, 31))
    assert not same_department("20", in_file="2A", nir=number, birth_date=date(1976, 1, 1))
    assert not same_department("20", in_file="2A", nir=number)


def test_the_two_halves_of_corsica_are_not_the_same():
    assert not same_department("2B", in_file="2A", nir=born_in("2A"), birth_date=date(1970, 1, 1))
    assert not same_department("20", in_file="38", birth_date=date(1970, 1, 1))
