"""`entraide parameters` prints what the engine uses, with its source."""

import pytest

from entraide.portal.config.cli import main


def test_what_is_in_force_on_a_day_is_printed_with_its_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parameters", "--on", "2024-06-01"]) == 0
    before = capsys.readouterr().out
    assert main(["parameters", "--on", "2026-11-22"]) == 0
    today = capsys.readouterr().out
    assert _line(before, "tariff.gp").split()[1:3] == ["€26.50", "2023-11-01"]
    assert _line(today, "tariff.gp").split()[1:3] == ["€30.00", "2024-12-22"]
    assert all("(" in row for row in today.splitlines())


def test_what_nobody_has_confirmed_is_listed_apart(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parameters", "--to-confirm", "--language", "fr"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows
    assert all(row.endswith("[à confirmer]") for row in rows)


def test_a_day_that_is_none_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refusal:
        main(["parameters", "--on", "2026-02-30"])
    assert refusal.value.code == 2
    assert "expected a day" in capsys.readouterr().err


def _line(text: str, key: str) -> str:
    return next(row for row in text.splitlines() if row.startswith(f"{key} "))
