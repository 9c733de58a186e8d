"""Outlines of the departments, to draw a map without asking anybody for pictures.

`outlines.json` is made from IGN Admin Express 2018 (open licence), much simplified: for each department its
rings, as longitude and latitude in thousandths of a degree, one after the other. For display only.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from entraide.portal.domain.directory.distances import Box, Point

CREDIT = "IGN – Admin Express 2018"
_FILE = Path(__file__).with_name("outlines.json")


@dataclass(frozen=True, slots=True)
class Outline:
    """One department: its rings, and the box around them."""

    department: str
    rings: tuple[tuple[Point, ...], ...]
    box: Box


def outlines_inside(box: Box) -> list[Outline]:
    """The departments whose own box meets this one."""
    return [one for one in _every().values() if _meet(one.box, box)]


def box_of_department(code: str) -> Box | None:
    """None for a territory whose outline is not in the file."""
    known = _every().get(code)
    return known.box if known else None


@lru_cache(maxsize=1)
def _every() -> dict[str, Outline]:
    read: dict[str, list[list[int]]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return {code: _outline(code, rings) for code, rings in read.items()}


def _outline(code: str, rings: list[list[int]]) -> Outline:
    points = tuple(tuple(_points(ring)) for ring in rings)
    lats = [one.lat for ring in points for one in ring]
    lons = [one.lon for ring in points for one in ring]
    return Outline(code, points, Box(min(lats), max(lats), min(lons), max(lons)))


def _points(ring: list[int]) -> Iterator[Point]:
    for lon, lat in zip(ring[::2], ring[1::2], strict=True):
        yield Point(lat / 1000, lon / 1000)


def _meet(first: Box, second: Box) -> bool:
    return (
        first.south <= second.north
        and second.south <= first.north
        and first.west <= second.east
        and second.west <= first.east
    )
