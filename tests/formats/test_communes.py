"""Postcodes and names of communes (PROF-04)."""

import pytest

from entraide.formats.communes import commune_key, is_postcode


@pytest.mark.parametrize("code", ["38000", "01000", "95880", "20000", "20600", "97400", "97133", "98800"])
def test_mainland_corsica_and_overseas_have_postcodes(code: str) -> None:
    assert is_postcode(code)


@pytest.mark.parametrize(
    "code", ["", "3800", "380000", "00100", "96000", "99100", "2A004", "L-1234", "٣٨٠٠٠"]
)
def test_other_texts_are_no_postcode(code: str) -> None:
    assert not is_postcode(code)


@pytest.mark.parametrize(
    ("typed", "postal"),
    [
        ("Saint-Martin-d’Hères", "ST MARTIN D HERES"),
        ("Sainte-Foy-lès-Lyon", "STE FOY LES LYON"),
        ("L'Haÿ-les-Roses", "L HAY LES ROSES"),
        ("Œuilly", "OEUILLY"),
        ("  grenoble ", "GRENOBLE"),
    ],
)
def test_two_spellings_of_one_commune_are_equal(typed: str, postal: str) -> None:
    assert commune_key(typed) == commune_key(postal)


def test_two_communes_are_not_equal() -> None:
    assert commune_key("Saint-Martin-le-Vinoux") != commune_key("Saint-Martin-d’Hères")
