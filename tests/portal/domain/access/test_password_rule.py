"""The password rule (PWD-07…09 as decided in X4, A12)."""

from datetime import date

import pytest
from django.utils import translation

from entraide.portal.domain.access.passwords import problems

BORN = date(1984, 1, 10)
NAMES = ["Le Goff-Vautrin", "Chloé", "", "30041827", "MESE"]


def refused(password: str) -> list[str]:
    with translation.override("fr"):
        return problems(password, min_length=12, personal=NAMES, birth_date=BORN)


@pytest.mark.parametrize(
    "password",
    [
        "tilleul-2019-bleu",
        "Tilleulvertbleu1",
        "Tilleul vert et bleu",
        "tilleul/vert*8",
        "éàüîôç ñ 123",
        "l’été à 3 h du matin",
        "x" * 100 + "A1",
        "ein 🐟 im Wasser 7",
        "аккордеон-2019",
    ],
)
def test_twelve_characters_with_a_small_letter_and_two_other_kinds_are_good(password: str) -> None:
    """X4: any printable character, space and accents included, `/` and `*` too."""
    assert refused(password) == []


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("Court-2019a", "11 caractères"),
        ("TILLEUL-2019-BLEU", "minuscule"),
        ("tilleulvertbleu", "au moins deux"),
        ("tilleulvertbleu1", "au moins deux"),
        ("tilleul vert bleu", "au moins deux"),
        ("a" * 500 + "A1" + "b" * 20, "trop long"),
    ],
)
def test_what_does_not_fit_the_rule_is_refused_with_the_reason(password: str, reason: str) -> None:
    assert reason in " ".join(refused(password))


@pytest.mark.parametrize(
    "password",
    [
        "Password123456!",
        "Azertyuiop123!",
        "Motdepasse-2024",
        "Qwertyuiop1234!",
        "Iloveyou123456",
    ],
)
def test_a_common_password_is_refused_with_or_without_digits_around_it(password: str) -> None:
    assert "pirates" in " ".join(refused(password))


@pytest.mark.parametrize(
    "password",
    [
        "Vautrin-du-38-Isere",
        "xx-LEGOFF-38-isere",
        "la Chloe du 38 !",
        "Chlóé et le 38 !",
        "Portail-MESE-42x",
        "abc-30041827-Xy",
        "abc 3004 1827 Xy",
        "Ete-10/01/1954-1984".replace("1954-", ""),
        "Ne le 10.01.1984 !",
        "x-19840110-Neige",
        "Neige-100184-xx",
    ],
)
def test_a_password_with_ones_name_number_or_birth_date_is_refused(password: str) -> None:
    """A11: context words, whatever the accents, case and signs between."""
    assert "deviner" in " ".join(refused(password))


def test_a_short_name_does_not_make_every_word_personal() -> None:
    with translation.override("fr"):
        assert problems("Bois-de-lune-7", min_length=12, personal=["Li", "Bo"], birth_date=None) == []
