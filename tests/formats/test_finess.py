"""FINESS numbers: nine characters, a Luhn digit, the letters of Corsica (X11)."""

import pytest

from entraide.formats import finess


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("380000067", "380000067"),
        ("38 000 006 7", "380000067"),
        ("380.000.067", "380000067"),
        ("010000024", "010000024"),
        ("2A0000022", "2A0000022"),
        ("2b0000012", "2B0000012"),
        ("３８００００067", "380000067"),
    ],
)
def test_a_number_is_read_however_it_is_typed(typed: str, number: str) -> None:
    assert finess.parse(typed) == number


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("380000068", "key"),
        ("2A0000023", "key"),
        ("38000006", "length"),
        ("3800000670", "length"),
        ("3A0000067", "characters"),
        ("38000006A", "characters"),
        ("2C0000022", "characters"),
        ("٣٨٠٠٠٠٠٦٧", "characters"),
    ],
)
def test_anything_else_is_refused_with_the_rule_that_it_breaks(typed: str, code: str) -> None:
    with pytest.raises(finess.FinessError) as refusal:
        finess.parse(typed)

    assert refusal.value.code == code


def test_two_figures_that_changed_places_are_found_out() -> None:
    assert finess.is_valid("270000326")
    assert not finess.is_valid("270000236")


def test_a_first_zero_that_a_spreadsheet_dropped_is_put_back() -> None:
    assert finess.with_first_zero("10000024") == "010000024"
    assert finess.with_first_zero("2A0000022") == "2A0000022"


def test_a_number_is_shown_in_groups() -> None:
    assert finess.grouped("2A0000022") == "2A 000 002 2"
