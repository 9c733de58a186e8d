"""Bank accounts: the IBAN with its two keys in France, and the BIC of the bank."""

import re
import unicodedata
from typing import Literal

from stdnum import bic as stdnum_bic
from stdnum import exceptions, numdb
from stdnum import iban as stdnum_iban

IbanFault = Literal["empty", "characters", "country", "length", "key", "rib_key"]
BicFault = Literal["empty", "length", "characters", "country"]

_SEPARATORS = re.compile(r"[\s.\-]+")
_HEAD = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]*", re.ASCII)
# Letters of a French account number, as the banks' own key counts them (J and S start again).
_RIB_DIGITS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")
# Monaco shares the French account number.
_RIB_COUNTRIES = frozenset({"FR", "MC"})
_SHOWN_AT_END = 4
_REGISTRY = numdb.get("iban")


class IbanError(ValueError):
    """A text that is no IBAN; `code` says which rule it breaks."""

    def __init__(self, code: IbanFault) -> None:
        super().__init__(code)
        self.code: IbanFault = code


class BicError(ValueError):
    """A text that is no BIC; `code` says which rule it breaks."""

    def __init__(self, code: BicFault) -> None:
        super().__init__(code)
        self.code: BicFault = code


def normalise(text: str) -> str:
    """The IBAN or BIC without separators, upper case."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


def parse(text: str) -> str:
    """The IBAN in its electronic form; raises `IbanError` with the first rule that is broken."""
    number = normalise(text)
    if not number:
        raise IbanError("empty")
    if not _HEAD.fullmatch(number):
        raise IbanError("characters")
    _check_against_registry(number)
    if number[:2] in _RIB_COUNTRIES and rib_key(number[4:9], number[9:14], number[14:25]) != number[25:]:
        raise IbanError("rib_key")
    return number


def mask(iban: str) -> str:
    """Country, key and the last four characters: `FR76 •••• •••• •••• •••• ••• 0189`."""
    number = normalise(iban)
    hidden = "•" * max(0, len(number) - 4 - _SHOWN_AT_END)
    groups = [hidden[start : start + 4] for start in range(0, len(hidden), 4)]
    return " ".join([number[:4], *groups, last_four(number)])


def last_four(iban: str) -> str:
    return normalise(iban)[-_SHOWN_AT_END:]


def reveal(iban: str) -> str:
    """The whole IBAN in groups of four."""
    return str(stdnum_iban.format(normalise(iban)))


def make_french(bank: str, branch: str, account: str) -> str:
    """An IBAN with the right RIB key and the right IBAN key (five, five and eleven characters)."""
    if (len(bank), len(branch), len(account)) != (5, 5, 11):
        raise IbanError("length")
    body = bank + branch + account + rib_key(bank, branch, account)
    return parse("FR" + str(stdnum_iban.calc_check_digits(f"FR00{body}")) + body)


def rib_key(bank: str, branch: str, account: str) -> str:
    """The key at the end of a French account number, `01` to `97`."""
    weighted = (
        89 * int(bank.translate(_RIB_DIGITS))
        + 15 * int(branch.translate(_RIB_DIGITS))
        + 3 * int(account.translate(_RIB_DIGITS))
    )
    return f"{97 - weighted % 97:02d}"


def parse_bic(text: str) -> str:
    """The BIC of 8 or 11 characters; raises `BicError`."""
    number = normalise(text)
    if not number:
        raise BicError("empty")
    try:
        return str(stdnum_bic.validate(number))
    except exceptions.InvalidLength:
        raise BicError("length") from None
    except exceptions.InvalidComponent:
        raise BicError("country") from None
    except exceptions.ValidationError:
        raise BicError("characters") from None


def _check_against_registry(number: str) -> None:
    """The country's length and shape come before the key, so that the message names the real slip."""
    expected = _length_in(number[:2])
    if expected is None:
        raise IbanError("country")
    if len(number) != expected:
        raise IbanError("length")
    try:
        # Without the library's checks of foreign banks: its lists of them age, and a refund must not wait.
        stdnum_iban.validate(number, check_country=False)
    except exceptions.InvalidChecksum:
        raise IbanError("key") from None
    except exceptions.ValidationError:
        raise IbanError("characters") from None


def _length_in(country: str) -> int | None:
    """How long an IBAN of this country is, from the registry that stdnum carries."""
    found = _REGISTRY.info(country + "0" * 32)[0][1].get("bban")
    if not found:
        return None
    return 4 + sum(int(count) for count in re.findall(r"([0-9]+)!", found))
