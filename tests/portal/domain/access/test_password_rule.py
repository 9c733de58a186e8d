"""The password rule (PWD-07…09 as decided in X4, A12)."""

from datetime import date

import pytest
from django.contrib.auth.hashers import check_password
from django.utils import timezone, translation

from entraide.portal.domain.access.actions.passwords import change_password
from entraide.portal.domain.access.passwords import criteria, problems
from entraide.portal.domain.errors import DomainError
from tests.conftest import PASSWORD, Household

BORN = date(1984, 1, 10)
WORDS = ["Mutuelle", "Mieux-Être"]
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


def refused_phrase(password: str) -> list[str]:
    with translation.override("fr"):
        return problems(
            password, min_length=12, passphrase_min_length=20, personal=NAMES, words=WORDS, birth_date=BORN
        )


@pytest.mark.parametrize(
    "password",
    [
        "le vieux pont de pierre",
        "quatre chevaux sous la pluie",
        "LE VIEUX PONT DE PIERRE",
        "31415926535897932384",
        "🐟🌳🏠🚲🌞🎈🎵🍐🍒🍇🍋🥕🧄🌽🍞🧀🥚🍯🫖🧂",
        "夏草や兵どもが夢の跡そして静かな朝が来る",
        "tilleul-2019-bleu",
        "aaaaaaaaaaaaaaaaaaaa-A1",
    ],
)
def test_a_phrase_of_twenty_characters_needs_no_other_kinds(password: str) -> None:
    """Preset renforce; A12: emoji are characters like others."""
    assert refused_phrase(password) == []


def test_one_character_short_of_a_phrase_the_kinds_are_asked_again() -> None:
    assert refused_phrase("le vieux pont en bo") != []
    assert refused_phrase("le vieux pont en boi") == []


def test_without_phrases_in_the_profile_length_alone_is_not_enough() -> None:
    """Preset guide: the rule of the sources, whatever the length."""
    assert "au moins deux" in " ".join(refused("le vieux pont de pierre"))


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("aaaaaaaaaaaaaaaaaaaaaaaa", "répète"),
        ("abababababababababababab", "répète"),
        ("tremvulipotremvulipo", "répète"),
        ("12345671234567123456712", "répète"),
        ("bonjourabonjourabonjoura", "répète"),
        ("soleilsoleilsoleilsoleil", "pirates"),
        ("motdepassemotdepasse", "pirates"),
        ("la maison de chloe vautrin", "deviner"),
        ("mutuelle mieux etre sante", "deviner"),
    ],
)
def test_a_phrase_that_is_long_but_worth_nothing_is_refused(password: str, reason: str) -> None:
    assert reason in " ".join(refused_phrase(password))


@pytest.mark.parametrize("password", ["Mutuelle-2026!", "Cartevitale-1", "Securite-Sociale-1"])
def test_what_everybody_thinks_of_at_a_mutual_is_refused(password: str) -> None:
    """A11"""
    assert "pirates" in " ".join(refused(password))


def test_words_count_as_a_whole_and_names_by_their_parts() -> None:
    """A window is no mutual: `etre` of Mieux-Être is in half of the French words."""
    assert refused_phrase("Fenetre-ouverte-7") == []
    assert "deviner" in " ".join(refused_phrase("Mieux-etre-Sept7"))
    assert "deviner" in " ".join(refused_phrase("Vautrin-Sept-77"))


@pytest.mark.parametrize("length", [128, 512])
def test_long_passwords_are_taken_whole(length: int) -> None:
    """A12, ASVS 6.2.8, 6.2.9"""
    password = ("Rivage-7 " * 60)[: length - 1] + "!"

    assert refused(password) == []
    assert refused(password + "x" * 512) == ["Il est trop long : 512 caractères au plus."]


def test_a_rule_of_other_figures_serves_agents() -> None:
    """A74"""
    with translation.override("fr"):
        assert problems("Sureau-2026-pre", min_length=16, personal=[], birth_date=None) != []
        assert problems("Sureau-2026-pres", min_length=16, personal=[], birth_date=None) == []


def test_the_live_list_says_the_rule_that_is_enforced() -> None:
    def rules(**figures: int) -> list[object]:
        return [(one["rule"], one.get("value")) for one in criteria(**figures)]

    plain = [("min_length", 12), ("lower", None), ("classes", 2)]
    assert rules(min_length=12) == plain
    assert rules(min_length=12, passphrase_min_length=20) == [*plain, ("passphrase", 20)]
    assert rules(min_length=15, passphrase_min_length=15) == [("min_length", 15)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "password", ["🐟 Poisson-7 dans l’eau 🐠", "P" + "é" * 509 + "1!", "  Espaces-7 aux bouts  "]
)
def test_every_character_of_a_password_is_verified(household: Household, password: str) -> None:
    """A12: nothing is cut, trimmed or folded."""
    account = household.primary.account
    assert account is not None
    change_password(account=account, old=PASSWORD, new=password, language="fr", now=timezone.now())

    assert check_password(password, account.password)
    for other in (password[:-1], password[1:], password.strip() + " ", password.lower(), password + " "):
        assert other == password or not check_password(other, account.password)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "password", ["Elsa et 7 poires", "xx-30041828-Xy", "xx-30041827-Xy", "Bruno-2026-été"]
)
def test_the_names_and_numbers_of_the_family_are_refused(household: Household, password: str) -> None:
    """A11: what whoever knows the household would try."""
    account = household.spouse.account
    assert account is not None

    with translation.override("fr"), pytest.raises(DomainError, match="deviner"):
        change_password(account=account, old=PASSWORD, new=password, language="fr", now=timezone.now())
