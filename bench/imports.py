"""Import of payment lines against the database's own bulk load of the same rows.

Run in a process of its own for each database: `python -m bench.imports FOLDER`, with the settings in the
environment; prints one JSON object. Each round empties both tables and loads each once.
"""

import json
import resource
import statistics
import sys
from pathlib import Path
from typing import Any

import django

from bench.bulk import Twin, empty, stored_rows, timed

ROUNDS = 3


def measure(folder: Path) -> dict[str, Any]:
    """Seconds of each round, for the import and for the bulk load, and the peak of memory."""
    from entraide.portal.gateways.core_system import import_folder  # noqa: PLC0415 (after django.setup)

    import_folder(folder)
    # The rows of the peer are held in memory afterwards: what counts is the peak of an import before that.
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    table = _lines_table()
    rows, twin = stored_rows(table, order="reference"), Twin(table)
    twin.make()
    (lines_only := folder / "lines").mkdir()
    (folder / "payment_lines.csv").rename(lines_only / "payment_lines.csv")
    imports, loads = [], []
    for _ in range(ROUNDS):
        empty(twin.name)
        loads.append(timed(lambda: twin.load(rows)))
        empty(table)
        imports.append(timed(lambda: import_folder(lines_only)))
    again = timed(lambda: import_folder(lines_only))
    return {
        "rows": len(rows),
        "import_s": statistics.median(imports),
        "bulk_s": statistics.median(loads),
        "again_s": again,
        "peak_mb": peak_kb / 1024,
        "rounds": [imports, loads],
    }


def _lines_table() -> str:
    from entraide.portal.domain.claims.models import PaymentLine  # noqa: PLC0415

    return PaymentLine._meta.db_table


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure(Path(sys.argv[1]))))
