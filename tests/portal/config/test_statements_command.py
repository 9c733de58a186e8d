"""`entraide statements`: what it prints, its exit codes and its place behind everybody else."""

import os
from datetime import date
from pathlib import Path

import pytest

from entraide.portal.config.cli import main
from tests.portal.notifications.letters.post import parts_of, reader
from tests.portal.processes import python

# The program, and how nice its process is in the end.
RUN = """
import os, sys
from entraide.portal.config.cli import main
code = main(sys.argv[1:])
print(os.nice(0))
sys.exit(code)
"""


@pytest.fixture(autouse=True)
def own_priority(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The command's own priority would be that of all tests after it."""
    found: list[int] = []
    monkeypatch.setattr(os, "setpriority", lambda _which, _who, value: found.append(value))
    return found


@pytest.mark.usefixtures("db")
def test_a_batch_is_told_with_those_who_get_no_letter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], own_priority: list[int]
) -> None:
    """REMB-03: 0 also when somebody was left out, who is named by number only."""
    person = reader("40000001", on=date(2026, 5, 4))
    reader("40000002", on=date(2026, 5, 4), city="")

    assert main(["statements", "--quarter", "2026-Q2", "--out", str(tmp_path / "out")]) == 0

    told = capsys.readouterr()
    assert told.out.splitlines() == [
        f"2026-Q2: 1 letters in 1 parts, 1 pages on 1 sheets, 9.00 EUR paid, in {tmp_path / 'out'}",
        f"1 members get no letter (all of them: {tmp_path / 'out' / 'skipped.csv'}):",
        "  40000002: no town, or no French postcode of five digits, on file",
    ]
    assert told.err == ""
    assert person.last_name not in told.out
    assert own_priority == [15]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (["--quarter", "2026-12"], "--quarter: found '2026-12', expected a quarter such as 2026-Q4"),
        (["--quarter", "2026-Q2", "--size", "0"], "--size: found 0, expected at least 1 letter a part"),
        (["--quarter", "2999-Q1"], "2999-Q1 is not over: wait until it is, or look at it with --preview"),
    ],
)
def test_what_cannot_be_made_is_refused_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: list[str], told: str
) -> None:
    assert main(["statements", "--out", str(tmp_path / "out"), *wrong]) == 1

    assert capsys.readouterr().err == f"entraide: {told}\n"
    assert not (tmp_path / "out").exists()


@pytest.mark.django_db(transaction=True)
def test_the_program_itself_makes_the_batch_behind_everybody_else(tmp_path: Path) -> None:
    """As an operator starts it: another process, its settings from the environment."""
    reader("40000001", on=date(2026, 5, 4))
    wanted = ["statements", "--quarter", "2026-Q2", "--out", str(tmp_path / "out")]

    with python(RUN, *wanted) as child:
        out, _err = child.communicate(timeout=60)

    assert child.returncode == 0
    assert out.splitlines()[-1] == "15"
    assert list(parts_of(tmp_path / "out")) == ["statements-2026-Q2-0001.pdf"]
