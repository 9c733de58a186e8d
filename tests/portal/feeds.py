"""Files of the electronic feed, invented; every line is right unless a test spoils it."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from entraide.formats.money import format_cents, parse_cents
from entraide.portal.gateways.claim_feed import FeedReport, take_in_feed

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
MADE_ON = "2026-11-20"
Line = dict[str, str]

COLUMNS = (
    "record", "line_id", "statement_number", "statement_date", "of_statement", "of_line", "scheme_code",
    "fund_code", "office_code", "beneficiary_number", "nir", "birth_date", "birth_rank", "claim_number",
    "care_start", "care_end", "act_code", "detail_code", "quantity", "coefficient", "unit_price", "charged",
    "base", "rate", "amo", "withheld", "exemption", "pathway", "sector", "side", "tooth", "lens_right",
    "lens_left", "sight_changed", "stay_from", "stay_until", "ward", "payee", "executor", "executor_number",
    "speciality", "prescriber",
)  # fmt: skip
_VISIT = {
    "record": "line", "statement_number": "D1", "statement_date": "2026-11-10", "scheme_code": "01",
    "fund_code": "381", "office_code": "0000", "beneficiary_number": "30041827", "care_start": "2026-11-02",
    "act_code": "G", "quantity": "1", "charged": "30.00", "base": "30.00", "rate": "70", "amo": "19.00",
    "withheld": "2.00", "payee": "member", "executor": "Docteur Amandier",
}  # fmt: skip


def visit(number: object = 1, **values: str) -> Line:
    """A visit to a doctor: 30 euros, 70 %, two euros withheld."""
    return dict.fromkeys(COLUMNS, "") | _VISIT | {"line_id": f"L{number}"} | values


def session(number: object, day: str, **values: str) -> Line:
    """A session of soft medicine, which uses an allowance: three at 25 euros a year."""
    told = {"act_code": "OST", "charged": "55.00", "base": "0.00", "rate": "0", "amo": "0.00"}
    more = {"withheld": "", "executor": "Paul Roux", "care_start": day}
    return visit(number, **(told | more | values))


def reversal(of: Line, number: object, **values: str) -> Line:
    """The line that takes `of` back."""
    amounts = {name: _opposite(of[name]) for name in ("charged", "base", "amo", "withheld")}
    told = {"record": "reversal", "of_statement": of["statement_number"], "of_line": of["line_id"]}
    return of | amounts | told | {"line_id": f"L{number}", "statement_number": "D9"} | values


def reissue(of: Line, number: object, **values: str) -> Line:
    """The line that stands in the place of `of`."""
    told = {"record": "reissue", "of_statement": of["statement_number"], "of_line": of["line_id"]}
    return of | told | {"line_id": f"L{number}", "statement_number": "D9"} | values


def _opposite(text: str) -> str:
    return format_cents(-parse_cents(text)) if text else ""


def feed_text(lines: Sequence[Mapping[str, str]], *, number: str = "F1", **changes: str) -> str:
    """The whole file; `header` and `end` replace the first and the last record."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    header = changes.get("header", f"feed,1,{number},01,381,0000,{MADE_ON},UTF-8")
    writer.writerow(COLUMNS)
    for line in lines:
        writer.writerow([line[name] for name in COLUMNS])
    end = changes.get("end", f"end,{len(lines)},{_total(lines, 'charged')},{_total(lines, 'amo')}")
    return f"{header}\n{stream.getvalue()}{end}\n"


def _total(lines: Sequence[Mapping[str, str]], name: str) -> str:
    return format_cents(sum(parse_cents(line[name]) for line in lines))


def write_feed(path: Path, *lines: Mapping[str, str], number: str = "F1", **changes: str) -> Path:
    path.write_text(feed_text(lines, number=number, **changes), encoding="utf-8")
    return path


def stream_feed(path: Path, lines: Iterable[Mapping[str, str]], *, number: str = "F1") -> Path:
    """The same for files of any size, line by line."""
    count = charged = amo = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(f"feed,1,{number},01,381,0000,{MADE_ON},UTF-8\n{','.join(COLUMNS)}\n")
        for line in lines:
            stream.write(",".join(line[name] for name in COLUMNS) + "\n")
            count += 1
            charged, amo = charged + parse_cents(line["charged"]), amo + parse_cents(line["amo"])
        stream.write(f"end,{count},{format_cents(charged)},{format_cents(amo)}\n")
    return path


def take_in(folder: Path, *lines: Mapping[str, str], number: str = "F1", **changes: str) -> FeedReport:
    """Writes the file and takes it in."""
    return take_in_feed(write_feed(folder / f"{number}.csv", *lines, number=number, **changes), now=NOW)
