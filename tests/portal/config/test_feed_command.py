"""`entraide feed`: what it prints, and its exit codes."""

from pathlib import Path

import pytest

from entraide.portal.config.cli import main
from tests.portal.domain.claims.tables import tables
from tests.portal.feeds import visit, write_feed

__all__ = ["tables"]
pytestmark = pytest.mark.usefixtures("tables", "household")


def test_a_feed_is_counted_and_its_rejects_stand_beside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """REMB-06"""
    path = write_feed(tmp_path / "F1.csv", visit(1), visit(2, act_code="XYZ"))

    assert main(["feed", str(path)]) == 0
    assert main(["feed", str(path), "--rejects", str(tmp_path / "elsewhere")]) == 0

    first, second = capsys.readouterr().out.splitlines()
    assert first == f"F1.csv: 2 lines, 1 new, 0 unchanged, 1 rejected, told in {path}.rejects.jsonl"
    assert second.startswith("F1.csv: 2 lines, 0 new, 1 unchanged, 1 rejected")
    assert (tmp_path / "elsewhere").is_file()


def test_a_refused_feed_ends_with_1_and_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_feed(tmp_path / "F1.csv", visit(1), end="end,2,30.00,19.00")

    assert main(["feed", str(path)]) == 1
    assert main(["feed", str(tmp_path / "absent.csv")]) == 1

    told = capsys.readouterr().err
    assert "nothing of it was kept:\nF1.csv, end: found 1 lines, expected 2" in told
    assert "absent.csv: not a file" in told
