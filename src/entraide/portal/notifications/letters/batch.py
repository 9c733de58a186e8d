"""A quarter's statements by post as files for a printing house; a run that was stopped goes on where it was.

In the folder: the plan, `statements-2026-Q4-0001.pdf` and so on, and at the end `letters.csv`, `skipped.csv`
and `summary.json`. While it runs, `index/` tells for each finished part what `letters.csv` will say of it.
"""

import csv
import filecmp
import io
import json
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from entraide.formats.spreadsheet import safe_cell
from entraide.portal.domain.claims.actions import note_statements_printed
from entraide.portal.domain.claims.by_post import Skipped, SumsDiffer, posted_statements
from entraide.portal.domain.claims.events import StatementsPrinted
from entraide.portal.domain.claims.periods import Quarter
from entraide.portal.notifications.letters.folder import Busy, only_run_in, write_whole
from entraide.portal.notifications.letters.plan import Order, Part, Plan, digest_of, plan_lines
from entraide.portal.notifications.letters.quarterly_statement import Letter, sheaf_of

_HEAD = ("part", "first_page", "pages", "sheets", "postcode", "member_number")
_PREVIEW = "APERÇU"
# Told to a spreadsheet: what follows is UTF-8.
_MARK = "\ufeff"
Watch = Callable[[int, int], None]


