"""The postal service's public file of postcodes (Base officielle des codes postaux), as it is published.

One row per commune, postcode and former commune, between semicolons or commas, in UTF-8 or in the older
Windows encoding. Columns are known by their names, which differ a little from one edition to the next.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from entraide.formats.communes import is_postcode
from entraide.formats.names import normalise
from entraide.portal.domain.contacts.actions.loading import load_places
from entraide.portal.domain.imports import FINDINGS_SHOWN, Counts

FILE = "places"
# Every name that an edition gave to a column, as `normalise` reads it.
_POSTCODE = frozenset({"code postal"})
_NAMES = frozenset(
    {"nom de la commune", "nom commune", "nom commune complet", "libelle d acheminement", "ligne 5"}
)
_LONGEST = 80
# The file has some 39,000 rows; one that is a hundred times larger is something else.
_LARGEST_BYTES = 200_000_000


class PlacesRefused(Exception):
    """The file was refused and nothing of it was kept; the text says where and why, one fault a line."""


def take_in_places(path: Path) -> Counts:
    """Loads the whole file in the place of the one before. Raises PlacesRefused."""
    if path.stat().st_size > _LARGEST_BYTES:
        raise PlacesRefused(f"{path.name}: larger than 200 MB, which no file of postcodes is")
    pairs = list(_pairs(path.name, _text_of(path)))
    if not pairs:
        raise PlacesRefused(f"{path.name}: no row")
    return load_places(pairs, file=FILE)


def _text_of(path: Path) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _pairs(name: str, text: str) -> Iterator[tuple[str, str]]:
    """Postcode and name, for each name of each row."""
    head, _, _ = text.partition("\n")
    separator = ";" if head.count(";") >= head.count(",") else ","
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    columns = [normalise(one) for one in next(rows, [])]
    postcode = next((place for place, one in enumerate(columns) if one in _POSTCODE), None)
    names = [place for place, one in enumerate(columns) if one in _NAMES]
    if postcode is None or not names:
        raise PlacesRefused(
            f"{name}, line 1: found {head.strip()[:120]!r}, expected the columns Code_postal and "
            "Nom_de_la_commune (or Nom_commune, Libellé_d_acheminement)"
        )
    faults: list[str] = []
    for row in rows:
        fault = _fault(row, width=len(columns), postcode=postcode, names=names) if row else ""
        if fault:
            faults.append(f"{name}, line {rows.line_num}: {fault}")
        elif row and not faults:
            yield from ((_code(row[postcode]), _tidy(row[one])) for one in names if row[one].strip())
    if faults:
        more = len(faults) - FINDINGS_SHOWN
        told = [*faults[:FINDINGS_SHOWN], *([f"and {more} more faults"] if more > 0 else [])]
        raise PlacesRefused("\n".join(told))


def _fault(row: list[str], *, width: int, postcode: int, names: list[int]) -> str:
    if len(row) != width:
        return f"found {len(row)} values, expected {width}, one for each column"
    code = row[postcode].strip()
    if not is_postcode(_code(code)):
        return f'Code_postal: found "{code[:20]}", expected five digits of a French postcode'
    written = [_tidy(row[one]) for one in names if row[one].strip()]
    if not written:
        return "found no name of a commune, expected one"
    if any(len(one) > _LONGEST or not one.isprintable() for one in written):
        return f"found a name that cannot be one, expected up to {_LONGEST} letters"
    return ""


def _code(text: str) -> str:
    """With the first zero, which spreadsheets drop: every postcode has five digits."""
    return text.strip().zfill(5)


def _tidy(name: str) -> str:
    return " ".join(name.split())
