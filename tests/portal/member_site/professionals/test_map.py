"""The map: points where they are, whatever is found (PRO-01)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.portal.domain.directory.distances import Point
from entraide.portal.domain.directory.outlines import box_of_department, outlines_inside
from entraide.portal.domain.directory.towns import NamedPoint
from entraide.portal.member_site.professionals.map import HEIGHT, WIDTH, drawn, frame_of
from entraide.portal.member_site.professionals.map_names import names_of
from entraide.portal.member_site.professionals.travel import travel_over

POINTS = st.lists(st.builds(Point, st.floats(-60, 60), st.floats(-170, 170)), min_size=1, max_size=30)
TILES = "https://tiles.example.org/{z}/{x}/{y}.png"


@given(POINTS)
def test_every_point_lies_inside_the_drawing_and_north_is_up(points: list[Point]) -> None:
    frame = frame_of(points)

    for one in points:
        x, y = frame.place(one)
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT
    highest = min(points, key=lambda one: frame.place(one)[1])
    assert highest.lat >= max(one.lat for one in points) - 1


@given(POINTS)
def test_tiles_cover_the_drawing_and_are_few(points: list[Point]) -> None:
    made = drawn(frame_of(points), [], towns=[], middle=None, tiles=TILES).tiles

    assert 1 <= len(made) <= 40
    assert min(one.x for one in made) <= 0.1
    assert max(one.x + one.size for one in made) >= WIDTH - 0.1


def test_several_at_one_point_share_a_dot_that_says_so() -> None:
    here, there = Point(45.18, 5.72), Point(45.20, 5.72)
    made = drawn(frame_of([here, there]), [(1, here), (2, there), (3, here)], towns=[], middle=None, tiles="")

    assert [(one.label, one.first) for one in made.dots] == [("1+", 1), ("2", 2)]


def test_names_of_towns_do_not_stand_on_each_other() -> None:
    towns = [NamedPoint(f"T{number}", "38000", Point(45.18 + number / 1000, 5.72)) for number in range(50)]
    made = drawn(frame_of([Point(45.15, 5.7), Point(45.25, 5.8)]), [], towns=towns, middle=None, tiles="")

    assert 1 <= len(made.names) <= 9
    assert len({(one.text_x, one.text_y) for one in made.names}) == len(made.names)


@pytest.mark.parametrize(
    ("dots", "anchor", "told"),
    [
        ([], "start", (410, 307)),
        ([(400, 300)], "start", (423, 307)),
        ([(440, 300)], "end", (390, 307)),
        ([(440, 300), (360, 300)], "middle", (400, 284)),
        ([(440, 300), (360, 300), (400, 265)], "middle", (400, 330)),
    ],
)
def test_a_name_is_written_where_no_point_hides_it(dots, anchor, told) -> None:
    [name] = names_of([("Gap", (400, 300))], dots=dots, width=800, height=552)

    assert (name.anchor, name.text_x, name.text_y) == (anchor, *told)


def test_a_town_with_two_postcodes_is_named_once() -> None:
    twice = [("Grenoble", (400, 300)), ("Grenoble", (400, 300)), ("Eybens", (600, 300))]

    assert [one.text for one in names_of(twice, dots=[], width=800, height=552)] == ["Grenoble", "Eybens"]


def test_a_town_without_room_goes_without_a_name() -> None:
    around = [(400 + x, 300 + y) for x in (-60, -20, 20, 60) for y in (-40, 0, 40)]

    assert names_of([("Grenoble", (400, 300))], dots=around, width=800, height=552) == ()
    assert names_of([("Grenoble", (400, 548))], dots=[], width=800, height=552) == ()


@given(
    st.lists(
        st.tuples(st.text(max_size=30), st.tuples(st.floats(-50, 850), st.floats(-50, 650))), max_size=30
    ),
    st.lists(st.tuples(st.floats(0, 800), st.floats(0, 600)), max_size=20),
)
def test_names_stay_inside_the_drawing_whatever_is_found(towns, dots) -> None:
    for name in names_of(towns, dots=dots, width=800, height=552):
        assert 0 <= name.text_x <= 800
        assert 0 < name.text_y <= 552


def test_the_outlines_of_every_department_are_there() -> None:
    assert box_of_department("2A") is not None
    assert box_of_department("974") is not None
    assert box_of_department("988") is None
    isere = box_of_department("38")
    assert isere is not None
    assert isere.holds(Point(45.18, 5.72))
    assert {"38", "73", "26"} <= {one.department for one in outlines_inside(isere)}


def test_the_way_takes_longer_the_farther_it_is() -> None:
    assert (travel_over(0.5).by, travel_over(0.5).minutes) == ("foot", 10)
    assert (travel_over(10).by, travel_over(10).minutes) == ("car", 25)
    minutes = [travel_over(km).minutes for km in range(2, 60)]
    assert minutes == sorted(minutes)
