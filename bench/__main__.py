"""`python -m bench`: every measurement next to its peer or its limit; `python -m bench sign-ins`: one."""

import base64
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from tests.clamav import own_clamd
from tests.postgres import own_server

from bench.alike import LIMIT
from bench.card import LIMIT_MS as CARD_MS
from bench.directory_table import print_table as print_directory
from bench.export import write_export
from bench.feed import write_folder as write_feed_folder
from bench.household import LIMIT as WITHIN
from bench.household_table import print_table
from bench.peers import peer_python
from bench.queue import LIMIT as QUEUE_WITHIN
from bench.queue import measure as measure_queue
from bench.queue import print_table as print_queue
from bench.reimbursement import LINES as PRICED
from bench.statements import beside_readers, beside_weasyprint
from bench.uploads import told as told_uploads

ROOT = Path(__file__).resolve().parents[1]
MUTUAL = "mese"
LINES = 200_000
FED = 60_000
AIM = 0.25
LINE_MS, ANSWER_MS = 1, 100
POSTED = 1500
SIGN_INS_SECONDS = 60
PAGES_P95_SECONDS = 1.0


def main(wanted: list[str]) -> int:
    """Prints the tables; 1 when an aim is missed, 2 when a measurement is unknown."""
    known = MEASUREMENTS | LONG
    if not set(wanted) <= set(known):
        print(f"known measurements: {', '.join(MEASUREMENTS)}; only when asked for: {', '.join(LONG)}")
        return 2
    reached = [known[name]() for name in wanted or MEASUREMENTS]
    return 0 if all(reached) else 1


def imports() -> bool:
    """The import of payments against the database's own bulk load."""
    print(f"Import of {LINES:,} payment lines (whole command: read, check, store), median of 3 rounds,")
    print("against the same rows through the database's own bulk load, same keys and indexes, same run.\n")
    print(
        f"{'database':<12}{'import':>14}{'bulk load':>14}{'ratio':>8}{'loaded again':>15}{'peak memory':>13}"
    )
    return _against_bulk_load("bench.imports", partial(write_export, lines=LINES))


def feed() -> bool:
    """The electronic feed, end to end, against the database's own bulk load of the rows it stores."""
    print(f"A feed of {FED:,} lines (read, check, match, price, store), median of 3 rounds, against the same")
    print("rows through the database's own bulk load, same keys and indexes, same run.\n")
    print(f"{'database':<12}{'feed':>14}{'bulk load':>14}{'ratio':>8}{'loaded again':>15}{'peak memory':>13}")
    return _against_bulk_load("bench.feed", partial(write_feed_folder, lines=FED))


def sign_ins() -> bool:
    """A thousand sign-ins at once, against the limits of the requirement."""
    print(
        "1,000 people sign in at the same moment (page, password, question, code, home page) on the portal as"
    )
    print("`entraide serve` starts it, client and database on the same machine, while 4 others read pages.\n")
    print(
        f"{'database':<12}{'signed in':>11}{'all within':>12}{'faults':>8}{'pages p95':>11}{'pages max':>11}"
        f"{'portal CPU':>12}"
    )
    reached = _on_both("bench.sign_ins", _sign_ins)
    limits = f"all within {SIGN_INS_SECONDS} s, no fault, other pages under {PAGES_P95_SECONDS:.0f} s at p95"
    return _conclude(limits, reached)


def alike() -> bool:
    """What the door takes for known and for unknown people."""
    print("Answers to known and unknown people, 40 of each in random order, medians.\n")
    print(f"{'form':<26}{'known':>12}{'unknown':>12}{'gap':>8}{'rounds':>8}")
    with _environment(None) as environment:
        _python(environment, "-m", "entraide.portal.config.cli", "migrate")
        found: dict[str, Any] = json.loads(_python(environment, "-m", "bench.alike").splitlines()[-1])
    for path, one in found.items():
        known, unknown = f"{one['known_s'] * 1000:.1f} ms", f"{one['unknown_s'] * 1000:.1f} ms"
        print(f"{path:<26}{known:>12}{unknown:>12}{one['gap']:>8.1%}{one['rounds']:>8}", flush=True)
    return _conclude(f"a gap of {LIMIT:.0%} at most", all(one["gap"] <= LIMIT for one in found.values()))


