"""Taking in a feed (read, check, match, price, store) against the bare bulk load of the same rows.

Run in a process of its own for each database: `python -m bench.feed FOLDER`, with the settings in the
environment; prints one JSON object. Each round empties both tables and loads each once.
"""

import csv
import json
import resource
import statistics
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import django

from bench.bulk import Twin, empty, stored_rows, timed
from bench.export import number_of, write_export, write_file

ROUNDS = 3
LINES_OF_A_PERSON = 20
CONTRACT = "C40SOCLE"
_NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
# Act, price, base, rate; what is withheld follows from the act.
_ACTS = (("G", 3000, 3000, 70), ("PH7", 1243, 1243, 65), ("B", 2710, 2710, 60), ("AMK", 2106, 2106, 60))
_COLUMNS = (
    "record,line_id,statement_number,statement_date,scheme_code,fund_code,office_code,beneficiary_number,"
    "care_start,act_code,quantity,charged,base,rate,amo,payee,executor,of_statement,of_line"
)


def write_folder(folder: Path, *, lines: int, segment: str) -> None:
    """Members with a contract, in `folder`, and feed.csv with that many lines beside it."""
    people = -(-lines // LINES_OF_A_PERSON)
    members = folder / "members"
    # A member of the export has a hundred lines.
    write_export(members, lines=100 * people, segment=segment)
    for name in ("payments", "payment_lines"):
        (members / f"{name}.csv").unlink()
    numbers = [number_of(person) for person in range(people)]
    label = ("Santé", "Health", "base", "Socle", "Base", "2019-01-01", "")
    write_file(members, "contracts", ([number, CONTRACT, *label] for number in numbers))
    write_file(members, "coverages", ([number, CONTRACT, number, "2019-01-01", ""] for number in numbers))
    _write_feed(folder / "feed.csv", numbers)


def _write_feed(path: Path, numbers: list[str]) -> None:
    from entraide.formats.money import format_cents  # noqa: PLC0415
    from entraide.reimbursement import Cover, Situation, load_parameters  # noqa: PLC0415
    from entraide.reimbursement.batch import Batch, Folder, LineKind  # noqa: PLC0415

    batch = Batch([LineKind(act) for act, *_ in _ACTS], load_parameters())
    born, cover = Situation(person="bench", born_on=date(1980, 2, 3)), Cover()
    count = charged = amo = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feed", "1", "BENCH-1", "01", "381", "0000", "2026-11-20", "UTF-8"])
        writer.writerow(_COLUMNS.split(","))
        for place, number in enumerate(numbers):
            days = [
                date(2026, 1 + line // 2, 1 + (place + 9 * line) % 28) for line in range(LINES_OF_A_PERSON)
            ]
            care = sorted((day.toordinal(), line % len(_ACTS)) for line, day in enumerate(days))
            lines = [(day, kind, _ACTS[kind][1], _ACTS[kind][2], 1, kind) for day, kind in care]
            for line, result in enumerate(batch.price(Folder(born, cover, lines))):
                assert isinstance(result, tuple)
                day, kind = care[line]
                act, fee, base, rate = _ACTS[kind]
                paid = result[1] - result[2]
                writer.writerow([
                    "line", f"{number}-{line}", f"D{place % 500}", "2026-11-10", "01", "381", "0000", number,
                    date.fromordinal(day).isoformat(), act, 1, format_cents(fee), format_cents(base), rate,
                    format_cents(paid), "member", f"Cabinet {kind}", "", "",
                ])  # fmt: skip
                count, charged, amo = count + 1, charged + fee, amo + paid
        writer.writerow(["end", count, format_cents(charged), format_cents(amo)])


def measure(folder: Path) -> dict[str, Any]:
    """Seconds of each round, for the feed and for the bulk load, and the peak of memory."""
    from entraide.portal.gateways.claim_feed import take_in_feed  # noqa: PLC0415 (after django.setup)
    from entraide.portal.gateways.core_system import import_folder  # noqa: PLC0415

    import_folder(folder / "members")
    before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    report = take_in_feed(folder / "feed.csv", now=_NOW)
    assert not report.stored.rejected, report
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    table = _lines_table()
    rows, twin = stored_rows(table, order="feed_line"), Twin(table)
    twin.make()
    feeds, loads = [], []
    for _ in range(ROUNDS):
        empty(twin.name)
        loads.append(timed(lambda: twin.load(rows)))
        empty(table)
        feeds.append(timed(lambda: take_in_feed(folder / "feed.csv", now=_NOW)))
    again = timed(lambda: take_in_feed(folder / "feed.csv", now=_NOW))
    return {
        "rows": len(rows),
        "import_s": statistics.median(feeds),
        "bulk_s": statistics.median(loads),
        "again_s": again,
        "peak_mb": peak_kb / 1024,
        "before_mb": before_kb / 1024,
        "rounds": [feeds, loads],
    }


def _lines_table() -> str:
    from entraide.portal.domain.adjudication.models import AdjudicatedLine  # noqa: PLC0415

    return AdjudicatedLine._meta.db_table


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure(Path(sys.argv[1]))))
