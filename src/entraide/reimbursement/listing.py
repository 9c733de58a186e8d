"""The parameters as lines of text: what is in force on a day, what nobody has confirmed yet."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from entraide.reimbursement.money import euros, percent
from entraide.reimbursement.parameters.book import ParameterBook, Unit, Value

Language = Literal["fr", "en"]
_MARK = {"fr": "à confirmer", "en": "to confirm"}


def in_force(book: ParameterBook, on: date, *, language: Language = "fr") -> Iterator[str]:
    """One line for each value in force: key, amount, first day, label, source, mark where it is unsure."""
    return _lines(book.in_force(on), language)


def to_confirm(book: ParameterBook, *, language: Language = "fr") -> Iterator[str]:
    """One line for each value that is marked as not yet read at its source."""
    return _lines(book.to_confirm(), language)


def shown_value(row: Value, *, language: Language = "fr") -> str:
    """The value with its unit: `30,00 €`, `70 %`, `24`."""
    if row.unit is Unit.EURO:
        words = euros(row.value)
    elif row.unit is Unit.PERCENT:
        words = percent(row.value)
    else:
        return str(row.value)
    return words.fr if language == "fr" else words.en


def _lines(rows: Iterable[Value], language: Language) -> Iterator[str]:
    for row in rows:
        label = row.label.fr if language == "fr" else row.label.en
        mark = f" [{_MARK[language]}]" if row.confirm else ""
        shown = shown_value(row, language=language)
        yield f"{row.key:<40} {shown:>14}  {row.first.isoformat()}  {label} ({row.source}){mark}"
