"""Names of towns on the map: where there is room, over no point and over no other name.

Everything is in the units of the drawing.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Place = tuple[float, float]
Anchor = Literal["start", "middle", "end"]

_MOST = 9
_LETTER, _LINE = 11.5, 26
_DOT, _TOWN = 22.0, 9.0


@dataclass(frozen=True, slots=True)
class Name:
    """A town at `x`, `y`, its name written from `text_x` on (`anchor`) upon the line `text_y`."""

    x: float
    y: float
    text: str
    text_x: float
    text_y: float
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        beside = self.right < other.left or other.right < self.left
        return not (beside or self.bottom < other.top or other.bottom < self.top)

    def inside(self, other: "_Box") -> bool:
        wide = other.left <= self.left and self.right <= other.right
        return wide and other.top <= self.top and self.bottom <= other.bottom


def names_of(
    towns: Iterable[tuple[str, Place]], *, dots: Collection[Place], width: float, height: float
) -> tuple[Name, ...]:
    """The first of these towns that find room, each name once: a town may have several postcodes.

    `height` leaves out what lies at the foot of the drawing.
    """
    frame = _Box(0, 0, width, height)
    taken = [_around(one, _DOT) for one in dots]
    chosen: list[Name] = []
    for text, place in towns:
        if not _around(place, _TOWN).inside(frame) or any(one.text == text for one in chosen):
            continue
        for name, box in _ways(text, place, covered=any(_near(place, one) for one in dots)):
            if box.inside(frame) and not any(box.meets(one) for one in taken):
                chosen.append(name)
                taken += [box, _around(place, _TOWN)]
                break
        if len(chosen) == _MOST:
            break
    return tuple(chosen)


def _ways(text: str, place: Place, *, covered: bool) -> Iterator[tuple[Name, _Box]]:
    """To the right of the town, to its left, above it, below it."""
    (x, y), long = place, len(text) * _LETTER
    gap = (_DOT if covered else _TOWN) + 1
    half = _LINE / 2
    starts: tuple[tuple[Anchor, float, float], ...] = (
        ("start", x + gap, y - half),
        ("end", x - gap - long, y - half),
        ("middle", x - long / 2, y - gap - _LINE),
        ("middle", x - long / 2, y + gap),
    )
    for anchor, left, top in starts:
        text_x = {"start": left, "middle": x, "end": left + long}[anchor]
        name = Name(x, y, text, round(text_x, 1), round(top + _LINE - 6, 1), anchor)
        yield name, _Box(left, top, left + long, top + _LINE)


def _around(place: Place, radius: float) -> _Box:
    x, y = place
    return _Box(x - radius, y - radius, x + radius, y + radius)


def _near(one: Place, other: Place) -> bool:
    return abs(one[0] - other[0]) < _DOT + _TOWN and abs(one[1] - other[1]) < _DOT + _TOWN
