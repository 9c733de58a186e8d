"""Builds the portal's web fonts: Latin subsets, in WOFF2, of the Source Sans Pro files of a package.

The files are built when the product is installed rather than stored: the package stays the only copy.
`python -m entraide.portal.design.fonts TARGET` does the same from a shell.
"""

import sys
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

# Latin letters of French and its neighbours, and the signs that screens print.
UNICODES = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *(0x02C6, 0x02DC, 0x2002, 0x2003, 0x2009, 0x202F, 0x2010, 0x2011, 0x2013, 0x2014),
    *(0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026, 0x2032, 0x2033, 0x2039, 0x203A),
    *(0x20AC, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265),
)
FEATURES = ("kern", "mark", "mkmk", "liga", "calt", "ccmp", "locl", "tnum", "lnum", "ordn", "frac", "sups")


@dataclass(frozen=True)
class Face:
    """One file of the package and the name that the style sheets know it by."""

    source: str
    name: str


FACES = (
    Face("SourceSansPro-Regular.ttf", "source-sans-400"),
    Face("SourceSansPro-It.ttf", "source-sans-400-italic"),
    Face("SourceSansPro-Semibold.ttf", "source-sans-600"),
    Face("SourceSansPro-Bold.ttf", "source-sans-700"),
)


def build(target: Path) -> tuple[Path, ...]:
    """Write the missing faces into `target` and return the path of every face, written now or before."""
    target.mkdir(parents=True, exist_ok=True)
    paths = []
    for face in FACES:
        path = target / f"{face.name}.woff2"
        if not path.exists():
            _write(face, path)
        paths.append(path)
    return tuple(paths)


def _write(face: Face, path: Path) -> None:
    options = Options()
    options.layout_features = list(FEATURES)
    options.flavor = "woff2"
    options.hinting = False
    source = files("font_source_sans_pro") / "files" / face.source
    with source.open("rb") as stream:
        font = TTFont(stream)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=UNICODES)
        subsetter.subset(font)
        font.flavor = "woff2"
        # A half-written file would be taken for a finished one at the next start.
        draft = path.with_suffix(".part")
        font.save(draft)
        draft.replace(path)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
