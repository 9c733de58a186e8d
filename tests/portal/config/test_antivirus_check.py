"""`entraide check` says what protects the members' files, and fails rather than promise too much (A48)."""

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.conf import LazySettings

from entraide.portal.config import antivirus_check
from entraide.portal.config.antivirus_check import antivirus_line
from entraide.portal.config.refused import Refused
from entraide.portal.gateways import antivirus
from tests.clamav import Clamd, free_port, own_clamd

NOW = datetime(2026, 4, 28, 8, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def clamd() -> Iterator[Clamd]:
    with own_clamd() as running:
        yield running


@pytest.fixture(autouse=True)
def rested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(antivirus, "_resting", {})


def use(settings: LazySettings, url: str) -> None:
    settings.ENTRAIDE = dataclasses.replace(settings.ENTRAIDE, antivirus_url=url)


def test_without_an_antivirus_it_says_so(settings: LazySettings) -> None:
    use(settings, "")

    assert "none" in antivirus_line(now=NOW)
    assert "unscanned" in antivirus_line(now=NOW)


@pytest.mark.django_db
def test_an_antivirus_that_works_is_named(settings: LazySettings, clamd: Clamd) -> None:
    use(settings, clamd.url)

    assert "ClamAV" in antivirus_line(now=NOW)
    assert "finds the test virus" in antivirus_line(now=NOW)


def test_an_antivirus_that_is_away_is_an_error(settings: LazySettings) -> None:
    use(settings, f"clamd://127.0.0.1:{free_port()}")

    with pytest.raises(Refused, match="ANTIVIRUS_URL"):
        antivirus_line(now=NOW)


def test_an_antivirus_that_finds_nothing_is_an_error(
    settings: LazySettings, clamd: Clamd, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one whose signatures are missing."""
    use(settings, clamd.url)
    monkeypatch.setattr(antivirus_check, "_TEST_STRING", b"a string without a signature")

    with pytest.raises(Refused, match="signatures"):
        antivirus_line(now=NOW)


def test_an_antivirus_that_takes_no_large_file_is_an_error(
    settings: LazySettings, clamd: Clamd, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(settings, clamd.url)
    monkeypatch.setattr(antivirus_check, "MEGABYTE", 5_000_000)

    with pytest.raises(Refused, match="StreamMaxLength"):
        antivirus_line(now=NOW)


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("ClamAV 1.4.6/27456/Mon Apr 27 07:30:00 2026", "1 days old"),
        ("ClamAV 1.4.6/27456/Wed Apr 01 07:30:00 2026", "TOO OLD"),
        ("ClamAV 1.4.6", "does not tell"),
        ("ClamAV 1.4.6/27456/yesterday", "does not tell"),
    ],
)
def test_the_age_of_the_signatures_is_told(version: str, said: str) -> None:
    assert said in antivirus_check._age(version, now=NOW)
