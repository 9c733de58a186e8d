"""`entraide handover-keys`, `entraide verify-handover`: beside the database once, offline by keys."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from entraide.portal.config.cli import main
from entraide.portal.config.handover_command import REASONS
from entraide.portal.domain.handover.actions import hand_to_partner
from entraide.portal.domain.handover.enums import TokenState
from entraide.portal.domain.members.viewer import Viewer
from tests.conftest import Household
from tests.portal.partners import DOCTORS

pytestmark = pytest.mark.django_db
Captured = pytest.CaptureFixture[str]
FOR = ["--audience", "lointaine"]


@pytest.fixture
def token(viewer: Viewer, household: Household) -> str:
    signed = hand_to_partner(viewer, DOCTORS, household.primary.pk, now=timezone.now())
    assert signed is not None
    return signed.token


@pytest.fixture
def keys(tmp_path: Path, capsys: Captured) -> Path:
    assert main(["handover-keys"]) == 0
    path = tmp_path / "keys.json"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    return path


def test_every_reason_has_its_words() -> None:
    assert set(REASONS) == set(TokenState.values) - {TokenState.VALID}


def test_with_the_database_a_token_serves_once(token: str, capsys: Captured) -> None:
    assert main(["verify-handover", token, *FOR]) == 0
    assert capsys.readouterr().out.startswith("valid\n")

    assert main(["verify-handover", token, *FOR]) == 1
    assert "refused, used" in capsys.readouterr().err


def test_offline_it_is_read_by_the_keys_and_does_not_serve(token: str, keys: Path, capsys: Captured) -> None:
    for _ in range(2):
        assert main(["verify-handover", token, *FOR, "--keys", str(keys)]) == 0
    assert "to lointaine" in capsys.readouterr().out
    assert main(["verify-handover", token, *FOR]) == 0


def test_a_token_of_standard_input_is_in_no_list_of_processes(
    token: str, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{token}\n"))

    assert main(["verify-handover", "-", *FOR, "--keys", str(keys)]) == 0


def test_for_another_partner_late_or_spoilt_it_is_refused_with_the_reason(
    token: str, viewer: Viewer, household: Household, keys: Path, capsys: Captured
) -> None:
    late = hand_to_partner(viewer, DOCTORS, household.primary.pk, now=timezone.now() - timedelta(hours=2))
    assert late is not None
    offline = ["--keys", str(keys)]
    for more in ([], offline):
        assert main(["verify-handover", token, "--audience", "x", *more]) == 1
        assert "refused, other_audience" in capsys.readouterr().err
        assert main(["verify-handover", late.token, *FOR, *more]) == 1
        assert "refused, expired" in capsys.readouterr().err
        assert main(["verify-handover", token[:-3], *FOR, *more]) == 1
        assert "refused, malformed" in capsys.readouterr().err


@pytest.mark.parametrize("content", [None, "no json", "{}"])
def test_a_bad_file_of_keys_is_refused(tmp_path: Path, capsys: Captured, content: str | None) -> None:
    path = tmp_path / "k.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")

    assert main(["verify-handover", "x", *FOR, "--keys", str(path)]) == 1
    assert str(path) in capsys.readouterr().err
