"""The kinds of values a column may hold: how each is read, and what is said of a wrong one.

A column is read at once, through a cache of the texts met before: most columns repeat a few hundred of them.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any, Literal

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from entraide.formats import departments, iban, mobile, nir
from entraide.formats.money import MoneyError, parse_cents
from entraide.portal.gateways.core_system.report import shown

Kind = Literal["text", "date", "integer", "uuid"]
_REMEMBERED = 20_000
_SHORTEST_MASKED = 13
_REFERENCE = r"[A-Za-z0-9-]{1,40}"
_FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_FIRST_YEAR, _LAST_YEAR = "1890", "2199"


class BadCell(ValueError):
    """A text that the column does not take; `expected` when it is more precise than the column's own."""

    def __init__(self, expected: str = "") -> None:
        super().__init__(expected)
        self.expected = expected


class _Memory(dict[str, Any]):
    """Text → value, computed once; emptied when full, so that columns without repeats stay small."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, text: str) -> Any:
        value = self.read(text)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[text] = value
        return value


@dataclass(slots=True)
class Cell:
    """`parse` reads a text that is not blank; `blank` is the value of a blank one, or REQUIRED.

    An `optional` column may be absent from the file: every row then has its blank value.
    """

    expected: str
    parse: Callable[[str], Any]
    kind: Kind = "text"
    blank: Any = ...
    optional: bool = False
    memory: _Memory = field(init=False)

    def __post_init__(self) -> None:
        self.memory = _Memory(self.read)

    def read(self, text: str) -> Any:
        """The value as it is stored; raises BadCell."""
        if not text:
            if self.blank is REQUIRED:
                raise BadCell
            return self.blank
        return self.parse(text)

    def column(self, texts: Sequence[str]) -> list[Any]:
        """All the values of a column; raises BadCell without saying which text is bad."""
        return list(map(self.memory.__getitem__, texts))

    def quote(self, text: str) -> str:
        return shown(text)


REQUIRED = ...


class ReferenceColumn(Cell):
    """References hardly repeat: one expression looks at all of them together."""

    __slots__ = ()

    def column(self, texts: Sequence[str]) -> list[Any]:
        if not _REFERENCES("\n".join(texts) + "\n"):
            raise BadCell
        return list(texts)


_REFERENCES = re.compile(rf"(?:{_REFERENCE}\n)*", re.ASCII).fullmatch
_ONE_REFERENCE = re.compile(_REFERENCE, re.ASCII).fullmatch


def reference() -> Cell:
    return ReferenceColumn(
        "up to 40 letters without accents, digits and hyphens", partial(_matched, _ONE_REFERENCE)
    )


def digits(count: int, *, blank: Any = REQUIRED) -> Cell:
    matches = re.compile(f"[0-9]{{{count}}}", re.ASCII).fullmatch
    return Cell(f"{count} digits", partial(_matched, matches), blank=blank)


def text(longest: int, *, blank: Any = REQUIRED) -> Cell:
    return Cell(f"a text of up to {longest} characters", partial(_text, longest=longest), blank=blank)


def pattern(form: str, expected: str, *, blank: Any = REQUIRED) -> Cell:
    return Cell(expected, partial(_matched, re.compile(form, re.ASCII).fullmatch), blank=blank)


def choice(values: Sequence[str], *, blank: Any = REQUIRED) -> Cell:
    accepted = frozenset(values)
    return Cell(f"one of {', '.join(values)}", partial(_matched, accepted.__contains__), blank=blank)


def day(*, blank: Any = REQUIRED) -> Cell:
    return Cell("a date, as 2026-03-31", _day, kind="date", blank=blank)


def cents(*, blank: Any = REQUIRED) -> Cell:
    return Cell("euros with a dot and two digits, as 12.81", _cents, kind="integer", blank=blank)


def whole(lowest: int, highest: int, *, blank: Any = REQUIRED) -> Cell:
    return Cell(
        f"a whole number from {lowest} to {highest}",
        partial(_whole, lowest=lowest, highest=highest),
        kind="integer",
        blank=blank,
    )


def may_be_absent(cells: dict[str, Cell]) -> dict[str, Cell]:
    """The same columns, which a file may leave out; each must have a blank value."""
    return {name: replace(cell, optional=True) for name, cell in cells.items()}


@dataclass(slots=True)
class SecretColumn(Cell):
    """Quoted through a mask whatever it holds, and never remembered."""

    mask: Callable[[str], str] = nir.mask

    def column(self, texts: Sequence[str]) -> list[Any]:
        return list(map(self.read, texts))

    def quote(self, text: str) -> str:
        if not text:
            return "nothing"
        # The masks leave some characters in clear: of a short text, they would leave all.
        return f'"{self.mask(text)}"' if len(text) >= _SHORTEST_MASKED else f'"{text[:2]}•••"'


def health_number() -> Cell:
    return SecretColumn("a health insurance number of 15 characters with the right key", _nir)


def account_number(*, blank: Any = "") -> Cell:
    return SecretColumn("an IBAN without spaces, with the right keys", _iban, blank=blank, mask=iban.mask)


def professional_number(*, blank: Any = REQUIRED) -> Cell:
    return pattern("[0-9]{9}|[0-9]{11}", "a professional's number of 9 or 11 digits", blank=blank)


def bank_code() -> Cell:
    return Cell("a BIC of 8 or 11 characters", _bic, blank="")


def birth_department() -> Cell:
    return Cell("a department of birth, as 38, 2A, 971, or 99 for abroad", _department)


def email_address() -> Cell:
    return Cell("an e-mail address", _email, blank="")


def mobile_number() -> Cell:
    return Cell("a French mobile number, as 06 39 98 12 34", _mobile, blank="")


def phone_number() -> Cell:
    return Cell("a French phone number, as 01 99 00 12 34", _phone, blank="")


def _matched(matches: Callable[[str], object], text: str) -> str:
    if not matches(text):
        raise BadCell
    return text


def _text(text: str, *, longest: int) -> str:
    if len(text) > longest:
        raise BadCell(f"up to {longest} characters (these are {len(text)})")
    if text.strip() != text:
        raise BadCell("a text without spaces around it")
    # isprintable is quick but refuses the French no-break spaces, which the slow way lets through.
    if not text.isprintable() and not _FORBIDDEN.isdisjoint(map(unicodedata.category, text)):
        raise BadCell("a text without control characters or line breaks")
    return text


def _day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise BadCell from None
    # fromisoformat also takes weeks and dates without hyphens.
    if len(text) != 10 or text[7] != "-" or not _FIRST_YEAR <= text[:4] <= _LAST_YEAR:
        raise BadCell
    return text


def _cents(text: str) -> int:
    try:
        return parse_cents(text)
    except MoneyError:
        raise BadCell from None


def _whole(text: str, *, lowest: int, highest: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10 and str(int(text)) == text):
        raise BadCell
    value = int(text)
    if not lowest <= value <= highest:
        raise BadCell
    return value


def _nir(text: str) -> str:
    try:
        value = nir.parse(text).value
    except nir.NirError:
        raise BadCell from None
    return _matched(value.__eq__, text)


def _iban(text: str) -> str:
    try:
        value = iban.parse(text)
    except iban.IbanError:
        raise BadCell from None
    return _matched(value.__eq__, text)


def _bic(text: str) -> str:
    try:
        return iban.parse_bic(text)
    except iban.BicError:
        raise BadCell from None


def _department(text: str) -> str:
    if departments.normalise(text) != text or text not in departments.DEPARTMENTS:
        raise BadCell
    return text


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise BadCell from None
    return text


def _mobile(text: str) -> str:
    try:
        return mobile.parse(text)
    except mobile.MobileError:
        raise BadCell from None


def _phone(text: str) -> str:
    try:
        read = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        raise BadCell from None
    if not phonenumbers.is_possible_number(read):
        raise BadCell
    return str(phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164))
