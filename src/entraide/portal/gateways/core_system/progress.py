"""One line on a terminal that says how far long work has come."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TextIO

_WIDTH = 24
_EVERY_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Progress:
    """`stored` comes once for each file, when everything was read and checked."""

    file: str
    step: Literal["reading", "checking", "storing", "done"]
    bytes_read: int
    size: int
    rows: int
    unit: str = "rows"


Watch = Callable[[Progress], None]


def bar_on(stream: TextIO) -> Watch | None:
    """A bar for a terminal; None for a file, a pipe or a log, where it would only be noise."""
    return _Bar(stream) if stream.isatty() else None


@dataclass(slots=True)
class _Bar:
    stream: TextIO
    file: str = ""
    started: float = 0.0
    drawn: float = field(default=0.0)

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if progress.file != self.file:
            self.file, self.started, self.drawn = progress.file, now, 0.0
        if progress.step == "done":
            self.stream.write("\r\x1b[K")
        elif progress.step != "reading" or now - self.drawn >= _EVERY_SECONDS:
            self.drawn = now
            self.stream.write(f"\r\x1b[K{_line(progress, seconds=now - self.started)}")
        self.stream.flush()


def _line(progress: Progress, *, seconds: float) -> str:
    share = min(1.0, progress.bytes_read / max(1, progress.size))
    filled = round(_WIDTH * share)
    bar = "#" * filled + "-" * (_WIDTH - filled)
    if progress.step != "reading":
        return f"{progress.file} [{bar}] {progress.step} {progress.rows} {progress.unit}"
    speed = progress.rows / seconds if seconds > 0 else 0.0
    return (
        f"{progress.file} [{bar}] {share:4.0%} {progress.rows} {progress.unit}, {speed:.0f} {progress.unit}/s"
    )
