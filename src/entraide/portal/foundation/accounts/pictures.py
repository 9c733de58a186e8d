"""Small pictures for the human check, made afresh for each attempt: no file, no name, no two alike (X5).

Nothing but the shape tells what a picture shows. Every picture has the same number of bytes, since its points
are stored and not compressed; colours, ground, size, place and grain are drawn by lot, whatever the thing.
"""

import colorsys
import io
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from entraide.portal.foundation.accounts.drawings import DRAWINGS, Colour, Pen, Tones

SIDE = 160
_SCALE = 3
_COLOURS = 256
_GRAIN = 0.14


def draw(kind: str, *, seed: str) -> bytes:
    """A PNG of SIDE × SIDE pixels that shows a thing of this kind; the same seed gives the same picture."""
    rng = random.Random(seed)  # noqa: S311 (a drawing; the answer is not in it)
    is_dark = rng.random() < 0.45
    tones = _tones(rng, is_dark=is_dark)
    sheet = Image.new("RGB", (SIDE, SIDE), _ground(rng, is_dark=is_dark))
    _scribble(ImageDraw.Draw(sheet), rng, tones)
    thing = _thing(kind, rng, tones)
    free = SIDE - thing.width
    sheet.paste(thing, (rng.randint(0, free), rng.randint(0, free)), thing)
    tint = Image.new("RGB", sheet.size, _shade(rng, strong=rng.random(), light=rng.uniform(0.2, 1.0)))
    sheet = Image.blend(sheet, tint, rng.uniform(0.0, 0.25))
    return _png(_grainy(sheet, rng))


def _tones(rng: random.Random, *, is_dark: bool) -> Tones:
    if is_dark:
        return Tones(
            ink=_shade(rng, strong=rng.uniform(0.05, 0.3), light=0.98),
            fill=_shade(rng, strong=rng.uniform(0.5, 0.9), light=rng.uniform(0.55, 0.8)),
            second=_shade(rng, strong=rng.uniform(0.5, 0.9), light=rng.uniform(0.4, 0.7)),
            pale=_shade(rng, strong=rng.uniform(0.0, 0.5), light=rng.uniform(0.8, 1.0)),
        )
    return Tones(
        ink=_shade(rng, strong=rng.uniform(0.4, 0.9), light=rng.uniform(0.12, 0.32)),
        fill=_shade(rng, strong=rng.uniform(0.3, 0.8), light=rng.uniform(0.65, 0.95)),
        second=_shade(rng, strong=rng.uniform(0.4, 0.8), light=rng.uniform(0.4, 0.8)),
        pale=_shade(rng, strong=rng.uniform(0.0, 0.4), light=rng.uniform(0.85, 1.0)),
    )


def _ground(rng: random.Random, *, is_dark: bool) -> Colour:
    if is_dark:
        return _shade(rng, strong=rng.uniform(0.2, 0.7), light=rng.uniform(0.15, 0.38))
    return _shade(rng, strong=rng.uniform(0.03, 0.35), light=rng.uniform(0.8, 1.0))


def _shade(rng: random.Random, *, strong: float, light: float) -> Colour:
    red, green, blue = colorsys.hsv_to_rgb(rng.random(), strong, light)
    return round(red * 255), round(green * 255), round(blue * 255)


def _scribble(pen: Pen, rng: random.Random, tones: Tones) -> None:
    """Spots and strokes behind the thing, in its own colours: they say nothing of it."""
    for _ in range(rng.randint(4, 11)):
        x, y, radius = rng.randint(0, SIDE), rng.randint(0, SIDE), rng.randint(3, 20)
        tone = rng.choice((tones.fill, tones.second, tones.pale))
        box = (x - radius, y - radius, x + radius, y + radius)
        if rng.random() < 0.5:
            pen.arc(box, rng.randint(0, 360), rng.randint(0, 360), fill=tone, width=rng.randint(2, 6))
        else:
            pen.line((x, y, x + rng.randint(-50, 50), y + rng.randint(-50, 50)), fill=tone, width=2)


def _thing(kind: str, rng: random.Random, tones: Tones) -> Image.Image:
    size = SIDE * _SCALE
    layer = Image.new("RGBA", (size, size), (*tones.ink, 0))
    DRAWINGS[kind](ImageDraw.Draw(layer), size, tones)
    # Made small first, turned afterwards: nine of these are drawn for every sign-in.
    side = int(SIDE * rng.uniform(0.68, 1.0))
    layer = layer.resize((side, side), Image.Resampling.BOX)
    if rng.random() < 0.5:
        layer = ImageOps.mirror(layer)
    return layer.rotate(rng.uniform(-18, 18), resample=Image.Resampling.BICUBIC)


def _grainy(sheet: Image.Image, rng: random.Random) -> Image.Image:
    if rng.random() < 0.5:
        sheet = sheet.filter(ImageFilter.GaussianBlur(0.5))
    grain = Image.frombytes("RGB", sheet.size, rng.randbytes(SIDE * SIDE * 3))
    soft = Image.blend(Image.new("RGB", sheet.size, (128, 128, 128)), grain, _GRAIN)
    return ImageChops.overlay(sheet, soft)


def _png(sheet: Image.Image) -> bytes:
    """The picture in as many bytes as any other: one byte a point, a whole palette, no compression."""
    few = sheet.quantize(colors=_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = few.getpalette() or []
    few.putpalette(palette + [0] * (3 * _COLOURS - len(palette)))
    out = io.BytesIO()
    few.save(out, "PNG", compress_level=0)
    return out.getvalue()