def engine() -> bool:
    """The engine, with allowances in the order of care, against openfisca-core without them."""
    print(
        f"{PRICED:,} act lines of 120,000 people priced in one process: ours with yearly allowances, caps and"
    )
    print(
        "counts in the order of care; openfisca-core 46 without, since it has no order. Median of 3 rounds.\n"
    )
    print(f"{'engine':<28}{'lines/s':>12}{'lines/s of CPU':>16}{'health insurance':>20}{'contract':>18}")
    with tempfile.TemporaryDirectory() as folder:
        _python(dict(os.environ), "-m", "bench.reimbursement", "--for-peer", folder)
        inputs = [f"{folder}/lines", f"{folder}/tables.json"]
        rounds = [
            (
                _figures(sys.executable, "-m", "bench.reimbursement"),
                _figures(peer_python(), "bench/peers/openfisca_lines.py", *inputs),
            )
            for _round in range(3)
        ]
    ours, theirs = (sorted(each, key=lambda one: one["seconds"])[1] for each in zip(*rounds, strict=True))
    for name, one in (("entraide", ours), ("openfisca-core, no counters", theirs)):
        print(
            f"{name:<28}{PRICED / one['seconds']:>12,.0f}{PRICED / one['cpu_seconds']:>16,.0f}"
            f"{one['gross'] / 100:>18,.2f} €{one['paid'] / 100:>16,.2f} €"
        )
    same = ours["gross"] == theirs["gross"]
    if not same:
        print("\nThe two do not agree on what health insurance owes: one of them is wrong.")
    return _conclude("no slower than openfisca-core", same and ours["seconds"] <= theirs["seconds"])


def simulator() -> bool:
    """One explained line, and one answer of the simulator at the running portal."""
    print("One line priced with its explanation, and one answer of the simulator, page included.\n")
    print(f"{'':<28}{'median':>12}{'p95':>12}{'limit':>12}")
    with _environment(None) as environment:
        _python(environment, "-m", "entraide.portal.config.cli", "migrate")
        found: dict[str, float] = json.loads(_python(environment, "-m", "bench.simulator").splitlines()[-1])
    line, median, p95 = (found[name] * 1000 for name in ("line", "answer_median", "answer_p95"))
    print(f"{'explained line':<28}{line:>9.3f} ms{'':>12}{LINE_MS:>9} ms")
    print(f"{'answer of the simulator':<28}{median:>9.1f} ms{p95:>9.1f} ms{ANSWER_MS:>9} ms")
    return _conclude("both within their limits", line <= LINE_MS and p95 <= ANSWER_MS)


def card() -> bool:
    """One card in PDF, its signed QR included."""
    print("A card in PDF (code signed, QR drawn, page set and tagged), each of another person.\n")
    print(f"{'':<28}{'median':>12}{'p95':>12}{'limit':>12}")
    with _environment(None) as environment:
        found: dict[str, float] = json.loads(_python(environment, "-m", "bench.card").splitlines()[-1])
    median, p95 = found["median"] * 1000, found["p95"] * 1000
    print(f"{'card':<28}{median:>9.1f} ms{p95:>9.1f} ms{CARD_MS:>9} ms")
    return _conclude(f"the median within {CARD_MS} ms", median <= CARD_MS)


def statements() -> bool:
    """Documents a second beside WeasyPrint; then a batch by post while others read pages."""
    with _environment(None) as environment:
        reached = _conclude(*beside_weasyprint(partial(_python, environment)))
    return _posted(POSTED) and reached


