"""Towns with their points: loaded from the postal service's file, looked for by name or postcode."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction

from entraide.formats.communes import commune_key
from entraide.formats.departments import DEPARTMENTS
from entraide.portal.domain.directory.distances import Box, Point
from entraide.portal.domain.directory.models import Town
from entraide.portal.domain.imports import Counts, FileImported, tell_planner
from entraide.portal.domain.prefixes import begins_with
from entraide.portal.foundation.events.facts import publish

_AT_ONCE = 2000
_OVERSEAS = ("97", "98")
# Corsica's postcodes from 20200 on are those of the north.
_NORTH_OF_CORSICA = "202"


@dataclass(frozen=True, slots=True, kw_only=True)
class TownRow:
    """One checked row of the file: a postcode, a name, the national code where it is told, the point."""

    postcode: str
    name: str
    commune: str
    lat: float
    lon: float

    @property
    def key(self) -> tuple[str, str, str]:
        return self.postcode, commune_key(self.name), self.commune


def department_of(postcode: str, commune: str = "") -> str:
    """The department of a place; its national code knows best, since some postcodes cross the border."""
    code = commune or postcode
    if code.startswith(_OVERSEAS):
        return code[:3]
    if code.startswith("20"):
        return "2A" if code < _NORTH_OF_CORSICA else "2B"
    return code[:2]


def load_towns(rows: Iterable[TownRow], *, file: str) -> Counts:
    """Puts checked rows in the place of those before, whole or not at all; each name once per postcode."""
    wanted: dict[tuple[str, str, str], TownRow] = {}
    for row in rows:
        wanted.setdefault(row.key, row)
    with transaction.atomic():
        known = {(one.postcode, one.key, one.commune): one for one in Town.objects.all()}
        same = {key for key, one in known.items() if key in wanted and _is_same(one, wanted[key])}
        gone = [one.pk for key, one in known.items() if key not in same]
        for start in range(0, len(gone), _AT_ONCE):
            Town.objects.filter(pk__in=gone[start : start + _AT_ONCE]).delete()
        fresh = [key for key in wanted if key not in same]
        Town.objects.bulk_create([_town(wanted[key]) for key in fresh], batch_size=_AT_ONCE)
        changed = sum(1 for key in fresh if key in known)
        counts = Counts(new=len(fresh) - changed, changed=changed, unchanged=len(same))
        if fresh or gone:
            publish(FileImported(file=file, new=counts.new, changed=counts.changed))
    tell_planner(Town, written=len(fresh))
    return counts


def _town(row: TownRow) -> Town:
    return Town(
        postcode=row.postcode,
        name=row.name,
        key=commune_key(row.name),
        commune=row.commune,
        department=department_of(row.postcode, row.commune),
        lat=row.lat,
        lon=row.lon,
    )


def _is_same(one: Town, row: TownRow) -> bool:
    return (one.name, one.lat, one.lon) == (row.name, row.lat, row.lon)


def towns_are_filled() -> bool:
    return Town.objects.exists()


def towns_with_postcode(postcode: str) -> list[Town]:
    return list(Town.objects.filter(postcode=postcode).order_by("name"))


def towns_named(key: str) -> list[Town]:
    """Every town of exactly this name, however it is spelt; the arrondissements where a city has some."""
    whole = list(Town.objects.filter(key=key).order_by("department", "postcode"))
    if whole:
        return whole
    parts = [f"{key} {number:02}" for number in range(1, 21)] + [f"{key} {number}" for number in range(1, 21)]
    return list(Town.objects.filter(key__in=parts).order_by("postcode"))


def district_of(city: str, *, number: int) -> list[Town]:
    """One arrondissement of a city, however its number is spelt; none where the city has no such one."""
    return list(Town.objects.filter(key__in=(f"{city} {number:02}", f"{city} {number}")).order_by("postcode"))


def towns_beginning(key: str, *, within: Collection[str], most: int) -> list[Town]:
    """Towns whose name begins so, in these departments; anywhere when none is given."""
    found = Town.objects.filter(begins_with("key", key)).order_by("key", "department", "postcode")
    return list((found.filter(department__in=within) if within else found)[:most])


@dataclass(frozen=True, slots=True)
class NamedPoint:
    """A town as a map writes it."""

    name: str
    postcode: str
    point: Point


def towns_inside(box: Box, *, most: int) -> list[NamedPoint]:
    """Towns to write on a map of this box."""
    inside = Town.objects.filter(lat__range=(box.south, box.north), lon__range=(box.west, box.east))
    rows = inside.order_by("lat", "lon").values_list("name", "postcode", "lat", "lon")[:most]
    return [NamedPoint(name, postcode, Point(lat, lon)) for name, postcode, lat, lon in rows]


class Points:
    """Where every commune and postcode lies, for whoever has no point of their own."""

    def __init__(self) -> None:
        self.communes: dict[str, Point] = {}
        by_postcode: dict[str, list[Point]] = {}
        rows = Town.objects.values_list("commune", "postcode", "lat", "lon")
        for commune, postcode, lat, lon in rows.iterator(chunk_size=2000):
            point = Point(lat, lon)
            self.communes.setdefault(commune, point)
            by_postcode.setdefault(postcode, []).append(point)
        self.postcodes = {code: middle_of(points) for code, points in by_postcode.items()}

    def __bool__(self) -> bool:
        return bool(self.postcodes)

    def of(self, *, postcode: str, commune: str = "") -> Point | None:
        """The middle of the commune, or of those that share the postcode."""
        known = self.communes.get(commune) if commune else None
        return known or self.postcodes.get(postcode)


def middle_of(points: list[Point]) -> Point:
    return Point(sum(one.lat for one in points) / len(points), sum(one.lon for one in points) / len(points))


def department_name(code: str) -> str:
    return DEPARTMENTS.get(code, code)
