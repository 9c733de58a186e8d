"""Small drawings for the human check, made afresh for each attempt: no file, no name, no two alike (X5)."""

import colorsys
import io
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter

SIDE = 160
_SCALE = 3
Pen = ImageDraw.ImageDraw
Colour = tuple[int, int, int]
WHITE, SKY, BARK, LEAF, GOLD = (255, 253, 245), (214, 234, 248), (110, 72, 44), (52, 128, 66), (250, 200, 60)


def draw(kind: str, *, seed: str) -> bytes:
    """A PNG of SIDE × SIDE pixels that shows a thing of this kind; the same seed gives the same picture."""
    rng = random.Random(seed)  # noqa: S311 (a drawing; the answer is not in it)
    size = SIDE * _SCALE
    sheet = Image.new("RGB", (size, size), _shade(rng, strong=0.08, light=0.97))
    _scribble(ImageDraw.Draw(sheet), rng, size)
    layer = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    ink = _shade(rng, strong=0.6, light=0.3)
    fill = _shade(rng, strong=rng.uniform(0.5, 0.8), light=rng.uniform(0.75, 0.95))
    DRAWINGS[kind](ImageDraw.Draw(layer), size, ink, fill)
    # Made small first, turned afterwards: nine of these are drawn for every sign-in.
    side = int(SIDE * rng.uniform(0.85, 1.0))
    layer = layer.resize((side, side), Image.Resampling.BOX)
    layer = layer.rotate(rng.uniform(-14, 14), resample=Image.Resampling.BICUBIC)
    sheet = sheet.reduce(_SCALE)
    free = SIDE - side
    sheet.paste(layer, (rng.randint(0, free), rng.randint(0, free)), layer)
    if rng.random() < 0.5:
        sheet = sheet.filter(ImageFilter.GaussianBlur(0.4))
    out = io.BytesIO()
    sheet.save(out, "PNG", compress_level=4)
    return out.getvalue()


def _shade(rng: random.Random, *, strong: float, light: float) -> Colour:
    red, green, blue = colorsys.hsv_to_rgb(rng.random(), strong, light)
    return round(red * 255), round(green * 255), round(blue * 255)


def _scribble(pen: Pen, rng: random.Random, size: int) -> None:
    for _ in range(9):
        x, y, radius = rng.randint(0, size), rng.randint(0, size), rng.randint(size // 20, size // 6)
        tone = _shade(rng, strong=rng.uniform(0.03, 0.16), light=rng.uniform(0.88, 1.0))
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=tone)


def _at(size: int, *points: float) -> list[float]:
    return [point * size / 100 for point in points]


def _house(pen: Pen, size: int, ink: Colour, fill: Colour) -> None:
    line = size // 70
    pen.rectangle(_at(size, 66, 16, 74, 40), fill=ink)
    pen.rectangle(_at(size, 22, 44, 78, 86), fill=fill, outline=ink, width=line)
    pen.polygon(_at(size, 12, 47, 50, 14, 88, 47), fill=ink)
    pen.rectangle(_at(size, 45, 62, 58, 86), fill=BARK, outline=ink, width=line)
    for left in (27, 64):
        pen.rectangle(_at(size, left, 54, left + 11, 65), fill=WHITE, outline=ink, width=line)


def _tree(pen: Pen, size: int, ink: Colour, fill: Colour) -> None:
    pen.polygon(_at(size, 45, 50, 55, 50, 58, 88, 42, 88), fill=BARK)
    crowns = ((28, 10, 72, 48), (12, 28, 52, 64), (48, 28, 88, 64), (30, 34, 70, 66))
    for left, top, right, bottom in crowns:
        pen.ellipse(_at(size, left - 1.5, top - 1.5, right + 1.5, bottom + 1.5), fill=(28, 82, 42))
    for box in crowns:
        pen.ellipse(_at(size, *box), fill=LEAF)
    for x, y in ((36, 26), (58, 24), (26, 46), (46, 42), (70, 44), (54, 56)):
        pen.ellipse(_at(size, x, y, x + 7, y + 7), fill=fill)


