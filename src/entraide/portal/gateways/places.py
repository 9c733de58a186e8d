"""The postal service's public file of postcodes (Base officielle des codes postaux), as it is published.

One row per commune, postcode and former commune, between semicolons or commas, in UTF-8 or in the older
Windows encoding. Columns are known by their names, which differ a little from one edition to the next.
Where rows have a point, the directory of professionals learns where the towns lie.
"""

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from entraide.formats.communes import is_postcode
from entraide.formats.names import normalise, spelt
from entraide.portal.domain.contacts.actions.loading import load_places
from entraide.portal.domain.directory.towns import TownRow, load_towns
from entraide.portal.domain.imports import FINDINGS_SHOWN, Counts

FILE = "places"
# Every name that an edition gave to a column, as `normalise` reads it.
_POSTCODE = frozenset({"code postal"})
_NAMES = frozenset(
    {"nom de la commune", "nom commune", "nom commune complet", "libelle d acheminement", "ligne 5"}
)
_LONGEST = 80
_COMMUNES = frozenset({"code insee", "code commune insee", "code commune"})
# One column for both, `48.25,4.69`; or one for each.
_POINTS = frozenset({"coordonnees gps", "geopoint", "coordonnees geographiques"})
_LATS, _LONS = frozenset({"lat", "latitude"}), frozenset({"lon", "longitude"})
# The file has some 39,000 rows; one that is a hundred times larger is something else.
_LARGEST_BYTES = 200_000_000


class PlacesRefused(Exception):
    """The file was refused and nothing of it was kept; the text says where and why, one fault a line."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the file has what: places of columns; None for one that it has not."""

    postcode: int
    names: list[int]
    commune: int | None
    point: int | None
    lat: int | None
    lon: int | None

    def whereabouts(self, row: list[str]) -> tuple[float, float] | None:
        """The point of a row; None when there is none that can be one."""
        if self.point is not None:
            first, _, second = row[self.point].partition(",")
        elif self.lat is not None and self.lon is not None:
            first, second = row[self.lat], row[self.lon]
        else:
            return None
        with suppress(ValueError):
            lat, lon = float(first), float(second)
            if abs(lat) <= 90 and abs(lon) <= 180:
                return lat, lon
        return None


@dataclass(frozen=True, slots=True)
class PlacesTaken:
    """`towns`: what the directory learnt; None where the file says of no town where it lies."""

    places: Counts
    towns: Counts | None


def take_in_places(path: Path) -> PlacesTaken:
    """Loads the whole file in the place of the one before. Raises PlacesRefused."""
    if path.stat().st_size > _LARGEST_BYTES:
        raise PlacesRefused(f"{path.name}: larger than 200 MB, which no file of postcodes is")
    text = _text_of(path)
    columns, rows = _rows(path.name, text)
    pairs = [(_code(row[columns.postcode]), name) for row in rows for name in _names(row, columns)]
    if not pairs:
        raise PlacesRefused(f"{path.name}: no row")
    towns = list(_towns(rows, columns))
    with transaction.atomic():
        places = load_places(pairs, file=FILE)
        return PlacesTaken(places=places, towns=load_towns(towns, file="towns") if towns else None)


def _text_of(path: Path) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _rows(name: str, text: str) -> tuple[_Columns, list[list[str]]]:
    """The rows, checked: the postcode and at least one name of each are as they must be."""
    head, _, _ = text.partition("\n")
    separator = ";" if head.count(";") >= head.count(",") else ","
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    heads = [normalise(one) for one in next(rows, [])]
    postcode = _place_of(heads, _POSTCODE)
    names = [place for place, one in enumerate(heads) if one in _NAMES]
    if postcode is None or not names:
        raise PlacesRefused(
            f"{name}, line 1: found {head.strip()[:120]!r}, expected the columns Code_postal and "
            "Nom_de_la_commune (or Nom_commune, Libellé_d_acheminement)"
        )
    columns = _Columns(
        postcode=postcode,
        names=names,
        commune=_place_of(heads, _COMMUNES),
        point=_place_of(heads, _POINTS),
        lat=_place_of(heads, _LATS),
        lon=_place_of(heads, _LONS),
    )
    faults: list[str] = []
    kept: list[list[str]] = []
    for row in rows:
        fault = _fault(row, width=len(heads), postcode=postcode, names=names) if row else ""
        if fault:
            faults.append(f"{name}, line {rows.line_num}: {fault}")
        elif row and not faults:
            kept.append(row)
    if faults:
        more = len(faults) - FINDINGS_SHOWN
        told = [*faults[:FINDINGS_SHOWN], *([f"and {more} more faults"] if more > 0 else [])]
        raise PlacesRefused("\n".join(told))
    return columns, kept


def _place_of(heads: list[str], known: frozenset[str]) -> int | None:
    return next((place for place, one in enumerate(heads) if one in known), None)


def _names(row: list[str], columns: _Columns) -> list[str]:
    return [_tidy(row[one]) for one in columns.names if row[one].strip()]


def _towns(rows: list[list[str]], columns: _Columns) -> Iterator[TownRow]:
    for row in rows:
        point = columns.whereabouts(row)
        if point is None:
            continue
        commune = row[columns.commune].strip().zfill(5) if columns.commune is not None else ""
        for name in _names(row, columns):
            yield TownRow(
                postcode=_code(row[columns.postcode]),
                name=spelt(name),
                commune=commune if len(commune) == 5 else "",
                lat=point[0],
                lon=point[1],
            )


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
