"""The two tables of statements: beside WeasyPrint, and by post beside members who read pages."""

import json
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from typing import Any

from bench.peers import ROOT, install_pango, peer_python

TIMES = 8
KEPT = 0.5
ROUNDS = 5
# Runs Python on the settings of a measurement, and gives back what it printed.
Run = Callable[..., str]


def beside_weasyprint(run: Run) -> tuple[str, bool]:
    """The portal's statement against the same pages by WeasyPrint; the aim, and whether it was reached."""
    install_pango()
    print(
        "Statements of 25 lines on three pages, tagged (PDF/UA-1), each with other figures, one process each,"
    )
    print("best of 5 rounds. Ours finds its words too; WeasyPrint 70 is given the same words.\n")
    print(f"{'':<14}{'documents/s':>13}{'a second of CPU':>17}{'size':>9}")
    rounds = []
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(ROUNDS):
            ours = json.loads(run("-m", "bench.statement", folder, str(turn * 1000), "40").splitlines()[-1])
            rounds.append((ours, _peer(folder, count=6)))
    found = [_best(each) for each in zip(*rounds, strict=True)]
    for name, one in zip(("entraide", "WeasyPrint"), found, strict=True):
        each, of_cpu = (one["documents"] / one[key] for key in ("seconds", "cpu_seconds"))
        print(f"{name:<14}{each:>13.1f}{of_cpu:>17.1f}{one['bytes'] / 1000:>6.0f} kB")
    mine, theirs = (one["documents"] / one["seconds"] for one in found)
    print(f"\n{mine / theirs:.1f} times as many.")
    return f"at least {TIMES} times as many", mine >= TIMES * theirs


def _peer(folder: str, *, count: int) -> dict[str, float]:
    command = [peer_python(), "bench/peers/weasyprint_statements.py", folder, str(count)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _best(rounds: Sequence[dict[str, float]]) -> dict[str, float]:
    # Other work on the machine only ever makes a round slower.
    return min(rounds, key=lambda one: one["seconds"] / one["documents"])


def beside_readers(run: Run, *, letters: int) -> tuple[str, bool]:
    """A batch of that many letters while members read pages; the aim, and whether it was reached."""
    print(
        f"{letters:,} statements by post on PostgreSQL (`entraide statements`, 9 lines each), killed once on"
    )
    print("the way and run again, while 4 members read pages as fast as they can.\n")
    found: dict[str, Any] = json.loads(run("-m", "bench.post", str(letters)).splitlines()[-1])
    print(f"{'pages':<22}{'pages/s':>9}{'p50':>10}{'p95':>10}")
    for name, one in (("alone", found["alone"]), ("beside the batch", found["beside"])):
        print(f"{name:<22}{one['pages_s']:>9.1f}{one['p50'] * 1000:>7.0f} ms{one['p95'] * 1000:>7.0f} ms")
    print(f"\n{'letters':<22}{'a second':>9}{'all in':>10}{'sheets':>10}{'memory':>10}")
    print(
        f"{found['letters']:<22,}{found['letters'] / found['seconds']:>9.1f}{found['seconds']:>8.0f} s"
        f"{found['sheets']:>10,}{found['peak_mb']:>7.0f} MB"
    )
    kept = found["beside"]["pages_s"] / found["alone"]["pages_s"]
    reached = kept > KEPT and found["letters"] == letters
    return f"every letter once, and more than half of the pages ({kept:.0%})", reached
