"""Statements by post of many members, made while others read pages.

Run in a process of its own: `python -m bench.post [LETTERS]`, with the settings in the environment, on a
database with its tables and no people; prints one JSON object. Readers ask for page after page, first alone,
then beside the batch; the batch is killed once on the way and run again.
"""

import asyncio
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import django

from bench.browser import Browser
from bench.export import ACTS, number_of, person_row, write_file
from bench.people import load, people
from bench.portal import serving
from bench.sign_ins import PAGES, Mailbox, Measured, sign_in
from entraide.demo.folder import COLUMNS, LINE_DETAILS
from entraide.formats.money import format_cents

LETTERS = 1500
# What a family has in a quarter, more or less; three pages or two.
PAYMENTS, LINES_OF_A_PAYMENT = 3, 3
READERS = 4
SECONDS = 10
PAUSE_SECONDS = 0.5
QUARTER, FIRST_DAY = "2026-Q3", date(2026, 7, 2)
# Far from the numbers of those who read pages.
_FIRST = 1000


def write_post_export(folder: Path, *, members: int, segment: str) -> None:
    """As many members by post, each paid three times in the quarter for three lines of care each."""
    everybody = range(_FIRST, _FIRST + members)
    write_file(folder, "members", ([number_of(one), segment, "2019-01-01", "", "post"] for one in everybody))
    write_file(folder, "beneficiaries", map(person_row, everybody))
    keys = [(one, payment) for one in range(members) for payment in range(PAYMENTS)]
    write_file(folder, "payments", (_payment(*key) for key in keys))
    told = [name for name in COLUMNS["payment_lines"].split(",") if name not in LINE_DETAILS.split(",")]
    lines = (_line(*key, line) for key in keys for line in range(LINES_OF_A_PAYMENT))
    write_file(folder, "payment_lines", lines, columns=told)


def _payment(member: int, payment: int) -> Iterable[object]:
    amount = sum(shares_of(member, payment, line)[2] for line in range(LINES_OF_A_PAYMENT))
    day, number = paid_on(member, payment), number_of(_FIRST + member)
    yield from (f"Q{member:07d}{payment}", number, f"R{number}-{day:%Y%m}", day, format_cents(amount))
    yield from ("member", f"Camille Fictif{_FIRST + member}", "transfer", "0189")


def paid_on(member: int, payment: int) -> date:
    return FIRST_DAY + timedelta(days=16 * payment + member % 16)


def shares_of(member: int, payment: int, line: int) -> tuple[int, int, int, int]:
    _kind, _code, _fr, _en, charged, base, rate = ACTS[(payment + line) % len(ACTS)]
    charged += (member * 37 + payment * 11 + line * 3) % 500
    amo = base * rate // 100
    return charged, amo, base - amo, charged - base


def _line(member: int, payment: int, line: int) -> Iterator[object]:
    kind, code, label_fr, label_en, _charged, base, rate = ACTS[(payment + line) % len(ACTS)]
    charged, amo, amc, left = map(format_cents, shares_of(member, payment, line))
    name = f"{member:07d}{payment}"
    yield from (f"M{name}{line}", f"Q{name}", number_of(_FIRST + member), f"T{name}{line // 2}")
    yield from (paid_on(member, payment) - timedelta(days=3 + line), kind, code, label_fr, label_en)
    yield from (f"Dr Exemple {(member + line) % 800}", charged, format_cents(base), rate, amo, amc, left)


class Batch:
    """The command as an operator starts it; `peak_mb` once it has ended by itself."""

    def __init__(self, folder: Path) -> None:
        wanted = ["statements", "--quarter", QUARTER, "--out", str(folder)]
        self._command = [sys.executable, "-m", "entraide.portal.config.cli", *wanted]
        self._process: subprocess.Popen[bytes] | None = None
        self.peak_mb = 0.0
        self.seconds = 0.0

    def start(self) -> None:
        self._started = time.perf_counter()
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        """As a power cut would."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self.seconds += time.perf_counter() - self._started

    async def end(self) -> None:
        assert self._process is not None
        ended = await asyncio.get_running_loop().run_in_executor(None, os.wait4, self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(ended[1])
        if self._process.returncode:
            raise SystemExit(f"the batch ended with {self._process.returncode}")
        self.peak_mb = ended[2].ru_maxrss / 1024
        self.seconds += time.perf_counter() - self._started


async def _read(browser: Browser, first: int, seen: list[float], until: asyncio.Event, pause: float) -> None:
    turn = first
    while not until.is_set():
        answer = await browser.get(PAGES[turn % len(PAGES)])
        if answer.status != 200:
            raise SystemExit(f"{answer.path} answered {answer.status}")
        seen.append(answer.seconds)
        turn += 1
        await asyncio.sleep(pause)


async def _reading(browsers: list[Browser], until: asyncio.Event, *, pause: float = 0) -> list[float]:
    seen: list[float] = []
    await asyncio.gather(*(_read(one, place, seen, until, pause) for place, one in enumerate(browsers)))
    return seen


async def _read_for(browsers: list[Browser], seconds: float) -> dict[str, float]:
    until = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, until.set)
    seen = await _reading(browsers, until)
    centiles = statistics.quantiles(seen, n=100, method="inclusive")
    return {"pages_s": len(seen) / seconds, "p50": centiles[49], "p95": centiles[94]}


async def _measure(port: int, folder: Path) -> dict[str, Any]:
    mailbox, browsers = Mailbox(), []
    codes = asyncio.create_task(mailbox.read_on())
    for person in people(READERS):
        browsers.append(Browser(port, person.source))
        await sign_in(browsers[-1], person, mailbox, Measured())
    codes.cancel()
    batch = Batch(folder)
    await _read_for(browsers, 2)
    alone = await _read_for(browsers, SECONDS)
    batch.start()
    await asyncio.sleep(2)
    beside = await _read_for(browsers, SECONDS)
    batch.kill()
    batch.start()
    until = asyncio.Event()
    later = asyncio.create_task(_reading(browsers, until, pause=PAUSE_SECONDS))
    await batch.end()
    until.set()
    slowly = statistics.quantiles(await later, n=100, method="inclusive")[94]
    summary = json.loads((folder / "summary.json").read_text())
    return {
        "alone": alone, "beside": beside, "p95_slowly": slowly, "letters": summary["letters"],
        "sheets": summary["sheets"], "seconds": batch.seconds, "peak_mb": batch.peak_mb,
    }  # fmt: skip


def measure(letters: int) -> dict[str, Any]:
    """Pages a second and their times without and beside the batch; the batch's speed and memory."""
    from django.conf import settings  # noqa: PLC0415 (after django.setup)

    from entraide.portal.gateways.core_system import import_folder  # noqa: PLC0415

    load(READERS)
    with tempfile.TemporaryDirectory(prefix="entraide-bench-") as name:
        write_post_export(Path(name), members=letters, segment=settings.PROFILE.segments[0].id)
        import_folder(Path(name))
    with tempfile.TemporaryDirectory(prefix="entraide-bench-") as name, serving() as port:
        return asyncio.run(_measure(port, Path(name) / "post"))


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else LETTERS)))
