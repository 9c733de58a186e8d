"""French phone numbers of any kind (PROF-04)."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.formats import phone
from entraide.formats.phone import PhoneError


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("01 99 00 12 34", "+33199001234"),
        ("+33 (0)1 99 00 12 34", "+33199001234"),
        ("0033.1.99.00.12.34", "+33199001234"),
        ("0262 20 12 34", "+262262201234"),
        ("06 39 98 12 34", "+33639981234"),
        ("0692 34 56 78", "+262692345678"),
        ("０１９９００１２３４", "+33199001234"),
    ],
)
def test_a_number_is_read_however_it_is_written(typed: str, stored: str) -> None:
    assert phone.parse(typed) == stored


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        (" - ", "empty"),
        ("01 99 00 12 3a", "characters"),
        ("01 99 00 12 3", "length"),
        ("3639", "length"),
        ("+44 20 7946 0123", "not_french"),
        ("0899 12 34 56", "special"),
        ("0800 000 000", "special"),
    ],
)
def test_a_refusal_names_the_broken_rule(typed: str, code: str) -> None:
    with pytest.raises(PhoneError) as refused:
        phone.parse(typed)

    assert refused.value.code == code


@given(st.text(max_size=25))
def test_any_text_is_read_or_refused_with_our_own_error(text: str) -> None:
    with suppress(PhoneError):
        assert phone.parse(text).startswith("+")
