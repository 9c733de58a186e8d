"""Who is in which part of a batch, frozen before the first part is made.

One JSON object a line: what was asked for, then the parts with the ids of their members and a digest of
their addresses and figures, then what it all adds up to. The same data gives the same bytes, and that is how
a later run finds out whether the data is still what was planned.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from entraide.portal.domain.claims.by_post import Addressee, Skipped, addressees
from entraide.portal.domain.claims.periods import Quarter

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for; `batch` names this batch in the journal, `on` is the day that its letters bear."""

    batch: str
    quarter: Quarter
    on: date
    size: int
    preview: bool

    def as_row(self) -> dict[str, Any]:
        return {
            "version": _VERSION, "batch": self.batch, "quarter": str(self.quarter), "on": self.on.isoformat(),
            "size": self.size, "preview": self.preview,
        }  # fmt: skip

    @classmethod
    def of_row(cls, row: dict[str, Any]) -> Self:
        """Raises ValueError, KeyError when the row is of something else."""
        if row["version"] != _VERSION:
            raise ValueError(row["version"])
        return cls(
            row["batch"],
            Quarter.parse(row["quarter"]),
            date.fromisoformat(row["on"]),
            row["size"],
            row["preview"],
        )


@dataclass(frozen=True, slots=True)
class Part:
    """The letters of one file, in their order."""

    number: int
    members: tuple[UUID, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Totals:
    """What the plan adds up to; `amount` is what was paid, in cents, told by the payments themselves."""

    parts: int
    letters: int
    amount: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan in its file, read as it is needed."""

    path: Path

    @property
    def order(self) -> Order:
        with self.path.open(encoding="ascii") as file:
            return Order.of_row(json.loads(file.readline()))

    @property
    def totals(self) -> Totals:
        *_rest, last = self._rows()
        return Totals(**last)

    def parts(self) -> Iterator[Part]:
        for row in self._rows():
            if "part" in row:
                yield Part(row["part"], tuple(UUID(one) for one in row["members"]), row["digest"])

    def _rows(self) -> Iterator[dict[str, Any]]:
        with self.path.open(encoding="ascii") as file:
            yield from (json.loads(line) for line in file)


def digest_of(readers: Iterable[Addressee]) -> str:
    """Of what is to be printed of these people."""
    return hashlib.sha256("\n".join(one.fingerprint for one in readers).encode()).hexdigest()


def plan_lines(order: Order, skipped: list[Skipped]) -> Iterator[bytes]:
    """The bytes of the plan as the data is now; who is left out is added to `skipped` on the way.

    Raises SumsDiffer.
    """
    yield _line(order.as_row())
    waiting: list[Addressee] = []
    parts = letters = amount = 0
    for one in addressees(order.quarter, on=order.on):
        if isinstance(one, Skipped):
            skipped.append(one)
            continue
        waiting.append(one)
        letters, amount = letters + 1, amount + one.figures.amount
        if len(waiting) == order.size:
            parts += 1
            yield _part(parts, waiting)
            waiting = []
    if waiting:
        parts += 1
        yield _part(parts, waiting)
    yield _line({"parts": parts, "letters": letters, "amount": amount, "skipped": len(skipped)})


def _part(number: int, readers: Sequence[Addressee]) -> bytes:
    members = [one.member_id.hex for one in readers]
    return _line({"part": number, "members": members, "digest": digest_of(readers)})


def _line(row: dict[str, Any]) -> bytes:
    return json.dumps(row).encode("ascii") + b"\n"
