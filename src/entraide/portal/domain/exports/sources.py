"""Where an export's content comes from; `config/wiring.py` names every source at start."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from entraide.portal.domain.personal_data import Files, Tables


@dataclass
class Sources:
    """Functions that give tables of one person's data, and functions that give files."""

    tables: list[Tables] = field(default_factory=list)
    files: list[Files] = field(default_factory=list)


SOURCES = Sources()


def connect(*, tables: Iterable[Tables], files: Iterable[Files]) -> None:
    """Replaces what was connected before."""
    SOURCES.tables, SOURCES.files = list(tables), list(files)
