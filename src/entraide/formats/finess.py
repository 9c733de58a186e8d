"""FINESS numbers: nine characters that name a health facility of France.

The first two are the department (2A and 2B in Corsica), the last one is the Luhn digit of the nine; there the
letter of Corsica counts as a figure, A as 1 and B as 2.
"""

import re
import unicodedata
from typing import Literal

from stdnum import luhn

FinessFault = Literal["empty", "characters", "length", "key"]

_SEPARATORS = re.compile(r"[\s.\-/]+")
_LETTERED = re.compile(r"2[AB]")
_LENGTH = 9


class FinessError(ValueError):
    """A text that is no FINESS number; `code` says which rule it breaks."""

    def __init__(self, code: FinessFault) -> None:
        super().__init__(code)
        self.code: FinessFault = code


def parse(text: str) -> str:
    """The number as `380000067`, without spaces; raises `FinessError`.

    Nothing is put in front of a number that is too short: whoever reads a spreadsheet that dropped a first
    zero knows it, and says so with `with_first_zero`.
    """
    number = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
    if not number:
        raise FinessError("empty")
    figures = _figures(number)
    if not (figures.isascii() and figures.isdigit()):
        raise FinessError("characters")
    if len(figures) != _LENGTH:
        raise FinessError("length")
    if not luhn.is_valid(figures):
        raise FinessError("key")
    return number


def is_valid(text: str) -> bool:
    """Whether this is a FINESS number, spaces or not."""
    try:
        parse(text)
    except FinessError:
        return False
    return True


def with_first_zero(text: str) -> str:
    """The number with the zero that a spreadsheet drops in the departments 01 to 09."""
    return text.zfill(_LENGTH) if text.isascii() and text.isdigit() else text


def grouped(number: str) -> str:
    """As it is printed on papers, for the eye: `38 000 006 7`."""
    return f"{number[:2]} {number[2:5]} {number[5:8]} {number[8:]}"


def _figures(number: str) -> str:
    """Nine figures to work out the key with."""
    if _LETTERED.match(number):
        return number[0] + ("1" if number[1] == "A" else "2") + number[2:]
    return number