def household() -> bool:
    """The pages of ten years and 5,000 lines against those of one year, and of almost nothing."""
    print(
        "Pages of a family of four with ten years of care (5,000 lines, 400 statements, 200 requests), of the"
    )
    print(
        "same family with one such year (as many rows on each page), and with one payment, asked in turn of"
    )
    print("the running portal: medians of 60. In brackets the processor time of the portal's processes.\n")
    reached = _on_both("bench.household", print_table)
    return _conclude(f"{WITHIN} times almost empty at most, on every page", reached)


def queue() -> bool:
    """The desk's queue of 100,000 open requests against that of 100."""
    print("The desk's queue at the running portal, with as many rows on each page: medians of 60, and the")
    print("median of the ratios of what was asked together. In brackets the processor time of the portal.\n")
    with own_server(durable=True) as short, own_server(durable=True) as long:
        reached = [_queue_on(None, None), _queue_on(short, long)]
    return _conclude(f"{QUEUE_WITHIN} times the short queue at most, on every page", all(reached))


def _queue_on(short: str | None, long: str | None) -> bool:
    with _environment(short) as brief, _environment(long) as lengthy:
        for one in (brief, lengthy):
            _python(one, "-m", "entraide.portal.config.cli", "migrate")
        found = measure_queue({"short": brief, "long": lengthy})
    return print_queue("PostgreSQL" if short else "SQLite", found)


def directory() -> bool:
    """The nearest opticians of a network, against PostgreSQL's own spatial index."""
    print(
        "The nearest 20 opticians of a network within 10 km among 500,000 entries, through the portal's own"
    )
    print("query; PostgreSQL's earthdistance with GiST is asked the same, in the same run.\n")
    found: dict[str, Any] = {}
    with own_server(durable=True) as address:
        for name, database in (("PostgreSQL", address), ("SQLite", None)):
            with _environment(database) as environment:
                _python(environment, "-m", "entraide.portal.config.cli", "migrate")
                found[name] = json.loads(_python(environment, "-m", "bench.directory").splitlines()[-1])
    return _conclude(*print_directory(found))


def _on_both(module: str, table: Callable[[str, Any], bool]) -> bool:
    """Runs the module on SQLite and on PostgreSQL, and prints the table of each."""
    with own_server(durable=True) as address:
        reached = [_on(database, module, table) for database in (None, address)]
    return all(reached)


def _on(database: str | None, module: str, table: Callable[[str, Any], bool]) -> bool:
    with _environment(database) as environment:
        _python(environment, "-m", "entraide.portal.config.cli", "migrate")
        found: Any = json.loads(_python(environment, "-m", module).splitlines()[-1])
    return table("PostgreSQL" if database else "SQLite", found)


def fifty_thousand() -> bool:
    """The same batch, of 50,000 letters: half an hour and more."""
    return _posted(50_000)


def _posted(letters: int) -> bool:
    with own_server(durable=True) as address, _environment(address) as environment:
        _python(environment, "-m", "entraide.portal.config.cli", "migrate")
        return _conclude(*beside_readers(partial(_python, environment), letters=letters))


def ledger() -> bool:
    """Ten minutes of faults under load: the step of `make test`, longer."""
    command = [sys.executable, "-m", "tests.ledger", "--seconds", "600"]
    held = subprocess.run(command, cwd=ROOT, check=False).returncode == 0
    return _conclude("everything that was answered is stored once and acknowledged once", held)


def uploads() -> bool:
    """Ten thousand files of 200 kB by fifty people, and the antivirus behind them."""
    with own_server(durable=True) as address, own_clamd() as clamd, _environment(address) as environment:
        environment["ANTIVIRUS_URL"] = clamd.url
        _python(environment, "-m", "entraide.portal.config.cli", "migrate")
        found: dict[str, Any] = json.loads(_python(environment, "-m", "bench.uploads").splitlines()[-1])
    return _conclude(*told_uploads(found))


