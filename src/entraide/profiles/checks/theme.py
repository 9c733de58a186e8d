"""Colours that everybody can read, and drawings that hold nothing but a drawing."""

import re
from collections.abc import Iterator
from pathlib import Path

from entraide.profiles.faults import Fault
from entraide.profiles.files import THEME
from entraide.profiles.model import Theme
from entraide.profiles.palette import Pair, pairs

# What a drawing served from the portal's own address must not hold: code, styles, things fetched elsewhere.
_FORBIDDEN = re.compile(
    r"<(?:script|style|foreignObject|image|use|a)\b|<!|\b(?:on\w+|href|style)\s*=|url\(", re.IGNORECASE
)
_DRAWING = re.compile(r'\s*<svg\b[^>]*\bviewBox="[^"]+"[^>]*>.*</svg>\s*', re.DOTALL)


def check_theme(theme: Theme, *, folder: Path) -> Iterator[Fault]:
    yield from _check_contrast(theme)
    for key, name in (("logo", theme.logo), ("favicon", theme.favicon)):
        yield from _check_drawing(folder / name, key=key)


def _check_contrast(theme: Theme) -> Iterator[Fault]:
    """For each of the two chosen colours, its worst pair in each mode."""
    for key in ("brand", "accent"):
        for dark in (False, True):
            shown = [pair for pair in pairs(theme, dark=dark) if _blames(pair, key)]
            worst = min(shown, key=lambda pair: pair.ratio / pair.needed)
            if not worst.readable:
                yield _contrast_fault(worst, key=key, colour=getattr(theme, key), dark=dark)


def _blames(pair: Pair, key: str) -> bool:
    return key == ("accent" if "--accent" in (pair.front, pair.back) else "brand")


def _contrast_fault(pair: Pair, *, key: str, colour: str, dark: bool) -> Fault:
    mode = "dark" if dark else "light"
    found = f'"{colour}", {pair.front} on {pair.back} at {pair.ratio:.1f} in {mode} mode'
    return Fault(THEME, key, found, f"a colour that gives a contrast of at least {pair.needed:.1f}")


def _check_drawing(path: Path, *, key: str) -> Iterator[Fault]:
    if not path.is_file():
        yield Fault(THEME, key, f'"{path.name}", which is not in the folder', "a file of the same folder")
        return
    drawing = path.read_text(encoding="utf-8", errors="replace")
    if not _DRAWING.fullmatch(drawing):
        yield Fault(path.name, "svg", "another content", "one <svg> element with a viewBox")
    if forbidden := _FORBIDDEN.search(drawing):
        yield Fault(path.name, "svg", forbidden.group(), "shapes only: no script, style, link or comment")
