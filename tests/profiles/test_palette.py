"""Colours that everybody can read: a contrast of 4.5 for text and of 3 for parts, in both modes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.profiles import Theme, palette
from entraide.profiles.colour import Oklch, contrast, to_hex, to_oklch
from entraide.profiles.palette import pairs

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def theme(brand: str, accent: str = "#2f6690") -> Theme:
    return Theme(brand=brand, accent=accent, logo="logo.svg", favicon="favicon.svg")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#ffffff", "#ffffff", 1.0)],
)
def test_contrast_is_counted_as_the_standard_does(first, second, expected):
    assert contrast(first, second) == pytest.approx(expected, abs=0.01)
    assert contrast(second, first) == contrast(first, second)


@given(COLOURS)
def test_a_colour_survives_the_way_through_oklch(colour):
    there_and_back = to_hex(to_oklch(colour))

    steps = [abs(int(colour[at : at + 2], 16) - int(there_and_back[at : at + 2], 16)) for at in (1, 3, 5)]
    assert max(steps) <= 2


def test_a_colour_that_no_screen_can_show_keeps_its_hue():
    shown = to_oklch(to_hex(Oklch(0.6, 0.4, 2.5)))

    assert shown.hue == pytest.approx(2.5, abs=0.05)


def test_the_chosen_colours_are_kept_as_they_are_in_light_mode():
    tokens = palette(theme("#17684f", "#2f6690"), dark=False)

    assert (tokens["--brand"], tokens["--accent"]) == ("#17684f", "#2f6690")


def test_light_and_dark_modes_have_the_same_tokens():
    green = theme("#17684f")

    assert palette(green, dark=True).keys() == palette(green, dark=False).keys()


@given(COLOURS, COLOURS)
def test_in_dark_mode_any_two_colours_give_something_readable(brand, accent):
    assert [pair for pair in pairs(theme(brand, accent), dark=True) if not pair.readable] == []


@given(COLOURS)
def test_what_the_portal_derives_in_light_mode_is_readable_whatever_the_brand(brand):
    derived = [pair for pair in pairs(theme(brand), dark=False) if "--brand" not in (pair.front, pair.back)]

    assert [pair for pair in derived if not pair.readable] == []
