"""Import of payment lines against the database's own bulk load of the same rows.

Run in a process of its own for each database: `python -m bench.imports FOLDER`, with the settings in the
environment; prints one JSON object. Each round empties both tables and loads each once.
"""

import json
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

ROUNDS = 3
_BLOCK = 5000
_TWIN = "bench_twin"


def measure(folder: Path) -> dict[str, Any]:
    """Seconds of each round, for the import and for the bulk load, and the peak of memory."""
    from entraide.portal.gateways.core_system import import_folder  # noqa: PLC0415 (after django.setup)

    import_folder(folder)
    # The rows of the peer are held in memory afterwards: what counts is the peak of an import before that.
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rows = _stored_rows()
    _make_twin()
    (lines_only := folder / "lines").mkdir()
    (folder / "payment_lines.csv").rename(lines_only / "payment_lines.csv")
    imports, loads = [], []
    for _ in range(ROUNDS):
        _empty(_TWIN)
        loads.append(_timed(lambda: _bulk_load(rows)))
        _empty(_lines_table())
        imports.append(_timed(lambda: import_folder(lines_only)))
    again = _timed(lambda: import_folder(lines_only))
    return {
        "rows": len(rows),
        "import_s": statistics.median(imports),
        "bulk_s": statistics.median(loads),
        "again_s": again,
        "peak_mb": peak_kb / 1024,
        "rounds": [imports, loads],
    }


def _timed(action: Any) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _lines_table() -> str:
    from entraide.portal.domain.claims.models import PaymentLine  # noqa: PLC0415

    return PaymentLine._meta.db_table


def _stored_rows() -> list[tuple[Any, ...]]:
    """As the database holds them, in the order of the file."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {_lines_table()} ORDER BY reference")
        return list(cursor.fetchall())


def _make_twin() -> None:
    """A table with the same columns, keys, checks, references and indexes as the payment lines."""
    from django.db import connection  # noqa: PLC0415

    name = _lines_table()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"CREATE TABLE {_TWIN} (LIKE {name} INCLUDING ALL)")
            cursor.execute(
                "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
                "WHERE contype = 'f' AND conrelid = %s::regclass",
                [name],
            )
            for constraint, definition in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {_TWIN} ADD CONSTRAINT {constraint}_twin {definition}")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL", [name])
        for entry, sql in cursor.fetchall():
            twin = sql.replace(f'"{name}"', f'"{_TWIN}"')
            cursor.execute(twin if entry == name else twin.replace(f'"{entry}"', f'"{entry}_twin"'))


def _empty(table: str) -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {table}")
            cursor.execute("CHECKPOINT")
        else:
            cursor.execute(f"DELETE FROM {table}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _bulk_load(rows: list[tuple[Any, ...]]) -> None:
    """One transaction of executemany on SQLite, of COPY on PostgreSQL."""
    from django.db import connection, transaction  # noqa: PLC0415

    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {_TWIN} FROM STDIN") as copy:
                for block in _as_text(rows):
                    copy.write(block)
        else:
            places = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {_TWIN} VALUES ({places})", rows)


def _as_text(rows: list[tuple[Any, ...]]) -> Iterator[str]:
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        # No value of the export is the word itself: what stands there is a null.
        yield "".join("\t".join(map(str, row)) + "\n" for row in block).replace("\tNone", "\t\\N")


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure(Path(sys.argv[1]))))
