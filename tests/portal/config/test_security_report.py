"""`entraide check --security`: every deviation of the running policy, and none once its key is changed."""

import argparse
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import LazySettings

from entraide.portal.config.cli import main
from entraide.portal.config.commands import check
from entraide.portal.config.security_report import deviations, security_report
from entraide.profiles import Profile, load_profile

MUTUALS = sorted((Path(__file__).parents[3] / "mutuals").glob("*/profile.toml"))
# What no key changes, whatever the preset.
ALWAYS = {
    "agents' expiry",
    "app codes",
    "birth date",
    "e-mail code",
    "log protection",
    "log retention",
    "reading",
    "recovery codes",
    "SMS",
}
CHANGED = [
    ("composition", {"passphrase_min_length": 0}, {"passphrase_min_length": 12}),
    ("length", {"password_min_length": 14}, {"password_min_length": 15}),
    ("entropy", {"lock_attempts": 11}, {"lock_attempts": 10}),
    ("entropy", {"password_min_length": 8}, {"password_min_length": 9}),
    ("entropy", {"passphrase_min_length": 12, "lock_attempts": 20}, {"passphrase_min_length": 20}),
    ("expiry", {"password_max_age_days": 180}, {"password_max_age_days": 0}),
    ("known passwords", {"password_min_length": 12}, {"password_min_length": 8}),
    ("agents' length", {"agent_password_min_length": 14}, {"agent_password_min_length": 16}),
    ("lockout", {"reset_during_lock": False}, {"reset_during_lock": True}),
    ("human check", {"check_when": "always"}, {"check_when": "risk"}),
    ("link", {"link_minutes": 1441}, {"link_minutes": 1440}),
    ("code lifetime", {"code_minutes": 11}, {"code_minutes": 10}),
    ("sessions of members", {"idle_minutes": 61}, {"idle_minutes": 60}),
    ("sessions of members", {"session_hours": 25}, {"session_hours": 24}),
    ("sessions of agents", {"agent_idle_minutes": 61}, {"agent_idle_minutes": 15}),
    ("sessions of agents", {"agent_session_hours": 25}, {"agent_session_hours": 8}),
]


@pytest.fixture(params=MUTUALS, ids=lambda one: one.parent.name)
def profile(request: pytest.FixtureRequest) -> Profile:
    return load_profile(request.param.parent)


def named(preset: str) -> Profile:
    return next(one for one in map(_load, MUTUALS) if one.security.preset == preset)


def _load(path: Path) -> Profile:
    return load_profile(path.parent)


def test_the_presets_differ_from_the_texts_where_the_sources_do() -> None:
    both = {"composition", "length", "known passwords"} | ALWAYS

    assert set(deviations(named("guide").security)) == both | {"expiry", "lockout", "human check"}
    assert set(deviations(named("renforce").security)) == both


@pytest.mark.parametrize(("name", "weak", "strong"), CHANGED)
def test_a_deviation_disappears_when_its_key_changes(
    profile: Profile, name: str, weak: dict[str, object], strong: dict[str, object]
) -> None:
    security = replace(profile.security, **weak)  # type: ignore[arg-type]

    assert name in deviations(security)
    changed = replace(security, **strong)  # type: ignore[arg-type]
    if name == "entropy" and "passphrase_min_length" in strong:
        changed = replace(changed, password_min_length=14)
    assert name not in deviations(changed)


def test_every_key_that_a_deviation_names_is_a_key_of_the_profile(profile: Profile) -> None:
    weak = {key: value for _name, values, _strong in CHANGED for key, value in values.items()}
    found = deviations(replace(profile.security, **weak))  # type: ignore[arg-type]

    for one in found.values():
        named_keys = re.findall(r'"(\w+)" =', one.answer)
        assert named_keys or "No key changes this." in one.answer
        assert all(hasattr(profile.security, key) for key in named_keys)


def test_each_deviation_says_what_the_text_asks_with_its_number(profile: Profile) -> None:
    for one in deviations(profile.security).values():
        assert "ASVS " in one.asks or "CNIL 20" in one.asks or "NIST" in one.asks


def test_the_report_numbers_its_paragraphs_and_counts_them(profile: Profile) -> None:
    text = security_report(profile)
    count = len(deviations(profile.security))

    assert text.startswith(profile.identity.name)
    assert f"\n{count} deviations." in text
    assert f"\n{count}. " in text
    assert f"\n{count + 1}. " not in text
    assert max(map(len, text.splitlines())) <= 100
    for section in ("PASSWORDS", "COMING IN", "SECOND FACTOR", "SESSIONS", "LOGS"):
        assert f"\n{section}\n" in text


def test_the_figures_are_those_of_the_policy_in_force(profile: Profile) -> None:
    changed = replace(profile.security, lock_hours=37, code_tries=4, factor_offer_days=45, cooling_hours=51)
    text = " ".join(security_report(replace(profile, security=changed)).split())

    for words in ("37 hours", "for 4 tries", "every 45 days", "for 51 hours"):
        assert words in text


def test_the_command_prints_the_report_and_is_content(
    capsys: pytest.CaptureFixture[str], settings: LazySettings
) -> None:
    assert check(argparse.Namespace(security=True)) == 0
    assert capsys.readouterr().out.strip() == security_report(settings.PROFILE).strip()
    assert main(["check", "--security"]) == 0
