"""Amounts, dates and sizes as the reader writes them, in the current language."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal
from django.utils.translation import get_language, gettext

from entraide.profiles import Text

PARIS = ZoneInfo("Europe/Paris")


def language() -> str:
    """`fr` or `en`."""
    return "en" if (get_language() or "fr").startswith("en") else "fr"


def locale_of(lang: str) -> str:
    return "en_GB" if lang == "en" else "fr_FR"


def _locale() -> str:
    return locale_of(language())


def money(cents: int) -> str:
    """1234 → `12,34 €` or `€12.34`."""
    return _money(cents, _locale())


# Most amounts are tariffs, and come again and again on a statement and from one statement to the next.
@lru_cache(maxsize=4096)
def _money(cents: int, locale: str) -> str:
    # The narrow space that French typography asks for is hard to see on old screens.
    return format_currency(_exact(cents), "EUR", locale=locale).replace("\u202f", "\u00a0")


def _exact(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def day(value: date) -> str:
    """`3 mars 2026` or `3 March 2026`."""
    return _day(value.year, value.month, value.day, language())


# A list names the same days several times, and the days of the last years are those of every member.
@lru_cache(maxsize=4096)
def _day(year: int, number: int, day_of_month: int, lang: str) -> str:
    value = date(year, number, day_of_month)
    written = format_date(value, "d MMMM y", locale=locale_of(lang))
    # French says "1er" for the first of a month, and for no other day.
    return f"1er{written[1:]}" if value.day == 1 and lang == "fr" else written


def day_short(value: date) -> str:
    return value.strftime("%d/%m/%Y")


def month(value: date) -> str:
    return _month(value.year, value.month, _locale())


@lru_cache(maxsize=512)
def _month(year: int, number: int, locale: str) -> str:
    return format_date(date(year, number, 1), "MMMM y", locale=locale)


def moment(value: datetime) -> str:
    """`3 mars 2026 à 14:05`, in French time."""
    return gettext("%(day)s à %(hour)s") % {
        "day": day(value.astimezone(PARIS).date()),
        "hour": clock(value),
    }


def clock(value: datetime) -> str:
    """`14:05`, in French time."""
    return format_datetime(value, "HH:mm", tzinfo=PARIS, locale=_locale())


def text(value: Text) -> str:
    return value.in_language(language())


def decimal(value: float) -> str:
    """`1,2` or `1.2`; `12` where nothing follows the comma, `6 300` where it is large."""
    return format_decimal(round(value, 1), locale=_locale()).replace("\u202f", "\u00a0")


def filesize(size: int) -> str:
    """`340 ko`, `2,4 Mo` in the reader's units."""
    units = ("B", "kB", "MB") if language() == "en" else ("o", "ko", "Mo")
    if size < 1000:
        return f"{size} {units[0]}"
    if size < 1_000_000:
        return f"{round(size / 1000)} {units[1]}"
    return f"{format_decimal(round(size / 1_000_000, 1), locale=_locale())} {units[2]}"
