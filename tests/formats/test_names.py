"""Names compared as people write them (ACT-01, A3)."""

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
