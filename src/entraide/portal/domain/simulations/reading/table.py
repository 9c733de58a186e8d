"""The table of a quote: printed words become rows whose amounts stand under their heads."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby, pairwise

from entraide.portal.domain.requests.files.words import PrintedWords
from entraide.portal.domain.simulations.reading.plain import holds, plain


class Column(StrEnum):
    """What stands under a head. `total` is for all units; `price` does not say whether it is for one.

    `other`: amounts that a quote also names, such as the share of the fund.
    """

    ACT = "act"
    CODE = "code"
    TOOTH = "tooth"
    QUANTITY = "quantity"
    TOTAL = "total"
    PRICE = "price"
    UNIT_PRICE = "unit_price"
    BASE = "base"
    OTHER = "other"


# The first that fits wins: "base de remboursement" is no refund, "reste à charge" no charge.
_HEADS: tuple[tuple[Column, tuple[str, ...]], ...] = (
    (Column.BASE, ("base", "brss", "br", "tarif de responsabilite", "tarif secu")),
    (
        Column.OTHER,
        (
            "rembourse", "non rembourse", "remboursement", "reste", "amo", "amc", "part", "mutuelle",
            "panier", "tva", "taux", "remise", "materiau", "ht",
        ),
    ),
    (Column.UNIT_PRICE, ("unitaire", "p u", "pu")),
    (Column.QUANTITY, ("qte", "quantite", "nombre", "nb")),
    (Column.TOTAL, ("total", "montant", "honoraires")),
    (Column.PRICE, ("prix", "ttc")),
    (Column.CODE, ("code", "cotation", "ccam", "lpp")),
    (Column.TOOTH, ("dent", "dents")),
    (
        Column.ACT,
        ("acte", "actes", "designation", "libelle", "nature", "description", "equipement", "produit"),
    ),
)  # fmt: skip
# With cents, or with the sign of the euro; neither a percentage nor the correction of a lens.
AMOUNT = re.compile(
    r"(?<![\d,.+])(-?\s?\d{1,3}(?:[ .]?\d{3})*)"
    r"(?:,(\d{2})(?!\d)(?!\s?%)(?:\s?(?:€|EUR\b))?|(?:\.(\d{2}))?\s?(?:€|EUR\b))"
)
_MONEY = frozenset({Column.TOTAL, Column.PRICE, Column.UNIT_PRICE, Column.BASE, Column.OTHER})
# Heads on several lines stand close; so do the lines of one cell.
_HEAD_GAP, _CELL_GAP = 2.2, 1.6
_WIDEST_HEAD = 0.45


@dataclass(frozen=True, slots=True)
class Head:
    """A head and the strip of the page below it; `column` is None where its words say nothing to us."""

    column: Column | None
    left: int
    right: int


@dataclass(slots=True)
class Line:
    """What is printed at one height of a page."""

    cells: list[PrintedWords]
    page: int = 0
    line: int = 0
    size: int = 0

    def __post_init__(self) -> None:
        first = self.cells[0]
        self.page, self.line, self.size = first.page, first.line, max(each.size for each in self.cells)

    @property
    def has_amount(self) -> bool:
        return any(AMOUNT.search(each.text) for each in self.cells)

    def gap_to(self, other: "Line | None") -> float:
        """In heights of the type; far away on another page."""
        if other is None or other.page != self.page:
            return 1000.0
        return abs(other.line - self.line) / max(self.size, 1)


@dataclass(slots=True)
class Row:
    """A line with amounts, and the lines that go on with its words; its cells by column."""

    cells: list[tuple[Column | None, PrintedWords]]
    more: list[tuple[int, str]] = field(default_factory=list)

    def texts(self, column: Column | None) -> list[str]:
        return [each.text for place, each in self.cells if place is column]

    @property
    def words(self) -> str:
        """The code, then the words that name the act from top to bottom; amounts left out."""
        named = [each for place, each in self.cells if place in {Column.ACT, None}]
        here = [(each.line, AMOUNT.sub("", each.text).strip(" .:€")) for each in named]
        texts = [text for _line, text in sorted([*here, *self.more], key=lambda one: one[0])]
        # A word with a hyphen may go on in the next line of its cell.
        return re.sub(r"(\w)- ", r"\1-", " ".join([*self.texts(Column.CODE), *filter(None, texts)]))


@dataclass(frozen=True, slots=True)
class Table:
    """`heads` is empty when none was found; then columns mean nothing."""

    heads: tuple[Head, ...]
    rows: tuple[Row, ...]


def table_of(words: Iterable[PrintedWords]) -> Table:
    """The rows of a document that hold amounts, in reading order, from the heads on where there are any."""
    lines = [
        Line(sorted(cells, key=lambda one: one.left))
        for _place, cells in groupby(sorted(words), key=lambda one: (one.page, one.line))
    ]
    first = next((at for at, line in enumerate(lines) if line.has_amount), None)
    if first is None:
        return Table((), ())
    start, heads = _heads(lines, first)
    kept = [each for each in lines[start:] if not _is_head_again(each)]
    return Table(heads, tuple(_rows(kept, heads)))


def _heads(lines: list[Line], first: int) -> tuple[int, tuple[Head, ...]]:
    """Where the table begins, and its heads: the lines that name columns, nearest above the first amount."""
    named = [at for at in range(len(lines)) if _names_columns(lines[at])]
    above = [at for at in named if at <= first]
    if not above:
        # The words of the first row may stand above its amounts, and an amount above the table.
        above = named[:1]
    if not above:
        return 0, ()
    at = above[-1]
    top = bottom = at
    while top > 0 and not lines[top - 1].has_amount and lines[top].gap_to(lines[top - 1]) <= _HEAD_GAP:
        top -= 1
    while (
        bottom + 1 < len(lines)
        and not lines[bottom + 1].has_amount
        and lines[bottom].gap_to(lines[bottom + 1]) <= _CELL_GAP
    ):
        bottom += 1
    block = [cell for line in lines[top : bottom + 1] for cell in line.cells if _is_narrow(cell)]
    heads = tuple(_clustered(block))
    return bottom + 1, heads if len(heads) > 1 else ()


def _names_columns(line: Line) -> bool:
    return not line.has_amount and sum(_column_of(each.text) is not None for each in line.cells) > 1


_is_head_again = _names_columns


def _is_narrow(cell: PrintedWords) -> bool:
    return cell.right - cell.left < _WIDEST_HEAD * cell.page_width


def _clustered(cells: Sequence[PrintedWords]) -> Iterator[Head]:
    """Heads whose lines stand below each other are one."""
    waiting = sorted(cells, key=lambda one: one.left)
    while waiting:
        group = [waiting.pop(0)]
        right = group[0].right
        while waiting and waiting[0].left < right:
            group.append(waiting.pop(0))
            right = max(right, group[-1].right)
        text = " ".join(each.text for each in sorted(group, key=lambda one: one.line))
        yield Head(_column_of(text), group[0].left, right)


def _column_of(text: str) -> Column | None:
    words = plain(text)
    return next((column for column, phrases in _HEADS if any(holds(words, each) for each in phrases)), None)


def _rows(lines: list[Line], heads: tuple[Head, ...]) -> Iterator[Row]:
    begins = [_begins_row(line, heads) for line in lines]
    owners = [_owner(at, lines, begins) for at in range(len(lines))]
    for at, line in enumerate(lines):
        if not begins[at]:
            continue
        row = Row([(_place(cell, heads), cell) for cell in line.cells])
        for number, more in enumerate(lines):
            if number != at and owners[number] == at:
                row.more += [
                    (cell.line, cell.text) for cell in more.cells if _place(cell, heads) in {Column.ACT, None}
                ]
        yield row


def _begins_row(line: Line, heads: tuple[Head, ...]) -> bool:
    """Whether an amount stands below a head of amounts: figures among the words of an act are none."""
    if not heads:
        return line.has_amount
    return any(AMOUNT.search(each.text) and _place(each, heads) in _MONEY for each in line.cells)


def _owner(at: int, lines: list[Line], begins: list[bool]) -> int | None:
    """The row whose words this line goes on with: the way to the nearer neighbour."""
    if begins[at]:
        return at
    before = lines[at].gap_to(lines[at - 1] if at else None)
    after = lines[at].gap_to(lines[at + 1] if at + 1 < len(lines) else None)
    step, gap = (-1, before) if before <= after else (1, after)
    here = at
    while gap <= _CELL_GAP:
        here += step
        if begins[here]:
            return here
        following = here + step
        gap = lines[here].gap_to(lines[following] if 0 <= following < len(lines) else None)
    return None


def _place(cell: PrintedWords, heads: tuple[Head, ...]) -> Column | None:
    """The head whose strip holds the middle of the cell; strips part half-way between heads."""
    if not heads:
        return None
    middle = (cell.left + cell.right) / 2
    edges = [(one.right + other.left) / 2 for one, other in pairwise(heads)]
    return heads[sum(middle > edge for edge in edges)].column
