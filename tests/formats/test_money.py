"""Amounts: decimal text in files, integer cents in the program."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.formats.money import MoneyError, format_cents, parse_cents, share


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("12.81", 1281),
        ("-3.00", -300),
        ("0.00", 0),
        ("-0.00", 0),
        ("0.05", 5),
        ("-0.05", -5),
        ("123456789.99", 12345678999),
        ("-123456789.99", -12345678999),
    ],
)
def test_an_amount_is_read_in_cents(text, cents):
    assert parse_cents(text) == cents


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("12", "form"),
        ("12.8", "form"),
        ("12.811", "form"),
        ("12,81", "form"),
        (".81", "form"),
        ("1 234.00", "form"),
        (" 12.81", "form"),
        ("12.81\n", "form"),
        ("+12.81", "form"),
        ("--1.00", "form"),
        ("007.00", "form"),
        ("1e3.00", "form"),
        ("NaN", "form"),
        ("١٢.٨١", "form"),
        ("12.81 €", "form"),
        ("1234567890.00", "size"),
        ("-1234567890.00", "size"),
    ],
)
def test_anything_else_is_refused_with_a_code(text, code):
    with pytest.raises(MoneyError) as refused:
        parse_cents(text)

    assert refused.value.code == code


@given(st.integers(-99_999_999_999, 99_999_999_999))
def test_what_is_written_reads_back_as_the_same_amount(cents):
    assert parse_cents(format_cents(cents)) == cents


@pytest.mark.parametrize(
    ("cents", "percent", "part"), [(2650, 70, 1855), (1613, 60, 968), (1383, 65, 899), (3000, 100, 3000)]
)
def test_a_share_is_rounded_to_the_nearest_cent(cents, percent, part):
    assert share(cents, percent=percent) == part


@given(st.integers(0, 10_000_000), st.integers(0, 100))
def test_a_share_never_exceeds_the_amount(cents, percent):
    assert 0 <= share(cents, percent=percent) <= cents
