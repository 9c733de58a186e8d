"""French phone numbers of any kind, metropolitan and overseas, in the international form E.164."""

import re
import unicodedata
from contextlib import suppress
from typing import Literal

import phonenumbers

from entraide.formats import mobile

PhoneFault = Literal["empty", "characters", "length", "not_french", "special"]

_ALLOWED = re.compile(r"\+?[0-9]+", re.ASCII)
_SEPARATORS = re.compile(r"[\s.\-/()]+")
_TRUNK_ZERO = "(0)"
# The numbering plans of France: overseas ones have country codes of their own.
_COUNTRY_CODES = frozenset({33, 262, 508, 590, 594, 596, 681, 687, 689})
_DIGITS = {33: 9, 262: 9, 590: 9, 594: 9, 596: 9}
# Overseas numbers are dialled as those of the mainland, and belong to plans of their own.
_OVERSEAS = {"262": 262, "263": 262, "269": 262, "590": 590, "594": 594, "596": 596}


class PhoneError(ValueError):
    """A text that is no French phone number; `code` says which rule it breaks."""

    def __init__(self, code: PhoneFault) -> None:
        super().__init__(code)
        self.code: PhoneFault = code


def parse(text: str) -> str:
    """The number as `+33476001234`; raises `PhoneError`. Numbers in 08 are a service's, not somebody's."""
    plain = unicodedata.normalize("NFKC", text).replace(_TRUNK_ZERO, "")
    number = _SEPARATORS.sub("", plain)
    number = "+" + number[2:] if number.startswith("00") else number
    if not number:
        raise PhoneError("empty")
    if not _ALLOWED.fullmatch(number):
        raise PhoneError("characters")
    with suppress(mobile.MobileError):
        return mobile.parse(number)
    try:
        read = phonenumbers.parse(number, "FR")
    except phonenumbers.NumberParseException:
        raise PhoneError("length") from None
    code, national = read.country_code or 0, str(read.national_number)
    if code not in _COUNTRY_CODES:
        raise PhoneError("not_french")
    if not phonenumbers.is_possible_number(read) or len(national) != _DIGITS.get(code, len(national)):
        raise PhoneError("length")
    if code == 33 and national.startswith("8"):
        raise PhoneError("special")
    code = _OVERSEAS.get(national[:3], code) if code == 33 else code
    return f"+{code}{national}"


def national(number: str) -> str:
    """`+33476001234` as it is dialled in France: `04 76 00 12 34`."""
    read = phonenumbers.parse(number, None)
    return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.NATIONAL)
