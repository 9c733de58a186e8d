"""`entraide keys`: what is sealed with which key, and everything sealed anew with the new one."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from django.conf import settings

from entraide.portal.config.refused import Refused
from entraide.portal.config.wiring import SEALED_PAYLOADS
from entraide.portal.foundation.vault.holders import Holder, announced, fingerprints, holders
from entraide.portal.foundation.vault.resealing.columns import sealed_tables
from entraide.portal.foundation.vault.resealing.folders import sealed_folders
from entraide.portal.foundation.vault.resealing.rotation import AlreadyRunning, alone, count_keys, rotate
from entraide.portal.foundation.vault.resealing.stock import Stock
from entraide.portal.gateways.core_system import Progress, bar_on

# Pages are served from the same cores: whoever waits for one comes first.
_NICENESS = 5
_SHOWN = 20
# Commands that seal something or run for long. `serve` and `start` tell it in the web server and the worker.
_SEALING = frozenset(
    {"worker", "demo", "import_folder_command", "feed", "statements", "bank", "pay", "agent", "unfreeze"}
)
Left = Mapping[str, Counter[str]]


def keys(options: argparse.Namespace) -> int:
    return {"status": _status, "rotate": _rotate, "check": _check}[options.action]()


def everything_sealed() -> list[Stock]:
    """All that the data keys seal and that outlives a few minutes."""
    return [*sealed_tables(), *SEALED_PAYLOADS, *sealed_folders(settings.ENTRAIDE.data_dir / "files")]


def running_folder() -> Path:
    """Where processes say which keys they have."""
    folder: Path = settings.ENTRAIDE.data_dir / "running"
    return folder


def with_keys_told(command: str) -> AbstractContextManager[None]:
    """A rotation learns with which keys this command runs, as long as it does."""
    if command not in _SEALING:
        return nullcontext()
    return announced(running_folder(), settings.ENTRAIDE.keys, what=f"entraide {command}")


def _status() -> int:
    left = count_keys(everything_sealed())
    _tell(left)
    _say(_verdict(left))
    return 1 if _lost(left) else 0


def _rotate() -> int:
    ring = settings.ENTRAIDE.keys
    if len(ring.keys) < 2:
        raise Refused(
            f"ENTRAIDE_DATA_KEYS holds one data key, {ring.current!r}: put the new one in front of it "
            "(docs/operations/keys.md)"
        )
    _refuse_before_others_are_ready(holders(running_folder()))
    os.setpriority(os.PRIO_PROCESS, 0, _NICENESS)
    bar = bar_on(sys.stderr)

    def watch(name: str, done: int, wanted: int) -> None:
        if bar is not None:
            step = "done" if done >= wanted else "reading"
            bar(Progress(file=name, step=step, bytes_read=done, size=wanted, rows=done, unit="things"))  # type: ignore[arg-type]

    try:
        with alone(settings.ENTRAIDE.data_dir):
            outcome = rotate(everything_sealed(), current=ring.current, watch=watch)
    except AlreadyRunning:
        raise Refused("another `entraide keys rotate` is at work: let it finish") from None
    _say(f"{outcome.done.total()} sealed anew with {ring.current}")
    _tell(outcome.left)
    if outcome.broken:
        raise Refused(_list("does not open, and was left as it is:", outcome.broken))
    _say(_verdict(outcome.left))
    return 1 if _lost(outcome.left) or _former(outcome.left) else 0


def _check() -> int:
    stocks = everything_sealed()
    broken = [place for one in stocks for place in one.broken()]
    if broken:
        raise Refused(_list("altered, exchanged, or sealed with a key that is not there:", broken))
    _say(f"{sum(one.count().total() for one in stocks)} sealed values and files, all of them open")
    return 0


def _refuse_before_others_are_ready(others: list[Holder]) -> None:
    """One without the new key could not read what is sealed anew; one that seals with a former goes on."""
    ring = settings.ENTRAIDE.keys
    new = fingerprints(ring)[ring.current]
    late = [one for one in others if one.keys.get(ring.current) != new or one.current != ring.current]
    if late:
        told = "\n".join(f"  {one}: seals with {one.current}, knows {', '.join(one.keys)}" for one in late)
        raise Refused(f"these run with other keys; start them again with {ring.current} in front:\n{told}")


def _lost(left: Left) -> set[str]:
    """Keys that are not in the ring and that something is still sealed with."""
    return {key for found in left.values() for key in found} - set(settings.ENTRAIDE.keys.keys)


def _former(left: Left) -> set[str]:
    ring = settings.ENTRAIDE.keys
    return {key for found in left.values() for key in found} & set(ring.keys) - {ring.current}


def _verdict(left: Left) -> str:
    ring = settings.ENTRAIDE.keys
    lost, former = _lost(left), _former(left)
    unused = sorted(set(ring.keys) - {ring.current} - former)
    lines = [f"NOT READABLE: the key {key or '(none)'} is not in ENTRAIDE_DATA_KEYS" for key in sorted(lost)]
    lines += [f"{key} is still needed: run `entraide keys rotate`" for key in sorted(former)]
    lines += [
        f"nothing is sealed with {key} any more: take it out of ENTRAIDE_DATA_KEYS ten minutes from now, "
        "and keep it as long as a backup of before"
        for key in unused
    ]
    return "\n".join(lines or [f"everything is sealed with {ring.current}"])


def _tell(left: Left) -> None:
    current = settings.ENTRAIDE.keys.current
    for name, found in left.items():
        counts = [f"{key or '(none)'} {count}" for key, count in sorted(found.items())]
        _say(f"{name:<32} {', '.join(counts) or 'nothing'}")
    totals = sum(left.values(), Counter[str]())
    _say(
        f"{'in all':<32} {', '.join(f'{key} {count}' for key, count in sorted(totals.items())) or 'nothing'}"
    )
    _say(f"{'seals from now on':<32} {current}")


def _list(head: str, places: list[str]) -> str:
    more = [f"  and {len(places) - _SHOWN} more"] if len(places) > _SHOWN else []
    return "\n".join([f"{len(places)} {head}", *(f"  {one}" for one in places[:_SHOWN]), *more])


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
