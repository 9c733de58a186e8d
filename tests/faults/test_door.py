"""The machine is worth what it finds: each deliberate fault of the door makes it fail."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.door import FAULTS, Fault

ROOT = Path(__file__).resolve().parents[2]
MACHINE = "tests/portal/member_site/access/test_machine.py"


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without rows, for each machine to copy: no fault is in what makes the tables."""
    file = tmp_path_factory.mktemp("tables") / "tables.sqlite3"
    command = [sys.executable, "-m", "entraide.portal.config.cli", "migrate"]
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{file}"}
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    return file


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: one.name.replace(" ", "-"))
def test_the_machine_finds_that(fault: Fault, tables: Path, tmp_path: Path) -> None:
    """A18, X7"""
    # With what is compiled already: Python compiles again what is newer than that.
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("*.egg-info"))
    file = tmp_path / "src" / fault.file
    source = file.read_text(encoding="utf-8")
    assert source.count(fault.right) == 1, "the fault has no place any more: choose another"
    file.write_text(source.replace(fault.right, fault.wrong), encoding="utf-8")

    command = [sys.executable, "-m", "pytest", MACHINE, "-q", "-x", "--no-header", "-p", "no:cacheprovider"]
    command.append("--reuse-db")
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path / "src"),
        "ENTRAIDE_MUTUALS_DIR": str(ROOT / "mutuals"),
        "TEST_DATABASE_TABLES": str(tables),
    }
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 1, done.stdout[-2000:]
    assert "AssertionError" in done.stdout, done.stdout[-2000:]