MEASUREMENTS: dict[str, Callable[[], bool]] = {
    "engine": engine,
    "simulator": simulator,
    "card": card,
    "imports": imports,
    "feed": feed,
    "sign-ins": sign_ins,
    "alike": alike,
    "statements": statements,
    "household": household,
    "queue": queue,
    "directory": directory,
    "ledger": ledger,
    "uploads": uploads,
}
# Only when asked for.
LONG: dict[str, Callable[[], bool]] = {"fifty-thousand-statements": fifty_thousand}


def _figures(*command: str) -> dict[str, float]:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _conclude(aim: str, reached: bool) -> bool:
    print(f"\nAim: {aim}: {'reached' if reached else 'MISSED'}.\n", flush=True)
    return reached


def _sign_ins(name: str, found: dict[str, Any]) -> bool:
    within, cpu = f"{found['seconds']:.1f} s", f"{found['cpu_seconds']:.0f} s"
    p95, slowest = f"{found['pages_p95']:.2f} s", f"{found['pages_max']:.2f} s"
    print(
        f"{name:<12}{found['sign_ins']:>11,}{within:>12}{found['faults']:>8}{p95:>11}{slowest:>11}{cpu:>12}",
        flush=True,
    )
    for fault in found["kinds_of_faults"]:
        print(f"  {fault}")
    in_time = found["seconds"] <= SIGN_INS_SECONDS and found["pages_p95"] <= PAGES_P95_SECONDS
    return in_time and not found["faults"]


def _against_bulk_load(module: str, write: Callable[..., object]) -> bool:
    """A folder that `write` fills, taken in by the module, on SQLite and on PostgreSQL."""
    ratios = [_taken_in("SQLite", None, module, write)]
    with own_server(durable=True) as address:
        ratios.append(_taken_in("PostgreSQL", address, module, write))
    return _conclude(f"at least {AIM:.0%} of the bulk load", min(ratios) >= AIM)


def _taken_in(name: str, database: str | None, module: str, write: Callable[..., object]) -> float:
    with _environment(database) as environment, tempfile.TemporaryDirectory() as folder:
        write(Path(folder), segment=_segment())
        _python(environment, "-m", "entraide.portal.config.cli", "migrate")
        return _told(name, json.loads(_python(environment, "-m", module, folder).splitlines()[-1]))


def _told(name: str, figures: dict[str, Any]) -> float:
    rows = figures["rows"]
    ratio: float = figures["bulk_s"] / figures["import_s"]
    speed = f"{rows / figures['import_s']:,.0f} l/s"
    peer = f"{rows / figures['bulk_s']:,.0f} l/s"
    again = f"{rows / figures['again_s']:,.0f} l/s"
    print(
        f"{name:<12}{speed:>14}{peer:>14}{ratio:>8.0%}{again:>15}{figures['peak_mb']:>10.0f} MB", flush=True
    )
    return ratio


def _segment() -> str:
    from entraide.profiles import load_profile  # noqa: PLC0415 (the package is installed by make)

    return load_profile(ROOT / "mutuals" / MUTUAL).segments[0].id


@contextmanager
def _environment(database: str | None) -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory(prefix="entraide-bench-") as data:
        yield {
            **os.environ,
            "ENTRAIDE_MUTUAL": MUTUAL,
            "ENTRAIDE_PUBLIC_URL": "http://localhost:8000",
            "ENTRAIDE_DEMO": "1",
            "ENTRAIDE_DATA_DIR": data,
            "ENTRAIDE_SECRET_KEY": "only-for-the-bench-" * 4,
            "ENTRAIDE_DATA_KEYS": f"index:{_key('i')},k1:{_key('k')}",
            "DJANGO_SETTINGS_MODULE": "entraide.portal.config.settings",
            "DATABASE_URL": database or f"sqlite:///{data}/bench.sqlite3",
        }


def _key(letter: str) -> str:
    return base64.b64encode(letter.encode() * 32).decode()


def _python(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, *arguments]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
