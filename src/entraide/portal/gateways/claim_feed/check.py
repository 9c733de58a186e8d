"""Canonical lines, checked value by value and against each other; what is wrong with one stays out alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

from entraide.formats.money import MoneyError, format_cents, parse_cents
from entraide.portal.domain.adjudication.enums import Reason, RecordKind
from entraide.portal.domain.adjudication.rejects import Reject
from entraide.portal.domain.adjudication.stages import DERIVED
from entraide.portal.foundation.vault.keys import KeyRing
from entraide.portal.gateways.claim_feed.canonical import CELLS, Records
from entraide.portal.gateways.core_system.cells import BadCell
from entraide.portal.gateways.core_system.ids import sealed_ids
from entraide.portal.gateways.core_system.report import shown
from entraide.reimbursement import load_vocabulary

Columns = dict[str, list[Any]]
# Names of the file that have another name in our tables; the health number does not get there at all.
_RENAMED = {
    "care_start": "care_date",
    "executor": "professional",
    "executor_number": "professional_number",
}
_LEFT_OUT = frozenset({"nir", "of_statement", "of_line"})
KINDS = {
    **{_RENAMED.get(name, name): cell.kind for name, cell in CELLS.items() if name not in _LEFT_OUT},
    **DERIVED,
}
_AMOUNTS = ("charged", "base", "amo", "withheld")
_LINE, _REVERSAL = RecordKind.LINE.value, RecordKind.REVERSAL.value
_PAIRS = (("lens_right", "lens_left"), ("stay_from", "stay_until"))


@dataclass(frozen=True, slots=True)
class Checked:
    """Good lines column by column, rejects, and the sums of what the file tells; `unread` have no amount."""

    lines: list[int]
    columns: Columns
    rejects: list[Reject]
    charged: int
    amo: int
    unread: int


def check_records(records: Records, *, made_on: date, keys: KeyRing) -> Checked:
    """The lines that can be matched and priced; identity numbers become indexes here."""
    rejects = list(records.rejects)
    lines, columns, texts = _read(records, rejects)
    charged, amo, unread = _sums(records.texts)
    wrong = list(_wrong(lines, columns, made_on.isoformat()))
    if wrong:
        rejects += wrong
        out = {one.line for one in wrong}
        kept = [place for place, line in enumerate(lines) if line not in out]
        lines = [lines[place] for place in kept]
        columns = {name: [column[place] for place in kept] for name, column in columns.items()}
        texts = [texts[place] for place in kept]
    derived = _derived(columns, texts, keys)
    return Checked(lines, derived, rejects, charged, amo, unread + len(records.rejects))


def _read(records: Records, rejects: list[Reject]) -> tuple[list[int], Columns, list[tuple[str, ...]]]:
    rows = list(zip(*(records.texts[name] for name in CELLS), strict=True))
    try:
        return list(records.lines), {name: CELLS[name].column(records.texts[name]) for name in CELLS}, rows
    except BadCell:
        pass
    lines, good, texts = [], [], []
    for line, row in zip(records.lines, rows, strict=True):
        found = [_value(line, name, text, rejects) for name, text in zip(CELLS, row, strict=True)]
        if _BAD not in found:
            lines.append(line)
            good.append(found)
            texts.append(row)
    columns = {name: [values[place] for values in good] for place, name in enumerate(CELLS)}
    return lines, columns, texts


_BAD = object()


def _value(line: int, name: str, text: str, rejects: list[Reject]) -> object:
    cell = CELLS[name]
    try:
        return cell.read(text)
    except BadCell as bad:
        rejects.append(Reject(line, Reason.BAD_VALUE, name, cell.quote(text), bad.expected or cell.expected))
        return _BAD


def _sums(texts: Any) -> tuple[int, int, int]:
    """What the file tells in all, rejected lines included: its own totals count them too."""
    try:
        return sum(CELLS["charged"].column(texts["charged"])), sum(CELLS["amo"].column(texts["amo"])), 0
    except BadCell:
        pass
    sums, unread = [0, 0], 0
    for pair in zip(texts["charged"], texts["amo"], strict=True):
        try:
            charged, amo = map(parse_cents, pair)
        except MoneyError:
            unread += 1
            continue
        sums[0] += charged
        sums[1] += amo
    return sums[0], sums[1], unread


def _wrong(lines: Sequence[int], columns: Columns, made_on: str) -> list[Reject]:
    """Faults between the columns of one line."""
    found: list[Reject] = []
    acts = load_vocabulary().procedures
    names = ("record", "charged", "base", "amo", "withheld", "care_start", "care_end", "statement_date",
             "act_code", "beneficiary_number", "nir", "birth_date", "birth_rank", "of_line", "of_statement",
             "line_id", "statement_number")  # fmt: skip
    for line, row in zip(lines, zip(*(columns[name] for name in names), strict=True), strict=True):
        (record, charged, base, amo, withheld, start, end, stated, act, number, health, born, rank,
         of_line, of_statement, own, statement) = row  # fmt: skip
        # Almost every line is right: one look tells.
        if record == _LINE:
            right = 0 <= base <= charged and 0 <= amo <= base and not (of_line or of_statement)
        else:
            right = bool(of_line and of_statement) and (of_line, of_statement) != (own, statement)
            sign = -1 if record == RecordKind.REVERSAL.value else 1
            right = right and 0 <= sign * base <= sign * charged and 0 <= sign * amo <= sign * base
        right = right and (withheld is None or withheld >= 0 or record == _REVERSAL)
        known = number or (health and born and rank)
        dated = start <= made_on and stated <= made_on and (end is None or end >= start)
        if not (right and known and dated and act in acts):
            values = dict(zip(names, row, strict=True))
            found += [Reject(line, *fault) for fault in _faults(values, made_on, act_known=act in acts)]
    found += _half_told(lines, columns)
    return found


_Fault = tuple[Reason, str, str, str]


def _faults(row: dict[str, Any], made_on: str, *, act_known: bool) -> list[_Fault]:
    bad, found = Reason.BAD_VALUE, list[_Fault]()
    if not act_known:
        found.append((Reason.UNKNOWN_ACT, "act_code", shown(row["act_code"]), "a known act"))
    for name in ("care_start", "statement_date"):
        if row[name] > made_on:
            told = f"a day until {made_on}, when the feed was made"
            found.append((Reason.FUTURE_CARE, name, f'"{row[name]}"', told))
    if row["care_end"] is not None and row["care_end"] < row["care_start"]:
        found.append((bad, "care_end", f'"{row["care_end"]}"', f"a day from {row['care_start']}"))
    if not (row["beneficiary_number"] or (row["nir"] and row["birth_date"] and row["birth_rank"])):
        found.append((bad, "beneficiary_number", "nothing", "a number, or nir, birth_date and birth_rank"))
    return [*found, *_reference_faults(row), *_amount_faults(row)]


def _reference_faults(row: dict[str, Any]) -> list[_Fault]:
    bad = Reason.BAD_REVERSAL
    named = row["of_line"] and row["of_statement"]
    if row["record"] == RecordKind.LINE.value:
        if row["of_line"] or row["of_statement"]:
            return [(bad, "of_line", shown(row["of_line"]), "nothing: a line takes nothing back")]
        return []
    if not named:
        return [(bad, "of_line", "nothing", "of_statement and of_line: what it takes back")]
    if (row["of_line"], row["of_statement"]) == (row["line_id"], row["statement_number"]):
        return [(bad, "of_line", shown(row["of_line"]), "another line than itself")]
    return []


def _amount_faults(row: dict[str, Any]) -> list[_Fault]:
    sign = -1 if row["record"] == RecordKind.REVERSAL.value else 1
    found: list[_Fault] = []
    for name in _AMOUNTS:
        amount = row[name]
        if amount is not None and sign * amount < 0:
            told = "no positive amount in a reversal" if sign < 0 else "no negative amount outside a reversal"
            found.append((Reason.BAD_VALUE, name, f'"{format_cents(amount)}"', told))
    for name, limit in (("base", "charged"), ("amo", "base")):
        if sign * row[name] > sign * row[limit]:
            told = f"at most {limit}, {format_cents(row[limit])}"
            found.append((Reason.BAD_VALUE, name, f'"{format_cents(row[name])}"', told))
    return found


def _half_told(lines: Sequence[int], columns: Columns) -> list[Reject]:
    """Columns that say something only together."""
    found = []
    for one, other in _PAIRS:
        if not any(columns[one]) and not any(columns[other]):
            continue
        for line, first, second in zip(lines, columns[one], columns[other], strict=True):
            if bool(first) != bool(second):
                told, absent = (one, other) if first else (other, one)
                expected = f"a value, since {told} has one"
                found.append(Reject(line, Reason.BAD_VALUE, absent, "nothing", expected))
            elif one == "stay_from" and first and second < first:
                found.append(Reject(line, Reason.BAD_VALUE, other, f'"{second}"', f"a day from {first}"))
    return found


def _derived(columns: Columns, texts: list[tuple[str, ...]], keys: KeyRing) -> Columns:
    issuers = list(
        map("/".join, zip(columns["scheme_code"], columns["fund_code"], columns["office_code"], strict=True))
    )
    own = map("/".join, zip(issuers, columns["statement_number"], columns["line_id"], strict=True))
    indexes = {number: keys.blind_index("nir", number) if number else "" for number in set(columns["nir"])}
    health = [indexes[number] for number in columns["nir"]]
    who = zip(
        columns["beneficiary_number"], health, columns["birth_date"], columns["birth_rank"], strict=True
    )
    ends = zip(columns["care_end"], columns["care_start"], strict=True)
    derived: Columns = {
        "id": sealed_ids(keys, "feed-line", own),
        "takes_back": _takes_back(columns, issuers, keys),
        "fingerprint": sealed_ids(keys, "feed-values", map("\x1f".join, texts)),
        "nir_index": health,
        "identity": [f"{number}/{index}/{born}/{rank}" for number, index, born, rank in who],
        "claim_number": _claims(columns),
        "care_end": [end or start for end, start in ends],
    }
    told = {_RENAMED.get(name, name): column for name, column in columns.items() if name not in _LEFT_OUT}
    return {**told, **derived}


def _claims(columns: Columns) -> list[str]:
    """The care that a line belongs to. Where nothing says so: a professional and a day, or a stay."""
    names = ("claim_number", "stay_from", "statement_number", "executor", "care_start")
    return [
        claim or (statement if stay else _short(f"{statement}\x1f{executor}\x1f{day}"))
        for claim, stay, statement, executor, day in zip(*(columns[name] for name in names), strict=True)
    ]


def _short(text: str) -> str:
    return blake2b(text.encode(), digest_size=12).hexdigest()


def _takes_back(columns: Columns, issuers: list[str], keys: KeyRing) -> list[str | None]:
    if not any(columns["of_line"]):
        return [None] * len(issuers)
    named = zip(issuers, columns["of_statement"], columns["of_line"], strict=True)
    found = sealed_ids(keys, "feed-line", map("/".join, named))
    return [each if line else None for each, line in zip(found, columns["of_line"], strict=True)]