class BatchRefused(Exception):
    """Nothing false was written; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Report:
    """A finished batch: counts of letters, printed pages and sheets of paper, and what was paid, in cents."""

    quarter: str
    preview: bool
    parts: int
    letters: int
    pages: int
    sheets: int
    paid_cents: int
    skipped: int


def make_batch(
    folder: Path, *, quarter: Quarter, size: int, preview: bool, on: date, watch: Watch | None = None
) -> Report:
    """Makes what the folder lacks and tells of the whole; `watch` is told letters done, and of how many.

    Raises BatchRefused: another batch lies there or is being made, the data changed since it was planned,
    sums do not agree, the disk is full.
    """
    if not preview and not quarter.is_over(on=on):
        raise BatchRefused(f"{quarter} is not over: wait until it is, or look at it with --preview")
    _refuse_foreign(folder)
    wanted = Order(batch=uuid.uuid4().hex, quarter=quarter, on=on, size=size, preview=preview)
    try:
        with only_run_in(folder):
            return _Batch(folder, wanted).run(watch or (lambda _done, _all: None))
    except Busy:
        raise BatchRefused(f"another run is at work in {folder}: let it finish") from None
    except SumsDiffer as error:
        raise BatchRefused(f"{error}: correct the data first, nothing was made of it") from None
    except OSError as error:
        raise BatchRefused(
            f"{error.filename or folder}: {error.strerror}. Finished parts are kept, nothing is half "
            "written: make room, then run the same command again"
        ) from None


def _refuse_foreign(folder: Path) -> None:
    ours = {"lock", "plan.jsonl", "plan.jsonl.partial"}
    if folder.exists() and not folder.is_dir():
        raise BatchRefused(f"{folder}: not a folder")
    if folder.is_dir() and (found := {one.name for one in folder.iterdir()}) and not found & ours:
        raise BatchRefused(f"{folder} holds something else: choose a folder that is new or empty")


class _Batch:
    def __init__(self, folder: Path, wanted: Order) -> None:
        self.folder = folder
        self.index = folder / "index"
        self.summary = folder / "summary.json"
        self.plan = Plan(folder / "plan.jsonl")
        self.order = self._order(wanted)

    def _order(self, wanted: Order) -> Order:
        """That of the plan in the folder, if it asks for the same."""
        if not self.plan.path.exists():
            return wanted
        try:
            found = self.plan.order
        except (ValueError, KeyError):
            raise BatchRefused(
                f"{self.plan.path} is not a plan of this version: choose another folder"
            ) from None
        told = [(one.quarter, one.size, one.preview) for one in (found, wanted)]
        if told[0] != told[1]:
            raise BatchRefused(
                f"{self.folder} holds {found.quarter}, parts of {found.size}"
                f"{', a preview' if found.preview else ''}: choose another folder"
            )
        return found

    def run(self, watch: Watch) -> Report:
        if self.summary.exists():
            return Report(**json.loads(self.summary.read_text(encoding="utf-8")))
        skipped = self._settle_plan()
        self.index.mkdir(mode=0o700, exist_ok=True)
        totals, done = self.plan.totals, 0
        for part in self.plan.parts():
            if not self._path(part).exists():
                self._make(part)
            done += len(part.members)
            watch(done, totals.letters)
        return self._finish(skipped)

    def _settle_plan(self) -> list[Skipped]:
        """Writes the plan, or makes sure that the one that is there is still true."""
        skipped: list[Skipped] = []
        if not self.plan.path.exists():
            write_whole(self.plan.path, plan_lines(self.order, skipped))
            return skipped
        now = self.folder / "plan-now.jsonl"
        try:
            write_whole(now, plan_lines(self.order, skipped))
            if not filecmp.cmp(now, self.plan.path, shallow=False):
                raise _changed(self.order)
        finally:
            now.unlink(missing_ok=True)
        return skipped

    def _make(self, part: Part) -> None:
        statements = posted_statements(part.members, self.order.quarter, on=self.order.on)
        if digest_of(one.addressee for one in statements) != part.digest:
            raise _changed(self.order)
        across = _PREVIEW if self.order.preview else ""
        sheaf = sheaf_of(statements, self.order.quarter, on=self.order.on, across=across)
        rows = [_row(part, one) for one in sheaf.letters]
        told = {"paid": sum(one.paid + one.untold for one in statements), "rows": rows}
        # The part itself comes last: once it is there, all of it is.
        write_whole(self._index(part), [json.dumps(told).encode()])
        write_whole(self._path(part), [sheaf.document])

    def _finish(self, skipped: list[Skipped]) -> Report:
        pages = sheets = paid = 0
        for told in self._told():
            paid += told["paid"]
            pages += sum(row[2] for row in told["rows"])
            sheets += sum(row[3] for row in told["rows"])
        totals = self.plan.totals
        if paid != totals.amount:
            raise BatchRefused(f"letters tell of {paid} cents, payments of {totals.amount}: do not send them")
        report = Report(
            quarter=str(self.order.quarter), preview=self.order.preview, parts=totals.parts,
            letters=totals.letters, pages=pages, sheets=sheets, paid_cents=paid, skipped=totals.skipped,
        )  # fmt: skip
        write_whole(
            self.folder / "letters.csv", _csv(_HEAD, (row for one in self._told() for row in one["rows"]))
        )
        reasons = ((one.number, one.reason.value) for one in skipped)
        write_whole(self.folder / "skipped.csv", _csv(("member_number", "reason"), reasons))
        if not report.preview:
            counts = StatementsPrinted(
                batch=self.order.batch, quarter=report.quarter, letters=report.letters, pages=pages
            )
            note_statements_printed(counts)
        write_whole(self.summary, [json.dumps(asdict(report), indent=2).encode() + b"\n"])
        shutil.rmtree(self.index)
        return report

    def _told(self) -> Iterator[dict[str, Any]]:
        for part in self.plan.parts():
            yield json.loads(self._index(part).read_bytes())

    def _index(self, part: Part) -> Path:
        return self.index / f"{part.number:04d}.json"

    def _path(self, part: Part) -> Path:
        preview = "-preview" if self.order.preview else ""
        return self.folder / f"statements-{self.order.quarter}{preview}-{part.number:04d}.pdf"


def _row(part: Part, letter: Letter) -> list[int | str]:
    reader = letter.addressee
    return [part.number, letter.first_page, letter.pages, letter.sheets, reader.postcode, reader.number]


def _changed(order: Order) -> BatchRefused:
    return BatchRefused(
        f"the data is not what was planned on {order.on}: people, addresses or payments changed since. "
        "Send nothing of this folder; begin again in another one"
    )


def _csv(head: Iterable[str], rows: Iterable[Iterable[int | str]]) -> Iterator[bytes]:
    yield _MARK.encode()
    for row in (head, *rows):
        line = io.StringIO()
        csv.writer(line).writerow([safe_cell(str(cell)) for cell in row])
        yield line.getvalue().encode()
