"""Everything under the current key, while others read and write; stopped anywhere, it goes on from there."""

import fcntl
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from entraide.portal.foundation.vault.resealing.stock import Batch, Stock

# A row that somebody holds is free again soon.
_ROUNDS = 20
_BETWEEN_ROUNDS_SECONDS = 0.5
# Who waits to write comes first: after each step we rest as long as it took, up to this.
_LONGEST_REST_SECONDS = 0.05

Watch = Callable[[str, int, int], None]


class AlreadyRunning(Exception):
    """Another rotation is at work in the same data folder."""


@dataclass(slots=True)
class Outcome:
    """What was sealed anew, what does not open, and what still lies under which key, by stock."""

    done: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    left: dict[str, Counter[str]] = field(default_factory=dict)


def count_keys(stocks: Sequence[Stock]) -> dict[str, Counter[str]]:
    """How many things of each stock lie under which key; nothing is opened."""
    return {one.name: one.count() for one in stocks}


def rotate(
    stocks: Sequence[Stock], *, current: str, watch: Watch = lambda _name, _done, _all: None
) -> Outcome:
    """Seals everything anew that is not under the current key; what cannot be opened stays as it is."""
    outcome = Outcome()
    for _round in range(_ROUNDS):
        outcome.broken = []
        busy = sum(_one_round(one, current=current, outcome=outcome, watch=watch) for one in stocks)
        outcome.left = count_keys(stocks)
        waiting = sum(found.total() - found[current] for found in outcome.left.values())
        if not busy and waiting <= len(outcome.broken):
            break
        time.sleep(_BETWEEN_ROUNDS_SECONDS)
    return outcome


def _one_round(stock: Stock, *, current: str, outcome: Outcome, watch: Watch) -> int:
    """How many things somebody held or changed meanwhile."""
    found = stock.count()
    wanted, done, busy = found.total() - found[current], 0, 0
    if not wanted:
        return 0
    for batch in _unhurried(stock.reseal()):
        done += batch.done
        busy += batch.busy
        outcome.broken += batch.broken
        watch(stock.name, done, wanted)
    outcome.done[stock.name] += done
    return busy


def _unhurried(batches: Iterator[Batch]) -> Iterator[Batch]:
    started = time.monotonic()
    for batch in batches:
        yield batch
        time.sleep(min(time.monotonic() - started, _LONGEST_REST_SECONDS))
        started = time.monotonic()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One rotation at a time; raises AlreadyRunning. The mark of a killed one counts for nothing."""
    handle = os.open(folder / "rotation.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning from None
        yield
    finally:
        os.close(handle)
