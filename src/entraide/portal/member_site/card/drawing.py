"""The code of a card as a picture: a QR that holds the link to the check, with the code behind its #.

What stands behind the # never leaves the browser that opens the link: no log of any server holds it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import segno
from django.conf import settings
from django.urls import reverse

from entraide.portal.domain.card.codes import code_of
from entraide.portal.domain.card.queries import CoverageCard

# The quiet zone around a QR, in squares.
_QUIET = 4


@dataclass(frozen=True, slots=True)
class Drawing:
    """A QR as one path of horizontal strokes, in a square of `side` units, the quiet zone included."""

    side: int
    path: str

    @property
    def svg(self) -> str:
        """The same as a file, black on white."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.side} {self.side}">'
            f'<rect width="{self.side}" height="{self.side}" fill="#fff"/>'
            f'<path stroke="#000" d="{self.path}"/></svg>'
        )


def link_of(card: CoverageCard) -> str:
    """What a phone opens when it reads the card."""
    return f"{settings.ENTRAIDE.public_url}{reverse('card-check')}#{code_of(card)}"


def drawing_of(card: CoverageCard) -> Drawing:
    """The QR of the card."""
    matrix = segno.make(link_of(card), error="m", micro=False).matrix
    rows = enumerate(matrix, _QUIET)
    return Drawing(len(matrix) + 2 * _QUIET, "".join(one for y, row in rows for one in _strokes(row, y)))


def _strokes(row: Iterable[int], y: int) -> Iterator[str]:
    """A stroke for each run of dark squares."""
    x = _QUIET
    for is_dark, run in groupby(row):
        length = len(list(run))
        if is_dark:
            yield f"M{x} {y}.5h{length}"
        x += length
