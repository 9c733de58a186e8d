"""`entraide card-keys`, `entraide verify-card`: online with the file, offline with the keys alone (B-07)."""

import io
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from entraide.formats.card_code import CardKey, write_keys
from entraide.portal.config.card_command import REASONS
from entraide.portal.config.cli import main
from entraide.portal.domain.card.codes import code_of
from entraide.portal.domain.card.enums import CardState
from entraide.portal.domain.card.models import CardSeries
from entraide.portal.domain.card.queries import card_of
from entraide.portal.domain.members.viewer import Viewer
from tests.conftest import Household
from tests.portal.cards import carded

__all__ = ["carded"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("carded")]
ON = "2026-06-15"


@pytest.fixture
def code(viewer: Viewer, household: Household) -> str:
    card = card_of(viewer, household.primary.pk, on=date.fromisoformat(ON))
    assert card is not None
    return code_of(card)


@pytest.fixture
def keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    main(["card-keys"])
    path = tmp_path / "keys.txt"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    return path


def test_every_reason_has_its_words() -> None:
    assert set(REASONS) == set(CardState.values) - {CardState.VALID}


def test_a_valid_card_gives_zero_and_what_it_says(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify-card", code, "--on", ON]) == 0

    told = capsys.readouterr().out
    assert told.startswith("valid\n")
    assert "Anne Vautrin" in told


@pytest.mark.parametrize(("on", "reason"), [("2025-12-31", "not_yet"), ("2027-01-01", "expired")])
def test_a_card_of_other_days_is_refused_with_the_reason(
    code: str, keys: Path, capsys: pytest.CaptureFixture[str], on: str, reason: str
) -> None:
    for more in ([], ["--keys", str(keys)]):
        assert main(["verify-card", code, "--on", on, *more]) == 1
        assert f"refused, {reason}" in capsys.readouterr().err


def test_only_the_file_knows_that_a_card_was_replaced(
    code: str, keys: Path, household: Household, capsys: pytest.CaptureFixture[str]
) -> None:
    CardSeries.objects.create(
        person=household.primary, number=2, began_at="2026-05-01T00:00:00Z", request_key=household.primary.pk
    )

    assert main(["verify-card", code, "--on", ON]) == 1
    assert "refused, replaced" in capsys.readouterr().err
    assert main(["verify-card", code, "--on", ON, "--keys", str(keys)]) == 0


def test_the_code_may_come_from_standard_input(
    code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"https://example.org/carte/verifier/#{code}\n"))

    assert main(["verify-card", "-", "--on", ON]) == 0
    assert "valid" in capsys.readouterr().out


def test_offline_needs_neither_settings_nor_database(code: str, keys: Path) -> None:
    """On the machine of a professional."""
    command = [sys.executable, "-m", "entraide.portal.config.cli", "verify-card", code, "--on", ON]
    done = subprocess.run(
        [*command, "--keys", str(keys)],
        env={"PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("valid\n")


@pytest.mark.parametrize("words", ["", "mese 00000000 AAAA\n", "\x00\n"])
def test_a_bad_file_of_keys_is_refused_by_its_name(
    code: str, tmp_path: Path, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.txt"
    path.write_text(words, encoding="utf-8")

    assert main(["verify-card", code, "--keys", str(path)]) == 1
    assert "bad.txt" in capsys.readouterr().err


def test_a_file_of_keys_that_is_no_text_or_not_there_is_refused(
    code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    binary = tmp_path / "binary.txt"
    binary.write_bytes(b"\xff\xfe\x00")

    for path in (binary, tmp_path / "missing.txt"):
        assert main(["verify-card", code, "--keys", str(path)]) == 1
        assert path.name in capsys.readouterr().err


def test_a_card_of_another_mutual_is_named_so(
    code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "other.txt"
    other = CardKey("autre", Ed25519PrivateKey.generate().public_key())
    path.write_text(write_keys([other]), encoding="utf-8")

    assert main(["verify-card", code, "--keys", str(path)]) == 1
    assert "refused, other_mutual" in capsys.readouterr().err
