"""The NIR: form, key, place of birth, mask (ACT-01, A3, X10)."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.formats import nir
from entraide.formats.nir import Nir, NirError

ABROAD = "295109912611193"
CORSICA = "186022A21532523"


def fault_of(text: str) -> str:
    with pytest.raises(NirError) as refused:
        nir.parse(text)
    return refused.value.code


@pytest.mark.parametrize(
    "typed",
    [
        ABROAD,
        "2 95 10 99 126 111 93",
        "2.95.10.99.126.111.93",
        " 2 95 10 99 126 111 - 93 ",
        "2\u00a095\u00a010\u202f99\u00a0126\u00a0111\u00a093",
        "２９５１０９９１２６１１１９３",
        "2/95/10/99/126/111/93",
        "2\u200b95\u200910\u201399\u2011126·111\u202c 93\ufeff",
    ],
)
def test_a_number_is_read_however_it_is_spaced(typed):
    assert nir.parse(typed).value == ABROAD


@pytest.mark.parametrize("typed", [CORSICA, "1 86 02 2a 215 325 23", "186022a21532523"])
def test_corsica_is_read_in_both_cases(typed):
    assert nir.parse(typed).value == CORSICA


@pytest.mark.parametrize(
    ("first13", "key"), [("2951099126111", "93"), ("186022A215325", "23"), ("253072B073004", "70")]
)
def test_the_key_is_the_published_one(first13, key):
    assert nir.key_of(first13) == key


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("29510991261119", "length"),
        ("2951099126111933", "length"),
        ("2951", "length"),
        ("2951099126111", "key_missing"),
        ("284841XXXX03374", "characters"),
        ("2951099126111O3", "characters"),
        ("295102C12611193", "characters"),
        ("295102", "length"),
        ("295102B", "length"),
        ("٢951099126111٣3", "characters"),
        ("595109912611193", "sex"),
        ("095109912611193", "sex"),
        ("295009912611193", "month"),
        ("295139912611193", "month"),
        ("295459912611193", "month"),
        ("295100012611193", "place"),
        ("295109900011193", "place"),
        ("295109700111193", "place"),
        ("295109710011193", "place"),
        ("295109912600093", "order"),
        ("295109912611194", "key"),
        ("295109912611103", "key"),
    ],
)
def test_a_refusal_names_the_broken_rule(typed, code):
    assert fault_of(typed) == code


@pytest.mark.parametrize("sex", [1, 2, 3, 4, 7, 8])
@pytest.mark.parametrize("month", [1, 12, 20, 30, 42, 50, 99])
def test_every_sex_digit_and_register_month_is_accepted(sex, month):
    made = nir.make(sex=sex, year=1984, month=month, department="38", commune="185", order=42)

    assert nir.parse(made.value) == made
    assert made.is_provisional is (sex in {3, 4, 7, 8})


@pytest.mark.parametrize(
    ("department", "commune", "inside"),
    [
        ("01", "053", "01"),
        ("38", "185", "38"),
        ("2A", "004", "2A"),
        ("2B", "033", "2B"),
        ("20", "004", "20"),
        ("971", "05", "971"),
        ("974", "11", "974"),
        ("987", "35", "987"),
        ("99", "352", "99"),
        ("96", "100", "96"),
    ],
)
def test_the_birth_department_is_read_from_the_number(department, commune, inside):
    made = nir.make(sex=2, year=1970, month=5, department=department, commune=commune, order=7)

    assert made.department == inside


def test_only_sex_year_and_month_are_shown():
    """X10: the mask hides the place, the order and the key."""
    assert nir.mask(ABROAD) == "2 95 10 •• ••• ••• ••"
    assert nir.mask(nir.parse(CORSICA)) == "1 86 02 •• ••• ••• ••"


def test_a_number_printed_by_mistake_is_masked():
    """A66: no log shows the number, even through the object's own text."""
    known = nir.parse(ABROAD)

    assert str(known) == "2 95 10 •• ••• ••• ••"
    assert "99126111" not in repr(known)


def test_the_whole_number_is_grouped_as_printed():
    assert nir.reveal(ABROAD) == "2 95 10 99 126 111 93"


def test_a_key_needs_the_thirteen_characters():
    with pytest.raises(NirError, match="length"):
        nir.key_of("29510")
    with pytest.raises(NirError, match="characters"):
        nir.key_of("29510XX126111")


@st.composite
def made_numbers(draw: st.DrawFn) -> Nir:
    place = draw(st.sampled_from(["01", "38", "75", "95", "2A", "2B", "20", "99", "971", "976", "988"]))
    commune_digits = 5 - len(place)
    commune = draw(st.integers(1, 10**commune_digits - 1))
    return nir.make(
        sex=draw(st.sampled_from([1, 2, 3, 4, 7, 8])),
        year=draw(st.integers(1900, 2026)),
        month=draw(st.one_of(st.integers(1, 12), st.integers(20, 42), st.integers(50, 99))),
        department=place,
        commune=f"{commune:0{commune_digits}d}",
        order=draw(st.integers(1, 999)),
    )


@given(made_numbers(), st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_never_passes(made, position, shift):
    digit = made.value[position]
    if not digit.isdigit():
        return
    wrong = made.value[:position] + str((int(digit) + shift) % 10) + made.value[position + 1 :]

    with pytest.raises(NirError):
        nir.parse(wrong)


@given(made_numbers())
def test_what_is_revealed_reads_back_as_the_same_number(made):
    assert nir.parse(nir.reveal(made)) == made


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_with_our_own_error(text):
    with suppress(NirError):
        assert len(nir.parse(text).value) == 15
