"""The tables of guarantees of a mutual (`guarantees/<year>.toml`), read and found lawful before use."""

import re
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from entraide.profiles.faults import Fault
from entraide.reimbursement import Contract, DataError, load_contracts, load_parameters
from entraide.reimbursement.complementary.validator import faults_of

FOLDER = "guarantees"
_YEAR = re.compile(r"20\d\d")

Tables = Mapping[str, tuple[Contract, ...]]


def read_guarantees(folder: Path, faults: list[Fault]) -> Tables:
    """The tables of each contract by its number, oldest first; what is wrong goes to `faults`.

    A mutual without the folder promises nothing that the portal could compute. Each table is asked the law
    of responsible contracts on the first day of the year that names its file.
    """
    found: dict[str, list[Contract]] = {}
    for path in sorted((folder / FOLDER).glob("*.toml")):
        name = f"{FOLDER}/{path.name}"
        if not _YEAR.fullmatch(path.stem):
            faults.append(
                Fault(name, "", f'"{path.stem}"', "the year in which these tables serve, such as 2026")
            )
            continue
        for table in _lawful(path, name, faults):
            found.setdefault(table.number, []).append(table)
    tables = {number: tuple(sorted(rows, key=lambda one: one.valid_from)) for number, rows in found.items()}
    for number, rows in tables.items():
        faults.extend(_overlaps(number, rows))
    return MappingProxyType(tables)


def _lawful(path: Path, name: str, faults: list[Fault]) -> tuple[Contract, ...]:
    try:
        tables = load_contracts(path)
    except DataError as error:
        faults.extend(Fault(name, one.key, one.found, one.expected) for one in error.faults)
        return ()
    first_day = date(int(path.stem), 1, 1)
    for table in tables:
        unlawful = faults_of([table], load_parameters(), max(first_day, table.valid_from))
        faults.extend(Fault(name, one.key, one.found, one.expected) for one in unlawful)
    return tables


def _overlaps(number: str, rows: tuple[Contract, ...]) -> list[Fault]:
    return [
        Fault(
            f"{FOLDER}/{later.file}",
            f"contract {number}: valid_from",
            later.valid_from.isoformat(),
            f"a day after the table of {earlier.file}, which needs a valid_until before it",
        )
        for earlier, later in pairwise(rows)
        if earlier.valid_until is None or earlier.valid_until >= later.valid_from
    ]
