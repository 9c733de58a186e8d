"""Names compared as people write them (ACT-01, A3)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.formats.names import normalise, same_name


@pytest.mark.parametrize(
    ("typed", "on_file"),
    [
        ("lefevre", "LEFÈVRE"),
        ("Le Goff", "LE GOFF"),
        ("Legoff", "Le Goff"),
        ("d'arcy", "D’ARCY"),
        ("darcy", "D'Arcy"),
        ("Martin Durand", "MARTIN-DURAND"),
        ("Martin--Durand", "Martin-Durand"),
        ("Jean Pierre", "Jean-Pierre"),
        ("  Hélène ", "helene"),
        ("COEUR", "Cœur"),
        ("Lætitia", "Laetitia"),
        ("Gonçalves", "goncalves"),
        ("Strauß", "STRAUSS"),
        ("N\u2011Guyen", "N Guyen"),
        ("Łukasz", "lukasz"),
        ("E\u0301lodie", "Élodie"),
        ("V\u0430utrin", "Vautrin"),
        ("\u0412\u0410UTRIN".replace("\u0412", "V"), "Vautrin"),
        ("\u039dguyen", "Nguyen"),
        ("Le\u200bGoff\ufeff", "Le Goff"),
        ("Du\u00adpont", "Dupont"),
        ("ＭＡＲＴＩＮ", "Martin"),
        ("O'Brien", "O\u02bcBrien"),
    ],
)
def test_spellings_of_one_name_are_the_same(typed, on_file):
    assert same_name(typed, on_file)
    assert same_name(on_file, typed)


@pytest.mark.parametrize(
    ("typed", "on_file"),
    [
        ("Martin", "Martin-Durand"),
        ("Durand Martin", "Martin Durand"),
        ("Dupont", "Dupond"),
        ("", ""),
        (" ", "-"),
        ("", "Martin"),
        ("…", "Martin"),
    ],
)
def test_other_names_are_not_the_same(typed, on_file):
    assert not same_name(typed, on_file)


def test_a_name_is_normalised_with_single_spaces():
    assert normalise(" de  L'Épine–Marly ") == "de l epine marly"


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing_more(text):
    assert normalise(normalise(text)) == normalise(text)


NAMES = st.lists(
    st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzéèêëàâçîïôûùüœæ"), min_size=1, max_size=9),
    min_size=1,
    max_size=3,
)


@given(NAMES, st.sampled_from([" ", "-", "'", "’", "\u2011", "  ", "\u00a0", ""]), st.booleans())
def test_how_a_name_is_joined_and_written_large_or_small_does_not_matter(parts, joint, large):
    """A3: accents, hyphens, double names, apostrophes."""
    typed = joint.join(parts)
    taken_apart = unicodedata.normalize("NFD", " ".join(parts))
    bare = "".join(letter for letter in taken_apart if not unicodedata.combining(letter))

    assert same_name(typed.upper() if large else typed, " ".join(parts))
    assert same_name(typed, bare)


@given(NAMES, NAMES)
def test_two_names_are_the_same_only_letter_for_letter(one, other):
    same = same_name(" ".join(one), "-".join(other))

    assert same is (normalise("".join(one)) == normalise("".join(other)))
