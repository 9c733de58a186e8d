"""`entraide feed`: one file of the electronic feed, taken in but for the lines that cannot be."""

import gc
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db import DatabaseError

from entraide.formats.money import format_cents
from entraide.portal.domain.adjudication.actions import Announced, other_content, store_feed
from entraide.portal.domain.adjudication.matching import match_lines
from entraide.portal.domain.adjudication.rejects import add_rejects, read_rejects
from entraide.portal.domain.adjudication.rows import PricedRow, priced_rows
from entraide.portal.domain.adjudication.stages import (
    LINES,
    PRICED,
    PRICED_KINDS,
    drop_stages,
    make_stages,
)
from entraide.portal.gateways.claim_feed.canonical import Announcement, FeedReader, Totals
from entraide.portal.gateways.claim_feed.check import KINDS, check_records
from entraide.portal.gateways.claim_feed.neutral import NeutralReader, fingerprint_of
from entraide.portal.gateways.claim_feed.report import FeedRefused, FeedReport, write_rejects
from entraide.portal.gateways.core_system.lock import alone
from entraide.portal.gateways.core_system.progress import Progress, Watch
from entraide.portal.gateways.core_system.stage import Stage, for_whole_files, loading


def take_in_feed(
    path: Path,
    *,
    now: datetime,
    rejects: Path | None = None,
    reader: FeedReader | None = None,
    progress: Watch | None = None,
) -> FeedReport:
    """Reads, checks, prices and stores one file; the same file twice is no change.

    Lines that cannot be taken in are told in the file `rejects` (beside the feed unless said otherwise).
    Raises FeedRefused when the file as a whole cannot be trusted: nothing of it is kept.
    """
    try:
        with ExitStack() as stack:
            if not stack.enter_context(alone()):
                raise FeedRefused(None, "", "another import at work", "its end before this one starts")
            stack.enter_context(for_whole_files())
            stack.enter_context(_what_was_there_stays())
            intake = _Intake(path, reader or NeutralReader(path), progress or _unwatched)
            return intake.run(rejects or path.with_name(f"{path.name}.rejects.jsonl"), stack, now=now)
    except FeedRefused as refusal:
        raise refusal.of(path.name) from None
    except (OSError, DatabaseError) as error:
        failure = error.strerror if isinstance(error, OSError) else str(error).strip().split("\n")[0]
        found = failure or type(error).__name__
        expected = "room and a database at work; nothing of this file was kept"
        raise FeedRefused(None, "", found, expected, file=path.name) from error


@contextmanager
def _what_was_there_stays() -> Iterator[None]:
    """The collector need not look through the whole program again and again: that takes time."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _unwatched(_progress: Progress) -> None:
    return None


class _Intake:
    """The steps of one run. Everything waits in temporary tables: a run that is killed leaves nothing."""

    def __init__(self, path: Path, reader: FeedReader, watch: Watch) -> None:
        self._path, self._reader, self._watch = path, reader, watch
        self._lines = Stage(LINES, KINDS)
        self._priced = Stage(PRICED, PRICED_KINDS)
        self._told, self._unread, self._size = Totals(0, 0, 0), 0, 0

    def run(self, rejects: Path, stack: ExitStack, *, now: datetime) -> FeedReport:
        announced = self._announced(now)
        for stage in (self._lines, self._priced):
            stage.create()
            stack.callback(stage.drop)
        make_stages()
        stack.callback(drop_stages)
        with loading():
            self._read(announced)
            self._compare(self._reader.totals())
            self._refuse_other_content(announced)
            self._tell("checking")
            match_lines()
            self._price()
            told = write_rejects(rejects, file=self._path.name, rejects=read_rejects())
        self._tell("storing")
        stored = store_feed(self._about(announced), now=now)
        self._tell("done")
        return FeedReport(
            file=self._path.name,
            lines=self._told.lines,
            stored=stored,
            rejects=rejects if told else None,
            totals_unchecked=self._unread,
        )

    def _announced(self, now: datetime) -> Announcement:
        announced = self._reader.announcement()
        if announced.made_on > now.date():
            found, expected = f'"{announced.made_on}"', f"a day until {now.date()}, today"
            raise FeedRefused(1, "made_on", found, expected)
        return announced

    def _read(self, announced: Announcement) -> None:
        keys = settings.ENTRAIDE.keys
        for records in self._reader.records():
            checked = check_records(records, made_on=announced.made_on, keys=keys)
            add_rejects(checked.rejects)
            self._lines.add(checked.lines, checked.columns)
            told, torn = self._told, {one.line for one in records.rejects}
            self._told = Totals(
                told.lines + len(records.lines) + len(torn),
                told.charged + checked.charged,
                told.amo + checked.amo,
            )
            self._unread += checked.unread
            self._size = records.size
            self._watch(
                Progress(self._path.name, "reading", records.bytes_read, records.size, self._told.lines)
            )
        self._lines.ready(columns=("line", "id", "identity", "care_date", "record", "takes_back"))

    def _compare(self, totals: Totals) -> None:
        """The end of the file must agree with what was read; amounts only if every one could be."""
        if totals.lines != self._told.lines:
            raise FeedRefused(
                None, "end", f"{self._told.lines} lines", f"{totals.lines}, as the file announces"
            )
        for name in ("charged", "amo"):
            ours, theirs = getattr(self._told, name), getattr(totals, name)
            if ours != theirs and not self._unread:
                expected = f"{format_cents(theirs)}, as the file announces"
                raise FeedRefused(None, f"end, {name}", f'"{format_cents(ours)}"', expected)

    def _refuse_other_content(self, announced: Announcement) -> None:
        if other_content(self._about(announced)):
            found = f'"{announced.number}", which another file had before'
            raise FeedRefused(1, "number", found, "a number of its own for each file")

    def _price(self) -> None:
        seen = 0
        for rows in priced_rows():
            if rows:
                self._priced.add(range(seen, seen + len(rows)), _columns(rows))
                seen += len(rows)
            self._watch(Progress(self._path.name, "storing", self._size, self._size, seen))

    def _about(self, announced: Announcement) -> Announced:
        return Announced(
            version=announced.version,
            number=announced.number,
            scheme_code=announced.scheme_code,
            fund_code=announced.fund_code,
            office_code=announced.office_code,
            made_on=announced.made_on,
            digest=fingerprint_of(self._path),
            lines=self._told.lines,
            charged=self._told.charged,
            amo=self._told.amo,
        )

    def _tell(self, step: Literal["checking", "storing", "done"]) -> None:
        self._watch(Progress(self._path.name, step, self._size, self._size, self._told.lines))


def _columns(rows: list[PricedRow]) -> dict[str, list[object]]:
    return dict(zip(PRICED_KINDS, map(list, zip(*rows, strict=True)), strict=True))
