"""Days for a calendar, as a file that phones and computers open (RFC 5545).

Written by hand: whole days without times, zones or repeats need a dozen properties, and the two rules that
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


def calendar_file(days: Iterable[Day], *, name: str, maker: str, language: str, at: datetime) -> bytes:
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


def _event(day: Day, *, stamp: str, language: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(day.uid)}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}",
        # The end of a whole day is the day after.
        f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY;LANGUAGE={language}:{_text(day.title)}",
        f"DESCRIPTION;LANGUAGE={language}:{_text(day.text)}",
        # The day stays free for other things.
        "TRANSP:TRANSPARENT",
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
