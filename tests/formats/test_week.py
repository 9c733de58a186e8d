"""Opening hours of a week on one line (NET-04)."""

import pytest

from entraide.formats.week import Span, WeekError, parse, slots


def test_days_and_times_are_read() -> None:
    assert parse("1-5 09:00-12:30 14:00-19:00; 6 10:00-18:00") == (
        Span((0, 1, 2, 3, 4), "09:00", "12:30"),
        Span((0, 1, 2, 3, 4), "14:00", "19:00"),
        Span((5,), "10:00", "18:00"),
    )
    assert parse("") == ()


@pytest.mark.parametrize(
    "text",
    ["8 09:00-12:00", "1 9-12", "1 12:00-09:00", "1 09:00-25:00", "5-1 09:00-12:00", "lundi",
     "1 09:00-12:00 11:00-14:00", "1-5 09:00-12:00; 3 10:00-11:00"],
)  # fmt: skip
def test_what_nobody_could_keep_is_refused(text: str) -> None:
    with pytest.raises(WeekError):
        parse(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1-5 09:00-12:00 14:00-18:00", ()),
        ("1-5 09:00-19:00", ("evening", "lunch")),
        ("6 09:00-18:00", ("saturday",)),
        ("", ()),
    ],
)
def test_the_moments_that_people_ask_for_are_known(text: str, found: tuple[str, ...]) -> None:
    assert slots(parse(text)) == found
