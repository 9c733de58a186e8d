"""The new lines of one person, priced by the engine after everything that stands already."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from entraide.formats.money import format_cents
from entraide.portal.domain.adjudication.enums import Reason, RecordKind
from entraide.portal.domain.adjudication.history import History
from entraide.portal.domain.adjudication.models import AdjudicatedLine
from entraide.portal.domain.adjudication.rejects import Reject
from entraide.portal.domain.adjudication.staged import StagedLine
from entraide.portal.domain.claims.pricing import CareRow, Reckoning, decided, used_by
from entraide.reimbursement import Breakdown, Care, CareError, ParameterGap, load_parameters, reimburse


class _Amounts(Protocol):
    """A line that can be taken back: stored, or of this file."""

    @property
    def charged(self) -> int: ...
    @property
    def base(self) -> int: ...
    @property
    def amo(self) -> int: ...


@dataclass(slots=True)
class Outcome:
    """What becomes of the lines of one person: care that is priced, lines taken back, and what stays out."""

    care: dict[str, Breakdown] = field(default_factory=dict)
    taken_back: dict[str, StagedLine] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)


class Refused(Exception):
    """The engine cannot price the line, or comes to another share of health insurance than the fund."""

    def __init__(self, field: str, found: str, expected: str) -> None:
        super().__init__(f"{field}: {found}")
        self.field, self.found, self.expected = field, found, expected


def adjudicate(history: History, rows: Sequence[StagedLine]) -> Outcome:
    """Prices the lines in the order of care. What a line that stays out would have taken back stands."""
    staying = list(rows)
    rejects: list[Reject] = []
    while True:
        outcome = _attempt(history, staying)
        rejects += outcome.rejects
        out = {one.line for one in outcome.rejects}
        if not out:
            outcome.rejects = rejects
            return outcome
        staying = [row for row in staying if row.line not in out]


def _attempt(history: History, rows: Sequence[StagedLine]) -> Outcome:
    outcome = Outcome()
    _take_back(history, rows, outcome)
    if outcome.rejects:
        return outcome
    care = [row for row in rows if row.is_care]
    pricer = Pricer(history, care, frozenset(outcome.taken_back))
    for row in care:
        try:
            outcome.care[row.pk] = pricer.price(row)
        except Refused as refusal:
            outcome.rejects.append(
                Reject(row.line, Reason.NOT_PRICED, refusal.field, refusal.found, refusal.expected)
            )
    return outcome


class Pricer:
    """Prices new lines one after the other; those that are taken back in the same feed use nothing."""

    def __init__(self, history: History, new: Sequence[CareRow], taken_back: frozenset[str]) -> None:
        self._insured, self._taken_back = history.insured, taken_back
        stored = [row for row in history.standing if row.pk.hex not in taken_back]
        standing = [row for row in new if key_of(row) not in taken_back]
        before = used_by(history.payments, history.insured)
        self._reckoning = Reckoning([*stored, *standing], history.insured, counters=before)
        # The bill of a stay that was taken back is not among those that stand.
        self._whole = Reckoning([*history.standing, *new], history.insured) if taken_back else self._reckoning
        for row in stored:
            self._reckoning.meet(row)

    def care_of(self, row: CareRow) -> Care:
        """The line as it was charged, without what the fund decided."""
        reckoning = self._whole if key_of(row) in self._taken_back else self._reckoning
        return reckoning.care_of(row)

    def price(self, row: CareRow) -> Breakdown:
        """What the engine says with what the fund decided; raises `Refused`."""
        found = self._checked(decided(self.care_of(row), row), row)
        if key_of(row) not in self._taken_back:
            self._reckoning.counters = self._reckoning.counters.record(found)
        return found

    def tell(self, care: Care) -> Breakdown | None:
        """What the engine says of other figures for the line that comes next; it counts for nothing."""
        return self._reckoning.price(care)

    def _checked(self, care: Care, row: CareRow) -> Breakdown:
        if self._insured.without_table:
            number = self._insured.without_table[0]
            raise Refused("contract", f'"{number}"', "a contract with a table of guarantees")
        try:
            found = reimburse(care, self._insured.cover, self._reckoning.counters, load_parameters())
        except CareError as error:
            fault = error.faults[0]
            raise Refused(_FIELDS.get(fault.place, fault.place), fault.found, fault.expected) from None
        except ParameterGap as gap:
            raise Refused(
                "care_start", row.care_date.isoformat(), f"a day with a value of {gap.key}"
            ) from None
        for name in ("base", "amo"):
            theirs, ours = getattr(row, name), getattr(found, name)
            if theirs != ours:
                raise Refused(name, f'"{format_cents(theirs)}"', f"{format_cents(ours)}, as the law has it")
        return found


# Names of the engine that are others in the file.
_FIELDS = {"act": "act_code", "on": "care_start", "fee": "charged", "stay": "stay_from"}


def key_of(row: CareRow) -> str:
    """The id in hexadecimal, whether the line is stored or of a file."""
    return row.pk if isinstance(row.pk, str) else str(row.pk.hex)


def _take_back(history: History, rows: Sequence[StagedLine], outcome: Outcome) -> None:
    """Finds what each reversal and re-issue takes back; the first of two on one line counts."""
    stored = {row.pk.hex: row for row in history.lines if row.record != RecordKind.REVERSAL}
    new = {row.pk: row for row in rows if row.is_care}
    replaced = {row.takes_back.hex for row in history.lines if row.takes_back}
    for row in sorted((row for row in rows if row.takes_back), key=lambda row: row.line):
        key = row.takes_back or ""
        target = stored.get(key) or new.get(key)
        fault = _fault(row, target, gone=key in outcome.taken_back or key in replaced)
        if fault:
            outcome.rejects.append(fault)
        else:
            outcome.taken_back[key] = row


def _fault(row: StagedLine, target: AdjudicatedLine | StagedLine | None, *, gone: bool) -> Reject | None:
    if gone:
        return _bad(row, "a line that was taken back already", "one that still stands")
    if target is None:
        # What a re-issue replaces may never have come, or have been refused: then it is simply new.
        if not row.is_care:
            return _bad(
                row, "a line of this person that is not there", "a line stored before or in this file"
            )
        return None
    if not row.is_care and _amounts(row) != tuple(-amount for amount in _amounts(target)):
        expected = ", ".join(format_cents(-amount) for amount in _amounts(target))
        return Reject(
            row.line,
            Reason.BAD_REVERSAL,
            "charged",
            f'"{format_cents(row.charged)}"',
            f"the opposite of charged, base and amo of the line it takes back: {expected}",
        )
    return None


def _amounts(row: _Amounts) -> tuple[int, int, int]:
    return row.charged, row.base, row.amo


def _bad(row: StagedLine, found: str, expected: str) -> Reject:
    return Reject(row.line, Reason.BAD_REVERSAL, "of_line", found, expected)
