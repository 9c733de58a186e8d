"""What is stored of the lines of one feed: priced person after person, in constant memory."""

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings

from entraide.portal.domain.adjudication.enums import LineState, RecordKind
from entraide.portal.domain.adjudication.history import History, histories_of
from entraide.portal.domain.adjudication.models import AdjudicatedLine
from entraide.portal.domain.adjudication.pricing import Outcome, adjudicate
from entraide.portal.domain.adjudication.quick import QuickPrice, QuickPricer
from entraide.portal.domain.adjudication.rejects import add_rejects
from entraide.portal.domain.adjudication.staged import StagedLine, kinds_of_lines, people_in_order
from entraide.reimbursement import Breakdown

Shares = Sequence[tuple[str, int]]
_CARE, _BACK = LineState.PRICED.value, LineState.REVERSED.value


class PricedRow(NamedTuple):
    """One row to store, named as the columns of its stage; cents."""

    at_line: int
    id: str
    record: str
    state: str
    takes_back: str | None
    beneficiary_id: str
    charged: int
    base: int
    amo: int
    withheld: int
    amc: int
    left: int
    shares: str


def priced_rows() -> Iterator[list[PricedRow]]:
    """The rows of some hundred people at a time; lines that cannot be priced go to the rejects."""
    quick = QuickPricer(kinds_of_lines())
    for people in people_in_order():
        histories = histories_of(people.keys())
        rows: list[PricedRow] = []
        for person, lines in people.items():
            history = histories[person]
            prices = quick.price(history, lines)
            if prices is not None:
                rows += map(_quick_row, lines, prices)
                continue
            outcome = adjudicate(history, lines)
            add_rejects(outcome.rejects)
            rows += _rows_of(history, lines, outcome)
        yield rows


def _quick_row(line: StagedLine, price: QuickPrice) -> PricedRow:
    amc = sum(amount for _, amount in price.shares)
    return _care_row(line, price.withheld, amc, _told(price.shares))


def _care_row(line: StagedLine, withheld: int, amc: int, shares: str) -> PricedRow:
    return PricedRow(
        line.line, line.pk, line.record, _CARE, line.takes_back, line.person,
        line.charged, line.base, line.amo, withheld, amc, line.charged - line.amo - amc, shares,
    )  # fmt: skip


def _rows_of(history: History, lines: list[StagedLine], outcome: Outcome) -> Iterator[PricedRow]:
    new = {line.pk: line for line in lines}
    stored = {row.pk.hex: row for row in history.lines}
    for key, found in outcome.care.items():
        yield _care_row(new[key], found.withheld, found.amc, _told(_shares(found)))
    for key, by in outcome.taken_back.items():
        if key in stored:
            yield from _back(by, stored[key])
        elif key in outcome.care:
            yield from _back(by, outcome.care[key])


def _back(by: StagedLine, target: AdjudicatedLine | Breakdown) -> Iterator[PricedRow]:
    """The row that takes a line back. What was paid already has to come back in a later payment run.

    A re-issue is stored for itself; it takes back an unpaid line without a row of its own.
    """
    paid = isinstance(target, AdjudicatedLine) and target.state == LineState.PAID
    if by.is_care and not paid:
        return
    charged = target.charged if isinstance(target, AdjudicatedLine) else target.fee
    shares = target.shares if isinstance(target, AdjudicatedLine) else _shares(target)
    key = settings.ENTRAIDE.keys.sealed_id("feed-line-back", by.pk).hex if by.is_care else by.pk
    yield PricedRow(
        by.line, key, RecordKind.REVERSAL.value, _CARE if paid else _BACK, by.takes_back, by.person,
        -charged, -target.base, -target.amo, -target.withheld, -target.amc, -target.left,
        _told(tuple((contract, -amount) for contract, amount in shares)),
    )  # fmt: skip


def _shares(found: Breakdown) -> Shares:
    return tuple((each.contract, each.amount) for each in found.shares)


@lru_cache(maxsize=10_000)
def _told(shares: Shares) -> str:
    """As JSON; the same few shares come again and again."""
    return json.dumps(shares, separators=(",", ":"))
