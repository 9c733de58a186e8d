"""The nearest professionals, checked against the distance to every one of them (PRO-01, NET-04)."""

from dataclasses import dataclass
from random import Random

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from entraide.portal.domain.directory.distances import Point, box_around, plane_km, sphere_km
from entraide.portal.domain.directory.enums import EditionState, Source
from entraide.portal.domain.directory.models import Edition, Entry
from entraide.portal.domain.directory.queries import (
    Search,
    anywhere,
    directory_is_filled,
    entry_with,
    in_department,
    nearest,
)
from tests.portal.domain.directory.filled import entry, fill

pytestmark = pytest.mark.django_db
# Mainland France and overseas: north and south of the equator, near the date line.
MIDDLES = st.sampled_from([Point(48.85, 2.35), Point(45.18, 5.72), Point(-20.9, 55.4), Point(14.6, -61.0)])
SHARE_OFF = 0.002


@dataclass(frozen=True)
class One:
    lat: float
    lon: float
    profession: str
    network: str


def sample_of(dice: Random, *, count: int, within: float) -> list[One]:
    """Entries spread evenly over a square somewhat larger than the circle, some of them at one place."""
    reach = within / 111 * 1.6
    made = [
        One(
            round(dice.uniform(-reach, reach), 5),
            round(dice.uniform(-reach, reach) * 1.4, 5),
            dice.choice(("optician", "dentist")),
            dice.choice(("", "kalixia")),
        )
        for _one in range(count)
    ]
    return [*made, *made[: count // 10]]


@settings(max_examples=60)
@given(
    MIDDLES,
    st.randoms(use_true_random=False),
    st.integers(0, 80),
    st.sampled_from([1.0, 10.0, 30.0, 50.0]),
    st.integers(1, 25),
    st.booleans(),
)
def test_the_nearest_are_those_that_computing_every_distance_gives(
    middle: Point, dice: Random, count: int, within: float, most: int, partners_only: bool
) -> None:
    sample = sample_of(Random(dice.getrandbits(32)), count=count, within=within)
    search = Search(
        professions=("optician",), networks=("kalixia",), network="kalixia" if partners_only else ""
    )
    with transaction.atomic():
        stored = store(sample, middle)
        found = nearest(search, point=middle, within_km=within, most=most)
        wanted = {
            pk: sphere_km(middle, point)
            for pk, point, one in stored
            if one.profession == "optician" and (one.network == "kalixia" or not partners_only)
        }
        transaction.set_rollback(True)

    assert all(wanted[one.entry.pk] <= within * (1 + SHARE_OFF) for one in found)
    assert len(found) <= most
    for one in found:
        assert one.km == pytest.approx(wanted[one.entry.pk], rel=SHARE_OFF, abs=0.001)
    reached = [one.km or 0 for one in found]
    assert reached == sorted(reached)
    left = [km for pk, km in wanted.items() if pk not in {one.entry.pk for one in found}]
    limit = within if len(found) < most else reached[-1]
    assert all(km >= limit * (1 - SHARE_OFF) - 0.001 for km in left)


def store(sample: list[One], middle: Point) -> list[tuple[int, Point, One]]:
    edition = Edition.objects.create(
        source=Source.PARTNERS,
        state=EditionState.IN_USE,
        started_at="2026-01-01T00:00Z",
        touched_at="2026-01-01T00:00Z",
    )
    points = [Point(middle.lat + one.lat, middle.lon + one.lon) for one in sample]
    made = Entry.objects.bulk_create(
        Entry(
            edition=edition,
            reference=f"{number:016}",
            name=f"N {number}",
            name_key=f" n {number}",
            profession=one.profession,
            postcode="38000",
            city="Grenoble",
            department="38",
            network=one.network,
            lat=point.lat,
            lon=point.lon,
        )
        for number, (one, point) in enumerate(zip(sample, points, strict=True))
    )
    return [(row.pk, point, one) for row, point, one in zip(made, points, sample, strict=True)]


@given(
    st.floats(-60, 60),
    st.floats(-179, 179),
    st.floats(-0.3, 0.3),
    st.floats(-0.3, 0.3),
)
def test_the_plane_agrees_with_the_sphere_within_fifty_kilometres(
    lat: float, lon: float, north: float, east: float
) -> None:
    here, there = Point(lat, lon), Point(lat + north, lon + east)
    along = sphere_km(here, there)

    # At 60 degrees the plane is at its worst; France ends at 51.
    assert plane_km(here, there) == pytest.approx(along, rel=0.006, abs=1e-6)
    if along <= 20:
        assert box_around(here, km=21).holds(there)


def names(search: Search, **where: object) -> list[str]:
    point = where.pop("point", Point(45.18, 5.72))
    assert isinstance(point, Point)
    return [one.entry.name for one in nearest(search, point=point, within_km=30, most=20)]


def test_a_name_is_found_by_the_beginning_of_each_of_its_words() -> None:
    fill([entry("1", name="Jeanne d'Arcy"), entry("2", name="Optique du Marché")])

    assert names(Search(name="arc jea")) == ["Jeanne d'Arcy"]
    assert names(Search(name="MARCHE")) == ["Optique du Marché"]
    assert names(Search(name="rché")) == []
    assert [one.entry.name for one in anywhere(Search(name="marché"), most=5)] == ["Optique du Marché"]


def test_letters_that_a_database_gives_a_meaning_to_are_only_letters() -> None:
    fill([entry("1", name="Optique du Drac")])

    assert names(Search(name="%")) == ["Optique du Drac"]
    assert names(Search(name="x%")) == []
    assert names(Search(name="_ptique")) == []


def test_a_filter_keeps_only_what_is_known_to_hold() -> None:
    fill(
        [
            entry("1", name="Yes", accessible=True, languages=" fr ar ", slots=" saturday "),
            entry("2", name="No", accessible=False, booking_url="https://example.org/"),
            entry("3", name="Unknown"),
        ]
    )

    assert names(Search(filters=("accessible",))) == ["Yes"]
    assert names(Search(language="ar")) == ["Yes"]
    assert names(Search(slots=("saturday",))) == ["Yes"]
    assert names(Search(online_booking=True)) == ["No"]


def test_partners_of_another_mutuals_network_are_not_shown() -> None:
    fill([entry("1", network="elsewhere")])

    assert names(Search(networks=("kalixia",))) == []


def test_who_has_no_point_is_found_by_department_and_name() -> None:
    fill([entry("1", lat=None, lon=None)])

    found = in_department(Search(professions=("optician",)), department="38", most=5)

    assert [one.km for one in found] == [None]
    assert names(Search()) == []


def test_an_entry_keeps_its_address_from_one_edition_to_the_next() -> None:
    fill([entry("1")])
    before = Entry.objects.get()
    fill([entry("1", name="Autre nom"), entry("2")])

    after = entry_with(before.reference, networks=())

    assert after is not None
    assert (after.entry.name, after.entry.pk != before.pk) == ("Autre nom", True)


def test_nothing_is_found_before_anything_was_loaded() -> None:
    assert not directory_is_filled()
    assert names(Search()) == []
