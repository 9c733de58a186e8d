"""Cells of an export: nothing that a spreadsheet takes for a formula (A51)."""

import csv
import io
import json
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from entraide.portal.domain.exports.cells import csv_rows, json_rows
from entraide.portal.domain.personal_data import Cell, Table


def table(*cells: Cell) -> Table:
    return Table("t", ("a", "b"), lambda: iter([(one, "") for one in cells]))


def read_back(*cells: Cell) -> list[str]:
    content = "".join(csv_rows(table(*cells)))
    return [row[0] for row in csv.reader(io.StringIO(content), delimiter=";")][1:]


@pytest.mark.parametrize(
    "hostile",
    ["=1+1", "+33639980101", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1+1", "＋1", "－1", "＠x"],
)
def test_a_cell_that_begins_like_a_formula_has_a_quote_in_front(hostile: str) -> None:
    (cell,) = read_back(hostile)

    assert cell.startswith("'")


def test_amounts_with_a_sign_too() -> None:
    assert read_back(-950, 950) == ["'-950", "950"]


def test_words_come_back_as_they_were() -> None:
    words = ['Soin ; "cher"', "deux\nlignes", "l’été", "a=b", ""]

    assert read_back(*words) == words


def test_a_sheet_begins_with_the_mark_of_utf8_and_its_columns() -> None:
    content = "".join(csv_rows(table())).encode()

    assert content == b"\xef\xbb\xbfa;b\r\n"


def test_json_keeps_the_kinds_of_values() -> None:
    at = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
    identifier = UUID(int=7)
    cells = (950, True, None, date(2026, 3, 1), at, identifier, [["C40", 950]], {"n": 1})

    found = [row["a"] for row in json.loads("".join(json_rows(table(*cells))))]

    assert found == [
        950, True, None, "2026-03-01", "2026-03-01T12:30:00+00:00", str(identifier), [["C40", 950]], {"n": 1}
    ]  # fmt: skip


def test_a_table_without_rows_is_an_empty_list() -> None:
    assert json.loads("".join(json_rows(table()))) == []
