"""Amounts as people type them."""

import pytest
from django import forms

from entraide.portal.foundation.forms import EurosField


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("12", 12_00),
        ("12,5", 12_50),
        ("12.50", 12_50),
        ("1 234,50 €", 1234_50),
        ("1\u202f234,50\u00a0€", 1234_50),
        ("54,90 euros", 54_90),
        ("0", 0),
        ("100000", 100_000_00),
        ("", None),
    ],
)
def test_an_amount_is_read_however_it_is_typed(typed: str, cents: int | None) -> None:
    assert EurosField(required=False).clean(typed) == cents


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("douze", "invalid"),
        ("12,345", "invalid"),
        ("1e5", "invalid"),
        ("12,,5", "invalid"),
        ("\x00", "invalid"),
        ("-5", "negative"),
        ("100000,01", "size"),
        ("9" * 400, "size"),
    ],
)
def test_what_is_no_amount_is_refused_with_a_reason(typed: str, code: str) -> None:
    with pytest.raises(forms.ValidationError) as refusal:
        EurosField().clean(typed)

    assert refusal.value.code == code


def test_a_price_that_must_be_there_is_asked_for() -> None:
    with pytest.raises(forms.ValidationError) as refusal:
        EurosField().clean(" ")

    assert refusal.value.code == "required"
