"""Days for a calendar, as a file that phones and computers open (RFC 5545).

Written by hand: whole days, and times in UTC without repeats, need a dozen properties, and the two rules that
are easy to miss (folding by octets, escaping) are here. A library would bring date parsers along.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MEDIA_TYPE = "text/calendar; charset=utf-8"
_LONGEST_LINE = 75
"""Octets without the end of line (RFC 5545 section 3.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A whole day; `uid` stays the same when the day moves, so that a calendar moves it too."""

    uid: str
    on: date
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """Some minutes of one day; `starts_at` must know its zone."""

    uid: str
    starts_at: datetime
    minutes: int
    title: str
    text: str


def calendar_file(
    days: Iterable[Day | Appointment], *, name: str, maker: str, language: str, at: datetime
) -> bytes:
    """The file, in UTF-8; the same arguments give the same bytes. `at` must know its zone."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(maker)}//{language.upper()}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for day in days:
        lines += _event(day, stamp=f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}", language=language)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _when(event: Day | Appointment) -> list[str]:
    if isinstance(event, Appointment):
        start = event.starts_at.astimezone(UTC)
        end = start + timedelta(minutes=event.minutes)
        return [f"DTSTART:{start:%Y%m%dT%H%M%SZ}", f"DTEND:{end:%Y%m%dT%H%M%SZ}"]
    # The end of a whole day is the day after.
    return [
        f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}",
    ]


def _event(day: Day | Appointment, *, stamp: str, language: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(day.uid)}",
        f"DTSTAMP:{stamp}",
        *_when(day),
        f"SUMMARY;LANGUAGE={language}:{_text(day.title)}",
        f"DESCRIPTION;LANGUAGE={language}:{_text(day.text)}",
        # A whole day stays free for other things.
        "TRANSP:TRANSPARENT" if isinstance(day, Day) else "TRANSP:OPAQUE",
        "END:VEVENT",
    ]


def _text(value: str) -> str:
    """A text value: what would end or split it is escaped, control characters are left out."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    escaped = escaped.replace("\r\n", "\n").replace("\n", "\\n")
    return "".join(sign for sign in escaped if sign >= " " and sign != "\x7f")


def _folded(line: str) -> bytes:
    """The line in pieces of at most 75 octets, no character cut in two."""
    pieces, current = [], b""
    for sign in line:
        octets = sign.encode()
        if len(current) + len(octets) > _LONGEST_LINE:
            pieces.append(current)
            # The space that begins the next piece counts.
            current = b" "
        current += octets
    return b"\r\n".join([*pieces, current]) + b"\r\n"
