"""What a file of the management system looks like, and what is done with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from entraide.portal.domain.imports import Counts, Findings
from entraide.portal.foundation.vault.keys import KeyRing
from entraide.portal.gateways.core_system.cells import Cell

Columns = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Run:
    """What stays the same during one import."""

    folder: Path
    keys: KeyRing
    files: frozenset[str]


@dataclass(frozen=True, slots=True)
class RowFault:
    """A fault between the columns of one row; `row` counts in the batch."""

    row: int
    column: str
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Checked rows, column by column, with their line numbers in the file."""

    lines: Sequence[int]
    columns: Columns


Examine = Callable[[Columns], list[RowFault]]
Derive = Callable[[Batch, Run], tuple[Columns, list[RowFault]]]


def _no_faults(_columns: Columns) -> list[RowFault]:
    return []


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """`examine` compares the columns of a row, `derive` fills the stage, `check` looks at all rows.

    `store` makes them rows of the portal in one transaction; `prepare` is what must be done before it.
    """

    file: str
    stage: str
    cells: Mapping[str, Cell]
    kinds: Mapping[str, str]
    derive: Derive
    check: Callable[[Findings], None]
    store: Callable[[Run], Counts]
    examine: Examine = _no_faults
    prepare: Callable[[Run], None] = field(default=lambda _run: None)
