"""A file of days that every calendar opens (RFC 5545)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from entraide.formats.calendar_file import Appointment, Day, calendar_file

PARIS = ZoneInfo("Europe/Paris")
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def lines_of(*days: Day | Appointment) -> list[str]:
    """The logical lines, unfolded as a calendar does."""
    content = calendar_file(days, name="Échéances", maker="Mutuelle", language="fr", at=AT)
    return content.decode().replace("\r\n ", "").split("\r\n")


def day(**changes: object) -> Day:
    values = {"uid": "1@example.org", "on": date(2026, 12, 31), "title": "Prélèvement", "text": "12,00 €"}
    return Day(**(values | changes))


def test_a_day_is_a_whole_one_that_ends_the_day_after():
    lines = lines_of(day())

    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert "UID:1@example.org" in lines
    assert "DTSTAMP:20261122T093000Z" in lines


@pytest.mark.parametrize(
    ("starts_at", "start", "end"),
    [
        (datetime(2026, 11, 22, 18, 30, tzinfo=PARIS), "20261122T173000Z", "20261122T181500Z"),
        (datetime(2026, 7, 1, 0, 30, tzinfo=PARIS), "20260630T223000Z", "20260630T231500Z"),
        # The night on which summer time ends: three quarters of an hour stay so.
        (datetime(2026, 10, 25, 2, 30, tzinfo=PARIS), "20261025T003000Z", "20261025T011500Z"),
    ],
)
def test_an_appointment_has_its_minutes_in_universal_time_and_takes_them(
    starts_at: datetime, start: str, end: str
) -> None:
    one = Appointment(uid="1@example.org", starts_at=starts_at, minutes=45, title="Rendez-vous", text="Ici")
    lines = lines_of(one)

    assert f"DTSTART:{start}" in lines
    assert f"DTEND:{end}" in lines
    assert "TRANSP:OPAQUE" in lines
    assert "TRANSP:TRANSPARENT" in lines_of(day())


def test_the_file_has_its_frame_and_ends_with_a_line():
    lines = lines_of(day(), day(uid="2@example.org"))

    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert (lines.count("BEGIN:VEVENT"), lines.count("END:VEVENT")) == (2, 2)


def test_no_line_is_longer_than_75_octets_and_no_character_is_cut():
    title = "é€𝄞" * 60

    content = calendar_file([day(title=title)], name="x", maker="y", language="fr", at=AT)

    assert max(map(len, content.split(b"\r\n"))) <= 75
    for line in content.split(b"\r\n"):
        line.decode()
    assert f"SUMMARY;LANGUAGE=fr:{title}" in lines_of(day(title=title))


def test_what_would_end_or_split_a_value_is_escaped():
    lines = lines_of(day(text="12,00 €; a\\b\r\nEND:VEVENT\nx\x00\x1b"))

    assert "DESCRIPTION;LANGUAGE=fr:12\\,00 €\\; a\\\\b\\nEND:VEVENT\\nx" in lines
    assert lines.count("END:VEVENT") == 1


def test_the_same_days_give_the_same_bytes():
    one, two = (calendar_file([day()], name="x", maker="y", language="fr", at=AT) for _ in range(2))

    assert one == two