def _car(pen: Pen, size: int, ink: Colour, fill: Colour) -> None:
    line = size // 60
    pen.polygon(_at(size, 24, 50, 36, 28, 64, 28, 78, 50), fill=fill, outline=ink, width=line)
    pen.polygon(_at(size, 31, 48, 39, 33, 49, 33, 49, 48), fill=SKY)
    pen.polygon(_at(size, 53, 48, 53, 33, 61, 33, 70, 48), fill=SKY)
    pen.rounded_rectangle(_at(size, 8, 47, 92, 68), radius=size // 16, fill=fill, outline=ink, width=line)
    pen.ellipse(_at(size, 84, 52, 91, 59), fill=GOLD)
    for left in (18, 62):
        pen.ellipse(_at(size, left, 57, left + 22, 79), fill=(40, 40, 46))
        pen.ellipse(_at(size, left + 7, 64, left + 15, 72), fill=(225, 225, 225))


def _fish(pen: Pen, size: int, ink: Colour, fill: Colour) -> None:
    line = size // 60
    pen.polygon(_at(size, 66, 50, 93, 28, 86, 50, 93, 72), fill=ink)
    pen.polygon(_at(size, 34, 34, 52, 18, 60, 36), fill=ink)
    pen.ellipse(_at(size, 8, 29, 74, 71), fill=fill, outline=ink, width=line)
    pen.ellipse(_at(size, 18, 40, 29, 51), fill=WHITE, outline=ink, width=line)
    pen.ellipse(_at(size, 21, 43, 26, 48), fill=(20, 20, 20))
    for left in (34, 46, 58):
        pen.arc(_at(size, left - 10, 38, left + 6, 62), 290, 70, fill=ink, width=line)


def _cup(pen: Pen, size: int, ink: Colour, fill: Colour) -> None:
    pen.ellipse(_at(size, 60, 42, 90, 68), outline=ink, width=size // 20)
    pen.polygon(_at(size, 20, 38, 72, 38, 64, 80, 28, 80), fill=fill, outline=ink, width=size // 60)
    pen.ellipse(_at(size, 20, 31, 72, 45), fill=(92, 56, 34), outline=ink, width=size // 60)
    pen.ellipse(_at(size, 12, 79, 80, 89), fill=WHITE, outline=ink, width=size // 60)
    for left in (32, 44, 56):
        pen.arc(_at(size, left, 8, left + 8, 18), 90, 270, fill=ink, width=size // 45)
        pen.arc(_at(size, left, 18, left + 8, 28), 270, 90, fill=ink, width=size // 45)


def _boat(pen: Pen, size: int, ink: Colour, fill: Colour) -> None:
    pen.rectangle(_at(size, 47.5, 10, 50.5, 64), fill=BARK)
    pen.polygon(_at(size, 53, 12, 84, 56, 53, 56), fill=fill, outline=ink, width=size // 80)
    pen.polygon(_at(size, 45, 20, 45, 56, 18, 56), fill=WHITE, outline=ink, width=size // 80)
    pen.polygon(_at(size, 10, 62, 90, 62, 76, 82, 24, 82), fill=ink)
    for left in range(4, 90, 15):
        pen.arc(_at(size, left, 78, left + 16, 94), 180, 360, fill=(70, 130, 190), width=size // 45)


def _umbrella(pen: Pen, size: int, ink: Colour, fill: Colour) -> None:
    line = size // 60
    pen.rectangle(_at(size, 48.5, 10, 51.5, 82), fill=ink)
    pen.arc(_at(size, 34.5, 72, 51.5, 92), 0, 180, fill=ink, width=size // 33)
    pen.pieslice(_at(size, 8, 16, 92, 96), 180, 360, fill=fill, outline=ink, width=line)
    # Cut-outs below make the scalloped edge; the ribs run to its points.
    for left in (8, 36, 64):
        pen.pieslice(_at(size, left, 50, left + 28, 64), 180, 360, fill=(0, 0, 0, 0))
        pen.arc(_at(size, left, 50, left + 28, 64), 180, 360, fill=ink, width=line)
    pen.rectangle(_at(size, 5, 57.2, 95, 62), fill=(0, 0, 0, 0))
    pen.rectangle(_at(size, 48.5, 50, 51.5, 82), fill=ink)
    pen.line(_at(size, 50, 17, 36, 57), fill=ink, width=line)
    pen.line(_at(size, 50, 17, 64, 57), fill=ink, width=line)


def _flower(pen: Pen, size: int, ink: Colour, fill: Colour) -> None:
    pen.rectangle(_at(size, 48, 50, 52, 94), fill=LEAF)
    pen.ellipse(_at(size, 51, 68, 76, 80), fill=LEAF)
    pen.ellipse(_at(size, 26, 76, 49, 87), fill=LEAF)
    for x, y in ((50, 20), (69, 34), (62, 56), (38, 56), (31, 34)):
        pen.ellipse(_at(size, x - 15, y - 15, x + 15, y + 15), fill=fill, outline=ink, width=size // 80)
    pen.ellipse(_at(size, 38, 28, 62, 52), fill=GOLD, outline=ink, width=size // 80)


def _key(pen: Pen, size: int, ink: Colour, fill: Colour) -> None:
    line = size // 70
    pen.rectangle(_at(size, 40, 45, 94, 55), fill=fill, outline=ink, width=line)
    for left, bottom in ((70, 72), (84, 68)):
        pen.rectangle(_at(size, left, 54, left + 8, bottom), fill=fill, outline=ink, width=line)
        pen.rectangle(_at(size, left + 1.4, 52, left + 6.6, 56), fill=fill)
    pen.ellipse(_at(size, 5, 30, 45, 70), fill=fill, outline=ink, width=line)
    pen.ellipse(_at(size, 16, 41, 34, 59), fill=(0, 0, 0, 0), outline=ink, width=line)


def _moon(pen: Pen, size: int, ink: Colour, fill: Colour) -> None:
    night = (24, 32, 80)
    pen.ellipse(_at(size, 8, 8, 92, 92), fill=night, outline=ink, width=size // 70)
    pen.ellipse(_at(size, 18, 20, 78, 80), fill=GOLD)
    pen.ellipse(_at(size, 39, 15, 85, 61), fill=night)
    for x, y in ((60, 26), (74, 42), (56, 46)):
        pen.regular_polygon((x * size / 100, y * size / 100, size / 36), 4, rotation=45, fill=fill)


DRAWINGS: dict[str, Callable[[Pen, int, Colour, Colour], None]] = {
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
