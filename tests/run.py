"""`make test`: everything that must hold, step after step; stops at nothing, fails if anything failed.

`python -m tests.run lint` runs the first part only.
"""

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests import clamav
from tests.postgres import own_server, server_programs

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
# Where the database matters; the pure parts and the browser have no second database to see.
BOTH_DATABASES = ["tests/portal"]


def main() -> int:
    only_lint = sys.argv[1:] == ["lint"]
    results = [run(name, command) for name, command in LINT.items()]
    if not only_lint:
        install_what_is_missing()
        # Two at a time: two cores are what we count on. The longest first.
        with ThreadPoolExecutor(max_workers=2) as pool:
            steps = [on_sqlite, on_postgresql, in_chromium, the_other_mutual, deliberate_faults, the_ledger]
            steps.append(the_engine)
            results += [one.result() for one in [pool.submit(step) for step in steps]]
    for name, seconds, code in results:
        print(f"{'ok    ' if code == 0 else 'FAILED'} {seconds:6.1f} s  {name}", flush=True)
    failed = sum(code != 0 for _name, _seconds, code in results)
    print(f"steps: {len(results) - failed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


Result = tuple[str, float, int]


def in_chromium() -> Result:
    return run("pages in Chromium", pytest("tests/browser"), aside=True)


def on_postgresql() -> Result:
    with own_server() as url:
        tests = pytest("--only-with-database", *BOTH_DATABASES)
        return run("tests on PostgreSQL", tests, aside=True, TEST_DATABASE_URL=url)


def on_sqlite() -> Result:
    elsewhere = ("tests/browser", "tests/faults", "tests/reimbursement")
    others = pytest("tests", *(f"--ignore={one}" for one in elsewhere))
    return run("tests on SQLite", others, aside=True)


def the_ledger() -> Result:
    """Ninety seconds of faults under load; `make bench` plays ten minutes."""
    return run("the ledger under faults", [sys.executable, "-m", "tests.ledger"], aside=True)


def deliberate_faults() -> Result:
    return run("deliberate faults that must be found", pytest("tests/faults"), aside=True)


def the_other_mutual() -> Result:
    pages = pytest("tests/portal/member_site", "tests/mutuals")
    return run("the other mutual", pages, aside=True, TEST_MUTUAL="mieux-etre")


def the_engine() -> Result:
    """Where Django cannot be imported: the engine must do without."""
    start = "import sys, pytest; sys.modules['django'] = None; sys.exit(pytest.main(sys.argv[1:]))"
    command = [sys.executable, "-c", start, "-p", "no:django", "tests/reimbursement"]
    return run("the engine, without Django", command, aside=True)


def pytest(*paths: str) -> list[str]:
    return [sys.executable, "-m", "pytest", *paths]


LINT = {
    "format": [str(BIN / "ruff"), "format", "--check", "-q", "."],
    "lint": [str(BIN / "ruff"), "check", "-q", "."],
    "types": [str(BIN / "mypy"), "--no-error-summary"],
    "import contracts": [str(BIN / "lint-imports"), "--no-cache"],
}


def run(name: str, command: list[str], *, aside: bool = False, **environment: str) -> Result:
    """Runs one step; `aside`: beside another one, so its output is shown as a whole when it ends."""
    start = time.monotonic()
    if not aside:
        print(f"\n== {name}", flush=True)
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, check=False, text=True,
        stdout=subprocess.PIPE if aside else None, stderr=subprocess.STDOUT if aside else None,
    )  # fmt: skip
    if aside:
        print(f"\n== {name}\n{done.stdout}", flush=True)
    return name, time.monotonic() - start, done.returncode


def install_what_is_missing() -> None:
    """Debian packages of the tests, when we are root; otherwise one line that says what to install."""
    wanted = []
    if not (shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")):
        wanted.append("chromium")
    if server_programs() is None:
        wanted.append("postgresql")
    if clamav.program() is None:
        wanted.append("clamav-daemon")
    if not wanted:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SystemExit(
            f"Missing for the tests: {' and '.join(wanted)}. Install them, then run `make test` again."
        )
    # Programs, not services: as in runlevel 1, nothing is started. The tests start what they need themselves.
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=quiet)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted],
        check=True, env=quiet, stdout=subprocess.DEVNULL,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
