"""`python -m bench`: every measurement, each next to its peer."""

import base64
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.postgres import own_server

from bench.export import write_export

ROOT = Path(__file__).resolve().parents[1]
MUTUAL = "mese"
LINES = 200_000
AIM = 0.25


def main() -> int:
    """Prints the table; 1 when an aim is missed."""
    print(f"Import of {LINES:,} payment lines (whole command: read, check, store), median of 3 rounds,")
    print("against the same rows through the database's own bulk load, same keys and indexes, same run.\n")
    print(
        f"{'database':<12}{'import':>14}{'bulk load':>14}{'ratio':>8}{'loaded again':>15}{'peak memory':>13}"
    )
    ratios = [_imports("SQLite", database=None)]
    with own_server(durable=True) as address:
        ratios.append(_imports("PostgreSQL", database=address))
    missed = min(ratios) < AIM
    print(f"\nAim: at least {AIM:.0%} of the bulk load: {'MISSED' if missed else 'reached'}.")
    return 1 if missed else 0


def _imports(name: str, *, database: str | None) -> float:
    with _environment(database) as environment, tempfile.TemporaryDirectory() as export:
        write_export(Path(export), lines=LINES, segment=_segment())
        _python(environment, "-m", "entraide.portal.config.cli", "migrate")
        figures: dict[str, Any] = json.loads(
            _python(environment, "-m", "bench.imports", export).splitlines()[-1]
        )
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
    sys.exit(main())
