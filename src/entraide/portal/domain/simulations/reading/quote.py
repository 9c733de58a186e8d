"""A quote as it is printed becomes lines to confirm; nothing is priced here, and nothing is stored."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from entraide.portal.domain.requests.files.words import PrintedWords
from entraide.portal.domain.simulations.quotes import MOST_LINES, OfferedAct, offered_acts
from entraide.portal.domain.simulations.reading.acts import recognised_act
from entraide.portal.domain.simulations.reading.plain import holds, plain
from entraide.portal.domain.simulations.reading.table import AMOUNT, Column, Row, Table, table_of

_SUMS = ("total", "totaux", "sous total", "montant", "net a payer", "reste", "a regler", "somme")
_NO_ACT = ("remise", "acompte", "tva", "capital", "dont")
_MOST_UNITS = 30
_LONGEST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """One line as it was understood; `printed` are its words. Cents; what was not understood is empty.

    `price` is that of all units, as a quote is typed.
    """

    printed: str
    act: str = ""
    price: int | None = None
    quantity: int | None = None
    base: int | None = None
    tooth: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadQuote:
    """`left_out`: what is printed with an amount and did not become a line. `has_text`: no picture alone."""

    lines: tuple[ReadLine, ...]
    left_out: tuple[str, ...]
    has_text: bool


def read_quote(words: Iterable[PrintedWords], *, on: date) -> ReadQuote:
    """The lines of a quote in its order, at most as many as can be typed; amounts are read, never worked out,
    but for the price of one unit times its number."""
    printed = tuple(words)
    offered = offered_acts(on)
    lines: list[ReadLine] = []
    left_out = []
    table = table_of(printed)
    for row in table.rows:
        if _is_sum(row):
            continue
        line = _line(row, table, offered)
        if line is None or len(lines) == MOST_LINES:
            left_out.append(_whole(row))
        else:
            lines.append(line)
    if not any(each.act for each in lines):
        # Amounts without one act that we know: an invoice of something else, a letter.
        left_out = [*(each.printed for each in lines), *left_out]
        lines = []
    return ReadQuote(lines=tuple(lines), left_out=tuple(left_out), has_text=bool(printed))


def _line(row: Row, table: Table, offered: Mapping[str, OfferedAct]) -> ReadLine | None:
    words = row.words[:_LONGEST]
    act = recognised_act(row.words, row.texts(Column.CODE), offered)
    price, quantity = _price(row, table), _quantity(row)
    if any(holds(plain(words), each) for each in _NO_ACT) or not plain(words):
        return None
    if price is None and not act:
        return None
    return ReadLine(
        printed=words,
        act=act,
        price=price,
        quantity=quantity,
        base=_base(row),
        tooth=_tooth(row),
    )


def _is_sum(row: Row) -> bool:
    words = plain(row.words)
    return any(plain(each) == words[: len(plain(each))] for each in _SUMS)


def _price(row: Row, table: Table) -> int | None:
    """What all units cost: under the one head that says so; without heads, the only amount of the line."""
    if not table.heads:
        found = [cents for _place, cell in row.cells for cents in _amounts(cell.text)]
        return found[0] if len(found) == 1 and found[0] >= 0 else None
    if row.texts(Column.TOTAL):
        return _only(row, Column.TOTAL)
    units = _units(row)
    has_unit_price = any(each.column is Column.UNIT_PRICE for each in table.heads)
    if row.texts(Column.PRICE):
        # Of several units, "price" alone may be that of one.
        return _only(row, Column.PRICE) if units == 1 or has_unit_price else None
    unit = _only(row, Column.UNIT_PRICE)
    return None if unit is None or units is None else unit * units


def _base(row: Row) -> int | None:
    """Of one unit: of several, nothing on a quote tells whether the base is for one or for all."""
    return _only(row, Column.BASE) if _units(row) == 1 else None


def _units(row: Row) -> int | None:
    """One where the quote names no number; None where its number cannot be read."""
    return _quantity(row) if row.texts(Column.QUANTITY) else 1


def _only(row: Row, column: Column) -> int | None:
    """The amount of a column; none when there are several, or when it is taken off."""
    found = [cents for text in row.texts(column) for cents in _amounts(text)]
    return found[0] if len(found) == 1 and found[0] >= 0 else None


def _amounts(text: str) -> Iterator[int]:
    for euros, *cents in AMOUNT.findall(text):
        sign = -1 if "-" in euros else 1
        yield sign * (int(re.sub(r"\D", "", euros)) * 100 + int("".join(cents) or 0))


def _quantity(row: Row) -> int | None:
    found = _number(row.texts(Column.QUANTITY))
    return found if found is not None and 1 <= found <= _MOST_UNITS else None


def _tooth(row: Row) -> int | None:
    found = _number(row.texts(Column.TOOTH))
    return found if found is not None and found // 10 in range(1, 5) and found % 10 in range(1, 9) else None


def _number(texts: list[str]) -> int | None:
    return int(texts[0]) if len(texts) == 1 and re.fullmatch(r"[0-9]{1,2}", texts[0]) else None


def _whole(row: Row) -> str:
    return " ".join(each.text for _place, each in row.cells)[:_LONGEST]
