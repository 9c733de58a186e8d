"""Fields that answers of every kind share: amounts in euros, moments, reasons."""

import re
from datetime import datetime
from typing import Any, NamedTuple

from entraide.formats.sepa import limits
from entraide.formats.sepa.faults import BankAnswerRefused
from entraide.formats.sepa.xml_input import all_at, cents_of, moment_of, text_at
from entraide.reimbursement.money import Words

_LONGEST_TEXT = 200
_CODE = re.compile(r"[A-Z0-9]{1,4}", re.ASCII)
_ISO_CODE = re.compile(r"[A-Z]{2}[A-Z0-9]{2}", re.ASCII)


class Reason(NamedTuple):
    """A code, or nothing, and the bank's own words."""

    code: str
    text: str


NO_REASON = Reason("", "")


def refused(element: Any, path: str, *, found: str, expected: Words) -> BankAnswerRefused:
    """A fault at a path of the message, with the line where its element starts."""
    place = Words(f"ligne {element.sourceline}, {path}", f"line {element.sourceline}, {path}")
    return BankAnswerRefused(place, found=found, expected=expected)


def required(element: Any, path: str) -> str:
    """The reference at `path`; raises `BankAnswerRefused` when there is none."""
    if text := reference(element, path):
        return text
    raise refused(element, path, found="", expected=Words("une référence", "a reference"))


def reference(element: Any, path: str) -> str:
    """The reference at `path`, empty when there is none; raises `BankAnswerRefused` when it is too long."""
    text = text_at(element, path)
    if len(text) > limits.IDENTIFIER:
        raise refused(
            element, path, found=text[:_LONGEST_TEXT], expected=Words("35 signes au plus", "at most 35 signs")
        )
    return text


def moment(element: Any, path: str) -> datetime:
    text = text_at(element, path)
    if found := moment_of(text):
        return found
    raise refused(element, path, found=text, expected=Words("une date et une heure", "a date and a time"))


def euros(element: Any, *paths: str) -> int | None:
    """Cents of the first amount at one of the paths; None when there is none; raises `BankAnswerRefused`."""
    for path in paths:
        for amount in all_at(element, path):
            cents = cents_of((amount.text or "").strip())
            if cents is None or amount.get("Ccy") != "EUR":
                found = f"{amount.text or ''} {amount.get('Ccy', '')}".strip()
                expected = Words("un montant en euros et centimes", "an amount in euros and cents")
                raise refused(element, path, found=found, expected=expected)
            return cents
    return None


def reason(element: Any, path: str, *others: str) -> Reason:
    """Why, from the reasons at `path`: the first code, and all words, also those at the paths `others`."""
    code = ""
    words: list[str] = []
    for one in all_at(element, path):
        named = text_at(one, "Rsn/Cd")
        own = text_at(one, "Rsn/Prtry")
        # Some banks put an ISO code where their own would stand.
        found = named if _CODE.fullmatch(named) else own if _ISO_CODE.fullmatch(own) else ""
        code = code or found
        words += [text for text in (named, own) if text and text != code]
        words += [line.text or "" for line in all_at(one, "AddtlInf")]
    words += [text_at(element, other) for other in others]
    return Reason(code, " ".join(" ".join(words).split())[:_LONGEST_TEXT].rstrip())
