"""The things that the human check shows, one function each: plain shapes, every colour given from outside."""

from collections.abc import Callable
from dataclasses import dataclass

from PIL import ImageDraw

Pen = ImageDraw.ImageDraw
Colour = tuple[int, int, int]
NOTHING = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Tones:
    """The colours of one picture. None belongs to a thing: a green tree would be found by its green."""

    ink: Colour
    fill: Colour
    second: Colour
    pale: Colour


def _at(size: int, *points: float) -> list[float]:
    return [point * size / 100 for point in points]


def _house(pen: Pen, size: int, tones: Tones) -> None:
    line = size // 70
    pen.rectangle(_at(size, 66, 16, 74, 40), fill=tones.ink)
    pen.rectangle(_at(size, 22, 44, 78, 86), fill=tones.fill, outline=tones.ink, width=line)
    pen.polygon(_at(size, 12, 47, 50, 14, 88, 47), fill=tones.ink)
    pen.rectangle(_at(size, 45, 62, 58, 86), fill=tones.second, outline=tones.ink, width=line)
    for left in (27, 64):
        pen.rectangle(_at(size, left, 54, left + 11, 65), fill=tones.pale, outline=tones.ink, width=line)


def _tree(pen: Pen, size: int, tones: Tones) -> None:
    line = size // 60
    trunk = _at(size, 45, 50, 55, 50, 59, 94, 41, 94)
    pen.polygon(trunk, fill=tones.second, outline=tones.ink, width=line)
    crowns = ((28, 10, 72, 48), (12, 28, 52, 64), (48, 28, 88, 64), (30, 34, 70, 66))
    for left, top, right, bottom in crowns:
        pen.ellipse(_at(size, left - 1.5, top - 1.5, right + 1.5, bottom + 1.5), fill=tones.ink)
    for box in crowns:
        pen.ellipse(_at(size, *box), fill=tones.fill)
    for x, y in ((36, 20), (56, 26), (22, 42), (44, 42), (66, 42)):
        pen.arc(_at(size, x, y, x + 12, y + 10), 200, 340, fill=tones.ink, width=line)


