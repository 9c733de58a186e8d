"""What taking a feed in says when it is done, and the file of the lines that stayed out."""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from entraide.portal.domain.adjudication.actions import Stored
from entraide.portal.domain.adjudication.rejects import Reject


@dataclass(frozen=True, slots=True)
class FeedReport:
    """A file that was taken in. `rejects` is the file that tells of each line that stayed out, if any did."""

    file: str
    lines: int
    stored: Stored
    rejects: Path | None
    totals_unchecked: int = 0

    def __str__(self) -> str:
        counts = self.stored
        told = (
            f"{self.file}: {self.lines} lines, {counts.new} new, {counts.unchanged} unchanged, "
            f"{counts.rejected} rejected"
        )
        if self.rejects:
            told += f", told in {self.rejects}"
        if self.totals_unchecked:
            told += (
                f"\n{self.file}: the totals were not compared, since the amounts of "
                f"{self.totals_unchecked} lines cannot be read"
            )
        if counts.alerts:
            told += f"\n{self.file}: {counts.alerts} lines are about people whose feed is not ours alone"
        return told


class FeedRefused(Exception):
    """The file as a whole was refused, and nothing of it was kept."""

    def __init__(self, line: int | None, field: str, found: str, expected: str, *, file: str = "") -> None:
        where = ", ".join(filter(None, [file, f"line {line}" if line else "", field]))
        super().__init__(f"{where}: found {found}, expected {expected}")
        self.line, self.field, self.found, self.expected = line, field, found, expected

    def of(self, file: str) -> "FeedRefused":
        """The same with the name of the file in front."""
        return FeedRefused(self.line, self.field, self.found, self.expected, file=file)


def write_rejects(path: Path, *, file: str, rejects: Iterator[Reject]) -> bool:
    """One JSON object a line; a file of an earlier run goes. Whether there was anything to tell."""
    draft = path.with_name(f".{path.name}.part")
    told = False
    try:
        with draft.open("w", encoding="utf-8") as stream:
            for one in rejects:
                told = True
                row = {
                    "file": file,
                    "line": one.line,
                    "field": one.field,
                    "reason": one.reason.value,
                    "found": one.found,
                    "expected": one.expected,
                }
                stream.write(json.dumps(row, ensure_ascii=False) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        if told:
            draft.replace(path)
        else:
            path.unlink(missing_ok=True)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return told
