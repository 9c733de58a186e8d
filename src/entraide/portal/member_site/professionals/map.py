"""A map of what was found, drawn here: outlines, towns, points with the numbers of the list.

Everything is in the units of the drawing, `WIDTH` by `HEIGHT`, north up, in the projection of web maps, so
that pictures of a tile server fit below when the operator names one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asinh, atan, cos, degrees, floor, log2, pi, radians, sinh, tan

from entraide.portal.domain.directory.distances import Box, Point
from entraide.portal.domain.directory.outlines import outlines_inside
from entraide.portal.domain.directory.towns import NamedPoint
from entraide.portal.member_site.professionals.map_names import Name, names_of

WIDTH, HEIGHT = 800, 600
_MARGIN = 0.12
# A lone point is shown with so much around it.
_LEAST_KM = 3.0
_KM_AROUND = 40_075.017
# What lies at the foot of the drawing: the scale.
_FOOT = 48
_SCALES = (0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
_SCALE_AT_MOST = 200
_TILE = 256
_DEEPEST = 17


@dataclass(frozen=True, slots=True)
class Dot:
    """One place of the list, or several at one point; `label` is `3` or `3–5`."""

    x: float
    y: float
    label: str
    first: int


@dataclass(frozen=True, slots=True)
class Tile:
    address: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    outlines: tuple[str, ...]
    dots: tuple[Dot, ...]
    names: tuple[Name, ...]
    tiles: tuple[Tile, ...]
    middle: Dot | None
    scale_km: float
    scale_width: float


@dataclass(frozen=True, slots=True)
class Frame:
    """What part of the world is drawn: its corner, and how many units the whole world is wide."""

    west: float
    north: float
    world: float

    def place(self, point: Point) -> tuple[float, float]:
        x, y = _world(point)
        return round((x - self.west) * self.world, 1), round((y - self.north) * self.world, 1)

    @property
    def box(self) -> Box:
        """A little more than the frame, in degrees."""
        wide = 360 * WIDTH / self.world
        lon = self.west * 360 - 180
        middle = _latitude(self.north + HEIGHT / 2 / self.world)
        return Box(middle - wide, middle + wide, lon, lon + wide)


def frame_of(points: list[Point]) -> Frame:
    """The part of the world that shows all of these; there is at least one."""
    xs, ys = zip(*map(_world, points), strict=True)
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    least = _LEAST_KM * _world_per_km(sum(one.lat for one in points) / len(points))
    inner = 1 - 2 * _MARGIN
    world = min(inner * WIDTH / max(width, least), inner * HEIGHT / max(height, least))
    middle_x, middle_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return Frame(middle_x - WIDTH / 2 / world, middle_y - HEIGHT / 2 / world, world)


def drawn(
    frame: Frame,
    found: Iterable[tuple[int, Point]],
    *,
    towns: Iterable[NamedPoint],
    middle: Point | None,
    tiles: str,
) -> Map:
    """The map: `found` are points with their numbers in the list, `tiles` the address of tiles or blank."""
    km, width = _scale(frame)
    dots = _dots(frame, found)
    return Map(
        outlines=tuple(_paths(frame)),
        dots=dots,
        names=_names(frame, towns, dots),
        tiles=_tiles(frame, tiles) if tiles else (),
        middle=Dot(*frame.place(middle), "", 0) if middle else None,
        scale_km=km,
        scale_width=width,
    )


def _dots(frame: Frame, found: Iterable[tuple[int, Point]]) -> tuple[Dot, ...]:
    places: dict[tuple[float, float], list[int]] = {}
    for number, point in found:
        places.setdefault(frame.place(point), []).append(number)
    return tuple(
        Dot(x, y, str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}+", numbers[0])
        for (x, y), numbers in places.items()
    )


def _names(frame: Frame, towns: Iterable[NamedPoint], dots: Iterable[Dot]) -> tuple[Name, ...]:
    """The chief towns first: their postcodes end in zeros."""
    ordered = sorted(towns, key=lambda one: (one.postcode.rstrip("0"), one.name))
    places = [(one.name, frame.place(one.point)) for one in ordered]
    return names_of(places, dots=[(one.x, one.y) for one in dots], width=WIDTH, height=HEIGHT - _FOOT)


def _paths(frame: Frame) -> Iterable[str]:
    for outline in outlines_inside(frame.box):
        rings = (" ".join(f"{x:g},{y:g}" for x, y in map(frame.place, ring)) for ring in outline.rings)
        yield "".join(f"M{ring}Z" for ring in rings)


def _scale(frame: Frame) -> tuple[float, float]:
    lat = _latitude(frame.north + HEIGHT / 2 / frame.world)
    per_km = frame.world * _world_per_km(lat)
    km = max((one for one in _SCALES if one * per_km <= _SCALE_AT_MOST), default=_SCALES[0])
    return km, round(km * per_km, 1)


def _tiles(frame: Frame, address: str) -> tuple[Tile, ...]:
    level = max(0, min(_DEEPEST, round(log2(frame.world / _TILE))))
    count = 2**level
    size = frame.world / count
    west, north = floor(frame.west * count), floor(frame.north * count)
    east = floor((frame.west + WIDTH / frame.world) * count)
    south = floor((frame.north + HEIGHT / frame.world) * count)
    return tuple(
        Tile(
            address.replace("{z}", str(level)).replace("{x}", str(x % count)).replace("{y}", str(y)),
            round((x / count - frame.west) * frame.world, 1),
            round((y / count - frame.north) * frame.world, 1),
            round(size, 1),
        )
        for x in range(west, east + 1)
        for y in range(max(0, north), min(count - 1, south) + 1)
    )


def _world_per_km(lat: float) -> float:
    """How much of the width of the world a kilometre takes at this latitude."""
    return 1 / (_KM_AROUND * max(cos(radians(lat)), 0.05))


def _world(point: Point) -> tuple[float, float]:
    """From 0 to 1, west to east and north to south."""
    lat = radians(max(-85.0, min(85.0, point.lat)))
    return (point.lon + 180) / 360, (1 - asinh(tan(lat)) / pi) / 2


def _latitude(y: float) -> float:
    return degrees(atan(sinh(pi * (1 - 2 * y))))