def _car(pen: Pen, size: int, tones: Tones) -> None:
    line = size // 60
    pen.polygon(_at(size, 24, 50, 36, 28, 64, 28, 78, 50), fill=tones.fill, outline=tones.ink, width=line)
    pen.polygon(_at(size, 31, 48, 39, 33, 49, 33, 49, 48), fill=tones.pale)
    pen.polygon(_at(size, 53, 48, 53, 33, 61, 33, 70, 48), fill=tones.pale)
    body = _at(size, 8, 47, 92, 68)
    pen.rounded_rectangle(body, radius=size // 16, fill=tones.fill, outline=tones.ink, width=line)
    pen.ellipse(_at(size, 84, 52, 91, 59), fill=tones.second)
    for left in (18, 62):
        pen.ellipse(_at(size, left, 57, left + 22, 79), fill=tones.ink)
        pen.ellipse(_at(size, left + 7, 64, left + 15, 72), fill=tones.pale)


def _fish(pen: Pen, size: int, tones: Tones) -> None:
    line = size // 60
    pen.polygon(_at(size, 66, 50, 93, 28, 86, 50, 93, 72), fill=tones.ink)
    pen.polygon(_at(size, 34, 34, 52, 18, 60, 36), fill=tones.ink)
    pen.ellipse(_at(size, 8, 29, 74, 71), fill=tones.fill, outline=tones.ink, width=line)
    pen.ellipse(_at(size, 18, 40, 29, 51), fill=tones.pale, outline=tones.ink, width=line)
    pen.ellipse(_at(size, 21, 43, 26, 48), fill=tones.ink)
    for left in (34, 46, 58):
        pen.arc(_at(size, left - 10, 38, left + 6, 62), 290, 70, fill=tones.ink, width=line)


def _cup(pen: Pen, size: int, tones: Tones) -> None:
    line = size // 60
    pen.ellipse(_at(size, 60, 42, 90, 68), outline=tones.ink, width=size // 20)
    pen.polygon(_at(size, 20, 38, 72, 38, 64, 80, 28, 80), fill=tones.fill, outline=tones.ink, width=line)
    pen.ellipse(_at(size, 20, 31, 72, 45), fill=tones.second, outline=tones.ink, width=line)
    pen.ellipse(_at(size, 12, 79, 80, 89), fill=tones.pale, outline=tones.ink, width=line)
    for left in (32, 44, 56):
        pen.arc(_at(size, left, 8, left + 8, 18), 90, 270, fill=tones.ink, width=size // 45)
        pen.arc(_at(size, left, 18, left + 8, 28), 270, 90, fill=tones.ink, width=size // 45)


def _boat(pen: Pen, size: int, tones: Tones) -> None:
    line = size // 80
    pen.rectangle(_at(size, 47.5, 10, 50.5, 64), fill=tones.ink)
    pen.polygon(_at(size, 53, 12, 84, 56, 53, 56), fill=tones.fill, outline=tones.ink, width=line)
    pen.polygon(_at(size, 45, 20, 45, 56, 18, 56), fill=tones.pale, outline=tones.ink, width=line)
    pen.polygon(_at(size, 10, 62, 90, 62, 76, 82, 24, 82), fill=tones.second, outline=tones.ink, width=line)
    for left in range(4, 90, 15):
        pen.arc(_at(size, left, 78, left + 16, 94), 180, 360, fill=tones.ink, width=size // 45)


def _umbrella(pen: Pen, size: int, tones: Tones) -> None:
    line = size // 60
    pen.rectangle(_at(size, 48.5, 10, 51.5, 82), fill=tones.ink)
    pen.arc(_at(size, 34.5, 72, 51.5, 92), 0, 180, fill=tones.ink, width=size // 33)
    pen.pieslice(_at(size, 8, 16, 92, 96), 180, 360, fill=tones.fill, outline=tones.ink, width=line)
    # Cut-outs below make the scalloped edge; the ribs run to its points.
    for left in (8, 36, 64):
        pen.pieslice(_at(size, left, 50, left + 28, 64), 180, 360, fill=NOTHING)
        pen.arc(_at(size, left, 50, left + 28, 64), 180, 360, fill=tones.ink, width=line)
    pen.rectangle(_at(size, 5, 57.2, 95, 62), fill=NOTHING)
    pen.rectangle(_at(size, 48.5, 50, 51.5, 82), fill=tones.ink)
    pen.line(_at(size, 50, 17, 36, 57), fill=tones.ink, width=line)
    pen.line(_at(size, 50, 17, 64, 57), fill=tones.ink, width=line)


def _flower(pen: Pen, size: int, tones: Tones) -> None:
    line = size // 80
    pen.rectangle(_at(size, 48, 50, 52, 94), fill=tones.ink)
    pen.ellipse(_at(size, 51, 68, 76, 80), fill=tones.second, outline=tones.ink, width=line)
    pen.ellipse(_at(size, 26, 76, 49, 87), fill=tones.second, outline=tones.ink, width=line)
    for x, y in ((50, 20), (69, 34), (62, 56), (38, 56), (31, 34)):
        pen.ellipse(_at(size, x - 15, y - 15, x + 15, y + 15), fill=tones.fill, outline=tones.ink, width=line)
    pen.ellipse(_at(size, 38, 28, 62, 52), fill=tones.pale, outline=tones.ink, width=line)


def _key(pen: Pen, size: int, tones: Tones) -> None:
    line = size // 70
    pen.rectangle(_at(size, 40, 45, 94, 55), fill=tones.fill, outline=tones.ink, width=line)
    for left, bottom in ((70, 72), (84, 68)):
        pen.rectangle(_at(size, left, 54, left + 8, bottom), fill=tones.fill, outline=tones.ink, width=line)
        pen.rectangle(_at(size, left + 1.4, 52, left + 6.6, 56), fill=tones.fill)
    pen.ellipse(_at(size, 5, 30, 45, 70), fill=tones.fill, outline=tones.ink, width=line)
    pen.ellipse(_at(size, 16, 41, 34, 59), fill=NOTHING, outline=tones.ink, width=line)


def _moon(pen: Pen, size: int, tones: Tones) -> None:
    line = size // 60
    pen.ellipse(_at(size, 12, 12, 84, 84), fill=tones.fill, outline=tones.ink, width=line)
    pen.ellipse(_at(size, 36, 4, 98, 66), fill=NOTHING)
    pen.arc(_at(size, 36, 4, 98, 66), 75, 205, fill=tones.ink, width=line)
    for x, y in ((58, 22), (76, 40), (84, 16)):
        centre = (x * size / 100, y * size / 100, size / 22)
        pen.regular_polygon(centre, 4, rotation=45, fill=tones.pale, outline=tones.ink)


DRAWINGS: dict[str, Callable[[Pen, int, Tones], None]] = {
    "house": _house,
    "tree": _tree,
    "car": _car,
    "fish": _fish,
    "cup": _cup,
    "boat": _boat,
    "umbrella": _umbrella,
    "flower": _flower,
    "key": _key,
    "moon": _moon,
}
