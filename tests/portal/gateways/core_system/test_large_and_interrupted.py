"""200,000 lines in one file: constant memory, all or nothing whatever happens."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from bench.export import write_export
from django.conf import settings
from django.db import connection

from entraide.portal.domain.claims.models import Payment, PaymentLine
from entraide.portal.domain.members.models import Member
from entraide.portal.gateways.core_system import Progress, import_folder
from tests.portal.gateways.core_system.exports import only_fault

pytestmark = pytest.mark.django_db(transaction=True)

LINES = 200_000
# The page cache of SQLite (20 MB), one sorter of the same size, and the batches.
MEMORY = 64_000_000


def own_memory() -> int:
    """Bytes of this process that are its own: mapped files are not counted."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("RssAnon")).split()[1]) * 1024


def test_two_hundred_thousand_lines_take_constant_memory(tmp_path: Path) -> None:
    segment = settings.PROFILE.segments[0].id
    write_export(tmp_path, lines=LINES, segment=segment)
    seen: list[tuple[Progress, int]] = []

    import_folder(tmp_path, progress=lambda progress: seen.append((progress, own_memory())))

    assert PaymentLine.objects.count() == LINES
    of_lines = [(progress, memory) for progress, memory in seen if progress.file == "payment_lines.csv"]
    assert len(of_lines) > 50
    assert max(memory for _, memory in of_lines) - seen[0][1] < MEMORY
    shares = [progress.bytes_read for progress, _ in of_lines if progress.step == "reading"]
    assert shares == sorted(shares)
    assert shares[-1] == (tmp_path / "payment_lines.csv").stat().st_size


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """20,000 lines whose payments are loaded."""
    write_export(tmp_path, lines=20_000, segment=settings.PROFILE.segments[0].id)
    (tmp_path / "payment_lines.csv").rename(tmp_path / "later")
    import_folder(tmp_path)
    for file in tmp_path.glob("*.csv"):
        file.unlink()
    (tmp_path / "later").rename(tmp_path / "payment_lines.csv")
    return tmp_path


@contextmanager
def no_room() -> Iterator[None]:
    """The database may grow by little more than it holds: SQLite's pages, PostgreSQL's temporary files."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Pages that earlier tests freed would be room.
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA page_count")
            pages = cursor.fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {pages + 50}")
            yield
            cursor.execute("PRAGMA max_page_count = 4294967294")
            return
        cursor.execute("SET work_mem = '64kB'")
        cursor.execute("SET temp_file_limit = '64kB'")
        yield
        cursor.execute("RESET work_mem")
        cursor.execute("RESET temp_file_limit")


def test_a_full_disk_leaves_nothing_of_the_file_and_the_next_run_loads_it(export: Path) -> None:
    with no_room():
        fault = only_fault(export)

    assert fault.line is None
    assert fault.found in {"database or disk is full", "temporary file size exceeds temp_file_limit (64kB)"}
    assert not PaymentLine.objects.exists()
    assert import_folder(export).files[0].counts.new == 20_000


def test_pages_can_write_while_a_file_is_read(export: Path) -> None:
    """On SQLite too: the lock of the database is only taken to store."""
    written = []

    def write(progress: Progress) -> None:
        if progress.step == "reading":
            thread = threading.Thread(target=_write_elsewhere, args=[written])
            thread.start()
            thread.join(timeout=3)

    import_folder(export, progress=write)

    assert len(written) > 5
    assert set(written) == {1}


def _write_elsewhere(written: list[int]) -> None:
    number = Member.objects.values_list("number", flat=True)[0]
    written.append(Member.objects.filter(number=number).update(left_on=None))
    connection.close()


KILLED_RUN = """
import sys, time
from pathlib import Path
import django
django.setup()
from django.db import connection
from entraide.portal.gateways.core_system import import_folder

def stop_after_the_insert(execute, sql, params, many, context):
    result = execute(sql, params, many, context)
    if sql.startswith('INSERT INTO "claims_paymentline"'):
        print("inserted", flush=True)
        time.sleep(60)
    return result

with connection.execute_wrapper(stop_after_the_insert):
    import_folder(Path(sys.argv[1]))
"""


def database_url() -> str:
    used = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{used['NAME']}"
    return f"postgres://{used['USER']}:{quote(used['PASSWORD'])}@{used['HOST']}:{used['PORT']}/{used['NAME']}"


def test_a_killed_run_leaves_nothing_of_the_file_and_the_next_run_loads_it(export: Path) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", KILLED_RUN, str(export)],
        env=os.environ | {"DATABASE_URL": database_url()},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert run.stdout is not None
    with run.stdout:
        assert run.stdout.readline() == "inserted\n"
        run.send_signal(signal.SIGKILL)
        run.wait()

    assert not PaymentLine.objects.exists()
    assert Payment.objects.count() == 5_000
    assert import_folder(export).files[0].counts.new == 20_000
