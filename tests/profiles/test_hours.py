"""Open now, and until when (AIDE-02, B-13)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.profiles import OpeningHours, is_open, is_public_holiday, next_change
from entraide.profiles.hours import PARIS

OFFICE = (OpeningHours(days=(0, 1, 2, 3, 4), start="08:30", end="18:30"),)
LUNCH = (
    OpeningHours(days=(0, 1, 2, 3, 4), start="09:00", end="12:00"),
    OpeningHours(days=(0, 1, 2, 3), start="13:30", end="17:00"),
    OpeningHours(days=(4,), start="13:30", end="16:00"),
)
ALWAYS = (OpeningHours(days=(0, 1, 2, 3, 4, 5, 6), start="00:00", end="24:00", on_public_holidays=True),)
EVENINGS = (OpeningHours(days=(0, 1, 2, 3, 4, 5, 6), start="08:00", end="24:00", on_public_holidays=True),)


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-20 08:29:59", False),
        ("2026-11-20 08:30", True),
        ("2026-11-20 18:29:59", True),
        ("2026-11-20 18:30", False),
        ("2026-11-21 10:00", False),
        ("2026-11-22 10:00", False),
        ("2026-11-23 10:00", True),
    ],
)
def test_the_office_is_open_from_its_first_to_its_last_minute_of_a_working_day(moment, expected):
    assert is_open(OFFICE, paris(moment)) is expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-18 07:00", "2026-11-18 08:30"),
        ("2026-11-18 10:00", "2026-11-18 18:30"),
        ("2026-11-18 18:30", "2026-11-19 08:30"),
        ("2026-11-20 18:30", "2026-11-23 08:30"),
        ("2026-11-22 23:59", "2026-11-23 08:30"),
    ],
)
def test_the_next_change_goes_over_nights_and_weekends(moment, expected):
    assert next_change(OFFICE, paris(moment)) == paris(expected)


def test_a_lunch_break_closes_and_opens_again():
    assert next_change(LUNCH, paris("2026-11-20 11:00")) == paris("2026-11-20 12:00")
    assert next_change(LUNCH, paris("2026-11-20 12:30")) == paris("2026-11-20 13:30")
    assert next_change(LUNCH, paris("2026-11-20 14:00")) == paris("2026-11-20 16:00")
    assert next_change(LUNCH, paris("2026-11-19 14:00")) == paris("2026-11-19 17:00")


def test_hours_until_midnight_end_with_the_day():
    assert is_open(EVENINGS, paris("2026-11-21 23:59:59"))
    assert not is_open(EVENINGS, paris("2026-11-22 00:00"))
    assert next_change(EVENINGS, paris("2026-11-21 22:00")) == paris("2026-11-22 00:00")


def test_a_service_open_day_and_night_never_changes():
    assert is_open(ALWAYS, paris("2026-12-25 03:00"))
    assert next_change(ALWAYS, paris("2026-12-25 03:00")) is None


def test_no_hours_at_all_means_closed_without_a_next_change():
    assert not is_open((), paris("2026-11-20 10:00"))
    assert next_change((), paris("2026-11-20 10:00")) is None


def test_the_office_rests_on_public_holidays():
    assert not is_open(OFFICE, paris("2026-12-25 10:00"))
    assert next_change(OFFICE, paris("2026-12-24 18:30")) == paris("2026-12-28 08:30")


def test_a_moment_of_another_time_zone_is_read_in_paris():
    assert is_open(OFFICE, datetime(2026, 11, 20, 7, 30, tzinfo=UTC))
    assert is_open(OFFICE, datetime(2026, 7, 20, 6, 30, tzinfo=UTC))
    assert not is_open(OFFICE, datetime(2026, 7, 20, 16, 30, tzinfo=UTC))


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        is_open(OFFICE, datetime(2026, 11, 20, 10))  # noqa: DTZ001 - the point of the test


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_nothing_changes_before_the_next_change_and_everything_at_it(at):
    change = next_change(LUNCH, at)

    assert change is not None
    assert change > at
    assert is_open(LUNCH, change) != is_open(LUNCH, at)
    assert is_open(LUNCH, change - timedelta(microseconds=1)) == is_open(LUNCH, at)


@pytest.mark.parametrize(
    "day",
    [
        "2026-01-01",
        "2026-04-06",
        "2026-05-14",
        "2026-05-25",
        "2026-07-14",
        "2027-03-29",
        "2028-04-17",
        "2027-11-11",
    ],
)
def test_public_holidays_are_known_the_moving_ones_too(day):
    assert is_public_holiday(date.fromisoformat(day))


@pytest.mark.parametrize("year", range(2020, 2041))
def test_a_year_has_at_most_eleven_public_holidays(year):
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]

    assert sum(map(is_public_holiday, days)) in {10, 11}
