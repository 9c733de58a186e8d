"""A million act lines priced by the batch path, in one process: `python -m bench.reimbursement [LINES]`.

Twelve families, three dated periods, yearly allowances and act counts in the order of care. The lines are
generated beforehand from a fixed seed; reading the clock starts with an empty batch, so that resolving every
plan is part of the measure. `--for-peer FOLDER` writes the same lines for a peer.
"""

import json
import random
import sys
import time
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from entraide.reimbursement import (
    Care,
    Counters,
    Cover,
    Enrolment,
    Situation,
    load_contracts,
    load_parameters,
    reimburse,
)
from entraide.reimbursement.batch import Batch, Folder, Line, LineKind, care_line
from entraide.reimbursement.errors import CareError
from entraide.reimbursement.money import FULL

LINES, PEOPLE, SEED = 1_000_000, 120_000, 4
TABLE = Path(__file__).parents[1] / "mutuals" / "mese" / "guarantees" / "2026.toml"

# Act, lowest and highest price of a unit in cents, base (-1: the tariff; 0: none; 1: the price), weight.
FAMILIES = (
    ("G", 3000, 3500, -1, 22),
    ("CS", 3150, 6500, -1, 12),
    ("PH7", 212, 2900, 1, 22),
    ("PH4", 318, 1200, 1, 8),
    ("B", 890, 6400, 1, 9),
    ("ADI", 2394, 12480, 1, 5),
    ("AMK", 1613, 1613, 1, 9),
    ("CD", 2300, 2300, -1, 4),
    ("HBLD734", 45000, 70000, -1, 2),
    ("VSL", 2890, 5460, 1, 2),
    ("OST", 5500, 6500, 0, 4),
    ("DIE", 2500, 6000, 0, 1),
)
KINDS = tuple(LineKind(act) for act, *_ in FAMILIES)
# One tariff period each: before the end of 2023, 2024, from the end of 2024.
PERIODS = (
    (date(2023, 1, 1), date(2023, 10, 14)),
    (date(2024, 5, 15), date(2024, 12, 21)),
    (date(2025, 1, 1), date(2026, 2, 28)),
)


def cover() -> Cover:
    """The base contract of the first demo mutual, from the start of its table."""
    table = load_contracts(TABLE)[0]
    return Cover(enrolments=(Enrolment(versions=(table,), since=table.valid_from),), family="family")


def folders(lines: int, people: int, *, seed: int = SEED) -> Iterator[Folder]:
    """People with their lines in the order of care; adults, so that everything is withheld that can be."""
    drawn, shared = random.Random(seed), cover()
    numbers, weights = range(len(FAMILIES)), [family[4] for family in FAMILIES]
    # One in ten uses little but what has a yearly allowance or a count of acts.
    limited = [weight if act in {"HBLD734", "OST", "DIE"} else 0 for act, *_, weight in FAMILIES]
    for number in range(people):
        count = lines // people + (number < lines % people)
        kinds = drawn.choices(numbers, weights if number % 10 else limited, k=count)
        found = sorted(_line(kind, drawn) for kind in kinds)
        born = date(1940 + number % 60, 1 + number % 12, 1 + number % 28)
        yield Folder(Situation(person=str(number), born_on=born), shared, found)


def _line(kind: int, drawn: random.Random) -> Line:
    _, low, high, base, _ = FAMILIES[kind]
    first, last = PERIODS[drawn.randrange(3)]
    day = drawn.randint(first.toordinal(), last.toordinal())
    fee = drawn.randint(low, high)
    return day, kind, fee, fee if base == 1 else base, 1, drawn.randrange(40)


def measure(lines: int = LINES, people: int = PEOPLE) -> dict[str, float]:
    """Seconds of one pass; what health insurance and the contract pay in all, in cents."""
    found = list(folders(lines, people))
    batch = Batch(KINDS, load_parameters())
    start, start_cpu = time.perf_counter(), time.process_time()
    gross = paid = 0
    for results in batch.price_all(found):
        for result in results:
            if isinstance(result, CareError):
                raise result
            gross += result[1]
            paid += result[3][1]
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    # On a busy machine only the seconds of the processor say anything.
    return {
        "lines": lines,
        "people": people,
        "seconds": seconds,
        "cpu_seconds": cpu,
        "gross": gross,
        "paid": paid,
    }


def write_for_peer(folder: Path, lines: int = LINES, people: int = PEOPLE) -> None:
    """`lines`, four integers each, and `tables.json`: the same input for a peer (bench/peers)."""
    rows = array("i")
    firsts = [first.toordinal() for first, _ in PERIODS]
    for each in folders(lines, people):
        for day, kind, fee, *_ in each.lines:
            rows.extend((bisect_right(firsts, day) - 1, kind, fee, min(FAMILIES[kind][3], 1)))
    (folder / "lines").write_bytes(rows.tobytes())
    (folder / "tables.json").write_text(json.dumps(_tables()), encoding="utf-8")


def _tables() -> dict[str, object]:
    """What each family is worth in each period for an adult, asked of the engine line by line."""
    names = ("tariff", "rate", "withheld", "level", "flat")
    tables: dict[str, list[list[int]]] = {name: [] for name in names}
    for first, _ in PERIODS:
        rows = [_values(kind, first) for kind in range(len(FAMILIES))]
        for name in names:
            tables[name].append([row[name] for row in rows])
    return {
        "families": [family[0] for family in FAMILIES],
        "first_days": [first.isoformat() for first, _ in PERIODS],
        # A month that begins inside the period.
        "months": [f"{first + timedelta(days=31):%Y-%m}" for first, _ in PERIODS],
        **tables,
    }


def _values(kind: int, on: date) -> dict[str, int]:
    """Found by pricing a line so dear that the contract's level shows."""
    price, base = 1_000_000, FAMILIES[kind][3]
    situation = Situation(person="peer", born_on=date(1980, 1, 1))
    line = care_line((on.toordinal(), kind, price, price if base == 1 else base, 1, 0), KINDS[kind], 0)
    found = reimburse(Care(line=line, situation=situation), cover(), Counters(), load_parameters())
    paid = found.shares[0].amount
    return {
        "tariff": 0 if base >= 0 else found.base,
        "rate": found.rate,
        "withheld": found.withheld,
        "level": (found.gross + paid) * FULL // found.base if found.base else 0,
        "flat": 0 if found.base else paid,
    }


if __name__ == "__main__":
    if sys.argv[1:2] == ["--for-peer"]:
        write_for_peer(Path(sys.argv[2]))
    else:
        print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else LINES)))
