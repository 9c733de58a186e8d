"""The two presets of the access rules: what they say, what a mutual writes over it, what is refused."""

from collections.abc import Callable

import pytest

from entraide.profiles import Fault, load_profile
from tests.profiles.conftest import MUTUALS, Copy

GUIDE = {
    "passphrase_min_length": 0,
    "strong_factor_ends_expiry": False,
    "reset_during_lock": False,
    "check_when": "always",
    "password_max_age_days": 180,
}
RENFORCE = {
    "passphrase_min_length": 20,
    "strong_factor_ends_expiry": True,
    "reset_during_lock": True,
    "check_when": "risk",
    "password_max_age_days": 0,
}


def rules(copy: Copy) -> dict[str, object]:
    security = load_profile(copy.folder).security
    return {name: getattr(security, name) for name in GUIDE}


def write(copy: Copy, line: str) -> None:
    copy.change("profile.toml", "[security]\n", f"[security]\n{line}\n")


@pytest.mark.parametrize(("preset", "expected"), [("guide", GUIDE), ("renforce", RENFORCE)])
def test_a_preset_says_what_a_mutual_does_not_write(
    green: Copy, preset: str, expected: dict[str, object]
) -> None:
    """X4, X7"""
    green.change("profile.toml", 'preset = "guide"', f'preset = "{preset}"')

    assert rules(green) == expected


def test_the_two_mutuals_live_by_one_preset_each() -> None:
    """Decisions: `guide` is used by the one, `renforce` by the other."""
    found = {path.parent.name: load_profile(path.parent).security for path in MUTUALS.glob("*/profile.toml")}

    assert (found["mese"].preset, found["mieux-etre"].preset) == ("guide", "renforce")


@pytest.mark.parametrize("preset", ["guide", "renforce"])
@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("passphrase_min_length = 30", "passphrase_min_length", 30),
        ("passphrase_min_length = 0", "passphrase_min_length", 0),
        ("strong_factor_ends_expiry = true", "strong_factor_ends_expiry", True),
        ("strong_factor_ends_expiry = false", "strong_factor_ends_expiry", False),
        ("reset_during_lock = true", "reset_during_lock", True),
        ("reset_during_lock = false", "reset_during_lock", False),
        ('check_when = "risk"', "check_when", "risk"),
        ('check_when = "always"', "check_when", "always"),
        ("password_max_age_days = 365", "password_max_age_days", 365),
        ("password_max_age_days = 0", "password_max_age_days", 0),
    ],
)
def test_what_a_mutual_writes_wins_over_its_preset(
    green: Copy, preset: str, line: str, name: str, value: object
) -> None:
    green.change("profile.toml", 'preset = "guide"', f'preset = "{preset}"')
    write(green, line)

    assert rules(green) == {**(GUIDE if preset == "guide" else RENFORCE), name: value}


def test_an_unknown_preset_is_one_fault_and_no_other(green: Copy) -> None:
    green.change("profile.toml", 'preset = "guide"', 'preset = "fort"')

    assert green.faults() == (Fault("profile.toml", "security.preset", '"fort"', "one of guide, renforce"),)


def test_a_preset_that_is_missing_is_named(green: Copy) -> None:
    green.change("profile.toml", 'preset = "guide"\n', "")

    assert green.faults() == (Fault("profile.toml", "security.preset", "nothing", "one of guide, renforce"),)


@pytest.mark.parametrize("written", ["preset = 3", "preset = []", "preset = {}"])
def test_a_preset_of_another_kind_is_one_fault(green: Copy, written: str) -> None:
    green.change("profile.toml", 'preset = "guide"', written)

    (fault,) = green.faults()
    assert fault.key == "security.preset"


def test_a_wrong_value_over_a_preset_is_told_as_written(copy_of: Callable[[str], Copy]) -> None:
    blue = copy_of("mieux-etre")
    write(blue, 'check_when = "never"')

    assert blue.faults() == (Fault("profile.toml", "security.check_when", '"never"', "one of always, risk"),)


@pytest.mark.parametrize(
    ("line", "key", "found", "expected"),
    [
        ("password_min_length = 7", "password_min_length", "7", "from 8 to 128"),
        ("password_min_length = 129", "password_min_length", "129", "from 8 to 128"),
        ("agent_password_min_length = 600", "agent_password_min_length", "600", "from 8 to 128"),
        (
            "passphrase_min_length = 11",
            "passphrase_min_length",
            "11",
            "0, or from password_min_length (12) to 128",
        ),
        (
            "passphrase_min_length = 200",
            "passphrase_min_length",
            "200",
            "0, or from password_min_length (12) to 128",
        ),
    ],
)
def test_lengths_that_nobody_can_keep_to_are_refused(
    green: Copy, line: str, key: str, found: str, expected: str
) -> None:
    write(green, line)

    faults = green.faults()
    assert Fault("profile.toml", f"security.{key}", found, expected) in faults


def test_a_phrase_is_a_good_password_of_the_demo_where_the_preset_takes_phrases(
    copy_of: Callable[[str], Copy],
) -> None:
    blue, green = copy_of("mieux-etre"), copy_of("mese")
    for copy in (blue, green):
        words = (copy.folder / "demo.toml").read_text(encoding="utf-8")
        old = next(line for line in words.splitlines() if line.startswith("password = "))
        copy.change("demo.toml", old, 'password = "le vieux pont de pierre"')

    load_profile(blue.folder)
    assert [fault.found for fault in green.faults()] == ['"le vieux pont de pierre"']
