"""An export as one ZIP file, written piece by piece: memory does not grow with what it holds."""

from collections.abc import Callable, Iterator
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from entraide.portal.domain.exports.cells import csv_rows, json_rows
from entraide.portal.domain.personal_data import OwnFile, Table
from entraide.portal.foundation.web.wording import PARIS

_ENOUGH = 64 * 1024


def parts_of(tables: list[Table], files: list[OwnFile], *, readme: str, about: str) -> list[OwnFile]:
    """Everything that the archive holds, in its order. `about` is JSON: what the export is."""
    return [
        OwnFile("LISEZ-MOI.txt", lambda: iter([readme.encode()])),
        OwnFile("donnees.json", lambda: _encoded(_whole(tables, about))),
        *(_as_csv(table) for table in tables),
        *files,
    ]


def archive(parts: list[OwnFile], *, at: datetime, written: Callable[[int], None]) -> Iterator[bytes]:
    """The bytes of the ZIP. `written` is told how many parts are done after each of them."""
    sink, stamp = _Sink(), at.astimezone(PARIS).timetuple()[:6]
    with ZipFile(sink, "w", ZIP_DEFLATED) as file:  # type: ignore[call-overload]
        for number, part in enumerate(parts, start=1):
            entry = ZipInfo(part.path, stamp)
            entry.compress_type = ZIP_DEFLATED
            with file.open(entry, "w") as out:
                for chunk in part.chunks():
                    out.write(chunk)
                    if len(sink.waiting) > _ENOUGH:
                        yield sink.taken()
            written(number)
    yield sink.taken()


class _Sink:
    """What the ZIP writer writes to; it cannot go back, so that all of it can leave at once."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def write(self, chunk: bytes) -> int:
        self.waiting += chunk
        return len(chunk)

    def flush(self) -> None:
        pass

    def taken(self) -> bytes:
        chunk = bytes(self.waiting)
        self.waiting.clear()
        return chunk


def _as_csv(table: Table) -> OwnFile:
    return OwnFile(f"csv/{table.name}.csv", lambda: _encoded(csv_rows(table)))


def _whole(tables: list[Table], about: str) -> Iterator[str]:
    yield f'{{"about": {about}, "tables": {{'
    for number, table in enumerate(tables):
        yield (",\n" if number else "\n") + f'"{table.name}": '
        yield from json_rows(table)
    yield "\n}}\n"


def _encoded(pieces: Iterator[str]) -> Iterator[bytes]:
    return (piece.encode() for piece in pieces)
