"""A file of a run: its columns, and rows as text. For a machine: nothing is changed for a spreadsheet."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

Row = Sequence[str]


@dataclass(slots=True)
class OutTable:
    """`name` as the file is called. Every column is in every row; blank is "none"."""

    name: str
    columns: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)

    def as_text(self) -> str:
        """CSV as the import reads it: a header, commas, LF; a line break inside a value becomes a space."""
        written = io.StringIO()
        writer = csv.writer(written, lineterminator="\n")
        writer.writerow(self.columns)
        for row in self.rows:
            writer.writerow([" ".join(value.split()) for value in row])
        return written.getvalue()
