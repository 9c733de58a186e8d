"""Amounts in files: decimal text with a dot and two digits, integer cents in the program."""

import re
from typing import Literal

MoneyFault = Literal["empty", "form", "size"]

_FORM = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]{2}", re.ASCII)
# Nine digits of euros: more than any refund, and a 64-bit column of the database holds sums of them.
_MAX_LENGTH = len("-123456789.00")


class MoneyError(ValueError):
    """A text that is no amount; `code` says which rule it breaks."""

    def __init__(self, code: MoneyFault) -> None:
        super().__init__(code)
        self.code: MoneyFault = code


def parse_cents(text: str) -> int:
    """Integer cents of `12.81` or `-3.00`: one amount has one spelling, anything else raises `MoneyError`."""
    if not text:
        raise MoneyError("empty")
    if not _FORM.fullmatch(text):
        raise MoneyError("form")
    if len(text) > _MAX_LENGTH or (len(text) == _MAX_LENGTH and text[0] != "-"):
        raise MoneyError("size")
    return int(text[:-3] + text[-2:])


def format_cents(cents: int) -> str:
    """The text that `parse_cents` reads back as the same number."""
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    return f"{sign}{euros}.{rest:02d}"


def share(cents: int, *, percent: int) -> int:
    """Part of an amount in whole cents, half a cent rounded up, as health insurance statements do."""
    return (cents * percent + 50) // 100
