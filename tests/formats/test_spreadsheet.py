"""Cells that no spreadsheet runs (A51)."""

import pytest

from entraide.formats.spreadsheet import safe_cell


@pytest.mark.parametrize("value", ["=1+1", "+33", "-5", "@SUM(A1)", "\tx", "\rx", "\0x"])
def test_what_a_spreadsheet_would_run_gets_a_quote(value: str) -> None:
    assert safe_cell(value) == f"'{value}"


@pytest.mark.parametrize("value", ["38000", "", "a=b", "’"])
def test_everything_else_stays_as_it_is(value: str) -> None:
    assert safe_cell(value) == value
