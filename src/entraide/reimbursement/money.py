"""Integer cents and integer basis points: the one place where an amount is rounded, read or written."""

import re
from typing import NamedTuple

FULL = 10_000
"""100 % in basis points."""

_AMOUNT = re.compile(r"[0-9]{1,9}\.[0-9]{2}", re.ASCII)
_RATE = re.compile(r"([0-9]{1,4})(?:\.([0-9]{1,2}))? ?%", re.ASCII)


class Words(NamedTuple):
    """One sentence in both languages."""

    fr: str
    en: str


def portion(cents: int, rate: int) -> int:
    """Part of an amount in whole cents; half a cent goes up (a convention, domain §1.1).

    `rate` is in basis points: 7000 is 70 %.
    """
    return (cents * rate + 5_000) // FULL


def parse_amount(text: str) -> int | None:
    """Cents of `26.50`; None for any other spelling, so that one amount has one form."""
    return int(text.replace(".", "")) if _AMOUNT.fullmatch(text) else None


def parse_rate(text: str) -> int | None:
    """Basis points of `70 %` or `2.05%`; None for any other spelling."""
    found = _RATE.fullmatch(text)
    if not found:
        return None
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def euros(cents: int) -> Words:
    """An amount as people write it: `1 234,50 €` and `€1,234.50`."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    french = f"{whole:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    return Words(f"{sign}{french},{rest:02d}\N{NO-BREAK SPACE}€", f"{sign}€{whole:,}.{rest:02d}")


def percent(rate: int) -> Words:
    """A rate as people write it: `70 %` and `70%`; decimals only when there are some."""
    whole, rest = divmod(rate, 100)
    decimals = f"{rest:02d}".rstrip("0")
    french = f"{whole},{decimals}" if decimals else str(whole)
    english = f"{whole}.{decimals}" if decimals else str(whole)
    return Words(f"{french}\N{NO-BREAK SPACE}%", f"{english}%")
