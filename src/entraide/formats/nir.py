"""The NIR, the number of the French health insurance: 13 characters and a two-digit key.

Layout: sex (1), year (2), month (2), place of birth (5), order in the register (3), key (2).
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, Self

from stdnum.fr import nir as stdnum_nir

NirFault = Literal["empty", "characters", "length", "key_missing", "sex", "month", "place", "order", "key"]

# Spaces, dots, dashes of any length, and marks that cannot be seen: a copied number brings them all.
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_SEPARATORS = re.compile(rf"[\s./_·\-\u2010-\u2015\u2212{_UNSEEN}]+")
_SHAPE = re.compile(r"[0-9]{5}(?:[0-9]{2}|2[AB])[0-9]*", re.ASCII)
# 3/4 and 7/8 are given while a person's civil status is being confirmed.
_SEXES = frozenset("123478")
# 20-42 and 50-99: the month is not known, or the register of the month was full.
_MONTHS = frozenset(f"{month:02d}" for month in (*range(1, 13), *range(20, 43), *range(50, 100)))
_LENGTH = 15
_LENGTH_WITHOUT_KEY = 13
_HIDDEN = "•"


class NirError(ValueError):
    """A text that is no NIR; `code` says which rule it breaks."""

    def __init__(self, code: NirFault) -> None:
        super().__init__(code)
        self.code: NirFault = code


@dataclass(frozen=True, slots=True)
class Nir:
    """A well-formed NIR with the right key. Its text form is masked, so that no log shows the number."""

    value: str

    def __str__(self) -> str:
        return mask(self.value)

    def __repr__(self) -> str:
        return f"Nir({mask(self.value)})"

    @property
    def is_provisional(self) -> bool:
        return self.value[0] in "3478"

    @property
    def department(self) -> str:
        """Birth department as people write it: `38`, `2A`, `971`, `99` for abroad."""
        return _department(self.value)

    @property
    def key(self) -> str:
        return self.value[_LENGTH_WITHOUT_KEY:]

    @classmethod
    def of(cls, text: str) -> Self:
        return cls(_checked(normalise(text)))


def normalise(text: str) -> str:
    """The characters that count, upper case: separators and typographic variants removed."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


def parse(text: str) -> Nir:
    """Read a NIR as people type it; raises `NirError` with the first rule that is broken."""
    return Nir.of(text)


def key_of(first13: str) -> str:
    """The two-digit key of the 13 first characters; Corsica's 2A and 2B count as 19 and 18."""
    number = normalise(first13)
    if len(number) != _LENGTH_WITHOUT_KEY:
        raise NirError("length")
    if not _SHAPE.fullmatch(number):
        raise NirError("characters")
    return str(stdnum_nir.calc_check_digits(number))


def mask(nir: Nir | str) -> str:
    """Sex, year and month only: `1 84 01 •• ••• ••• ••`."""
    number = nir.value if isinstance(nir, Nir) else normalise(nir)
    return f"{number[:1]} {number[1:3]} {number[3:5]} •• ••• ••• ••"


def reveal(nir: Nir | str) -> str:
    """The whole number in its printed groups: `2 95 10 99 126 111 93`."""
    number = nir.value if isinstance(nir, Nir) else normalise(nir)
    return str(stdnum_nir.format(number))


def make(*, sex: int, year: int, month: int, department: str, commune: str, order: int) -> Nir:
    """Build a fictitious NIR with its key; `commune` has two digits after a three-digit department."""
    first13 = f"{sex}{year % 100:02d}{month:02d}{department}{commune}{order:03d}"
    return parse(first13 + key_of(first13))


def _checked(number: str) -> str:
    if not number:
        raise NirError("empty")
    if not _looks_like_one(number):
        raise NirError("characters")
    if len(number) == _LENGTH_WITHOUT_KEY:
        raise NirError("key_missing")
    if len(number) != _LENGTH:
        raise NirError("length")
    _check_parts(number)
    if stdnum_nir.calc_check_digits(number) != number[_LENGTH_WITHOUT_KEY:]:
        raise NirError("key")
    return number


def _looks_like_one(number: str) -> bool:
    """Digits everywhere, but for the second character of Corsica; a short text is judged on what it has."""
    return bool(_SHAPE.fullmatch(number)) or (len(number) < 7 and number.isascii() and number.isdigit())


def _check_parts(number: str) -> None:
    if number[0] not in _SEXES:
        raise NirError("sex")
    if number[3:5] not in _MONTHS:
        raise NirError("month")
    if not _is_place(number):
        raise NirError("place")
    if number[10:13] == "000":
        raise NirError("order")


def _is_place(number: str) -> bool:
    two = number[5:7]
    if two in {"00", ""}:
        return False
    if two in {"97", "98"}:
        return number[7] in "123456789" and number[8:10] != "00"
    return number[7:10] != "000"


def _department(number: str) -> str:
    return number[5:8] if number[5:7] in {"97", "98"} else number[5:7]
