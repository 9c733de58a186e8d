"""French mobile numbers, metropolitan and overseas, in the international form E.164."""

import re
import unicodedata
from typing import Literal

import phonenumbers

MobileFault = Literal["empty", "characters", "length", "not_french", "not_mobile"]

_ALLOWED = re.compile(r"\+?[0-9]+", re.ASCII)
_SEPARATORS = re.compile(r"[\s.\-/()]+")
_TRUNK_ZERO = "(0)"
# The numbering plans where a French mobile can be: overseas ones have country codes of their own.
_REGIONS = ("FR", "GP", "GF", "MQ", "RE", "YT", "PM", "NC", "PF", "WF", "BL", "MF")
_COUNTRY_CODES = frozenset({33, 262, 590, 594, 596, 508, 687, 689, 681})
_HOME_CODES = frozenset({33, 262, 590, 594, 596})
# 069x and 0639 belong to the overseas plans, but 06 39 98 is set apart for fiction, as our demo needs.
_METROPOLITAN = re.compile(r"(?:63998[0-9]{4}|6(?!39|9)[0-9]{8}|7[3-9][0-9]{7})", re.ASCII)
_LANDLINE = re.compile(r"[1-589][0-9]{8}", re.ASCII)
_DIGITS_AT_HOME = 10


class MobileError(ValueError):
    """A text that is no French mobile number; `code` says which rule it breaks."""

    def __init__(self, code: MobileFault) -> None:
        super().__init__(code)
        self.code: MobileFault = code


def parse(text: str) -> str:
    """The number as `+33639981234`; raises `MobileError`."""
    number = _typed(text)
    if not number:
        raise MobileError("empty")
    if not _ALLOWED.fullmatch(number):
        raise MobileError("characters")
    for region in _REGIONS:
        found = _mobile_of(number, region=region)
        if found:
            return found
    raise MobileError(_why_not(number))


def mask(mobile: str) -> str:
    """First two and last two digits, as dialled at home: `06 •• •• •• 12`."""
    digits = _dialled(mobile)
    return f"{digits[:2]} •• •• •• {digits[-2:]}"


def national(mobile: str) -> str:
    """As dialled at home, in pairs: `06 39 98 12 34`."""
    digits = _dialled(mobile)
    return " ".join(digits[start : start + 2] for start in range(0, len(digits), 2))


def _typed(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace(_TRUNK_ZERO, "")
    bare = _SEPARATORS.sub("", plain)
    return "+" + bare[2:] if bare.startswith("00") else bare


def _mobile_of(number: str, *, region: str) -> str | None:
    try:
        read = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    if read.country_code not in _COUNTRY_CODES:
        return None
    if not _is_known_mobile(read) and not _is_metropolitan(read):
        return None
    return str(phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164))


def _is_known_mobile(read: phonenumbers.PhoneNumber) -> bool:
    return (
        phonenumbers.is_valid_number(read)
        and phonenumbers.number_type(read) == phonenumbers.PhoneNumberType.MOBILE
    )


def _is_metropolitan(read: phonenumbers.PhoneNumber) -> bool:
    """By its shape alone: a range that opened after the library's last release is not refused."""
    return read.country_code == 33 and bool(_METROPOLITAN.fullmatch(str(read.national_number)))


def _why_not(number: str) -> MobileFault:
    try:
        read = phonenumbers.parse(number, "FR")
    except phonenumbers.NumberParseException:
        return "length"
    if read.country_code not in _COUNTRY_CODES:
        return "not_french"
    if read.country_code in _HOME_CODES and len(str(read.national_number)) != _DIGITS_AT_HOME - 1:
        return "length"
    return "not_mobile"


def _dialled(mobile: str) -> str:
    read = phonenumbers.parse(mobile, "FR")
    trunk = "0" if read.country_code in _HOME_CODES else ""
    return f"{trunk}{read.national_number}"
