"""Texts in the letters that banks take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.formats.sepa.charset import bank_text, is_bank_text, is_identifier

ALLOWED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-?:().,'+ "


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Zoé Œuvrard", "Zoe OEuvrard"),
        ("Zoe\u0301", "Zoe"),
        ("cœur, île, garçon, Noël", "coeur, ile, garcon, Noel"),
        ("D’Arcy & fils", "D'Arcy + fils"),
        ("Groß, Åse Ødegård", "Gross, Ase Odegard"),
        ("«\u00a0Le Roux\u00a0»", "Le Roux"),
        ("10\u202f€ – part 1/2", "10 EUR - part 1/2"),
        ("a_b; c! [d] {e} \\f|g", "a-b, c. (d) (e) /f/g"),
        ("//soins//du / /jour/", "soins/du /jour"),
        (" a\tb\nc\x00d ", "a b c d"),
        ("Ωmega Иван", "Omega Ivan"),
        ("😀", ""),
        ("<script>", "script"),
        ("a  b \u00a0 c", "a b c"),
        ("/", ""),
    ],
)
def test_a_text_is_written_with_the_nearest_signs_that_banks_take(text, written):
    assert bank_text(text) == written


def test_a_cut_text_ends_neither_in_a_space_nor_in_a_slash():
    assert bank_text("abc def", limit=4) == "abc"
    assert bank_text("abc/def", limit=4) == "abc"
    assert bank_text("Œ" * 40, limit=70) == "OE" * 35


@given(st.text(max_size=200), st.integers(1, 140))
def test_whatever_is_typed_banks_can_read_what_is_written(text, limit):
    written = bank_text(text, limit=limit)

    assert set(written) <= set(ALLOWED)
    assert len(written) <= limit
    assert is_bank_text(written)
    assert "//" not in written
    assert written == written.strip(" /")


@given(st.text(ALLOWED, max_size=140))
def test_what_banks_can_read_stays_as_it_is(text):
    tidy = bank_text(text)

    assert bank_text(tidy) == tidy
    if is_bank_text(text) and text == " ".join(text.split()):
        assert tidy == text


@pytest.mark.parametrize("text", ["/a", "a/", "a//b", "é", "a&b", "a\n"])
def test_a_text_that_banks_refuse_is_known(text):
    assert not is_bank_text(text)


@pytest.mark.parametrize("text", ["R-2026/0001", "a", "(1):2.3,4'5+6?"])
def test_a_reference_of_allowed_signs_can_travel(text):
    assert is_identifier(text)


@pytest.mark.parametrize("text", ["", "a b", "/a", "a/", "a//b", "é", "a_b", "a\n", "٣"])
def test_a_reference_that_could_change_on_its_way_cannot_travel(text):
    assert not is_identifier(text)
