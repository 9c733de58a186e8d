"""French mobile numbers (AUTH-04, X10)."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.formats import mobile
from entraide.formats.mobile import MobileError


@pytest.mark.parametrize(
    "typed",
    [
        "0639981234",
        "06 39 98 12 34",
        "06.39.98.12.34",
        "06-39-98-12-34",
        "+33 6 39 98 12 34",
        "+33 (0)6 39 98 12 34",
        "0033 6 39 98 12 34",
        "06\u00a039\u202f98 12 34",
        "０６３９９８１２３４",
        "06/39/98/12/34",
    ],
)
def test_a_number_is_read_however_it_is_written(typed):
    assert mobile.parse(typed) == "+33639981234"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("07 55 55 55 55", "+33755555555"),
        ("0692 34 56 78", "+262692345678"),
        ("+262 692 34 56 78", "+262692345678"),
        ("0690 12 34 56", "+590690123456"),
        ("0696 12 34 56", "+596696123456"),
        ("0694 12 34 56", "+594694123456"),
    ],
)
def test_overseas_mobiles_keep_their_own_country_code(typed, stored):
    assert mobile.parse(typed) == stored


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        (" - ", "empty"),
        ("06 39 98 12 3a", "characters"),
        ("call 0639981234", "characters"),
        ("06 39 98 12 3", "length"),
        ("06 39 98 12 345", "length"),
        ("1", "length"),
        ("01 99 00 12 34", "not_mobile"),
        ("+33 1 99 00 12 34", "not_mobile"),
        ("0800 000 000", "not_mobile"),
        ("0700 000 000", "not_mobile"),
        ("+44 7700 900123", "not_french"),
        ("+1 202 555 0123", "not_french"),
    ],
)
def test_a_refusal_names_the_broken_rule(typed, code):
    with pytest.raises(MobileError) as refused:
        mobile.parse(typed)

    assert refused.value.code == code


def test_the_mask_shows_the_first_and_the_last_pair():
    """X10."""
    assert mobile.mask("+33639981234") == "06 •• •• •• 34"
    assert mobile.mask("+262692345678") == "06 •• •• •• 78"


def test_a_number_is_shown_as_dialled_at_home():
    assert mobile.national("+33639981234") == "06 39 98 12 34"


@given(st.integers(0, 9999))
def test_every_number_set_apart_for_fiction_is_accepted(last):
    assert mobile.parse(f"063998{last:04d}") == f"+3363998{last:04d}"


@given(st.text(max_size=25))
def test_any_text_is_read_or_refused_with_our_own_error(text):
    with suppress(MobileError):
        assert mobile.parse(text).startswith("+")
