"""A file takes the place of the one before while people search (PRO-01)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from entraide.portal.domain.directory.distances import Point
from entraide.portal.domain.directory.enums import EditionState, Source
from entraide.portal.domain.directory.loading import (
    EntryRow,
    LoadUnderWay,
    load_entries,
    reference_of,
)
from entraide.portal.domain.directory.models import Edition, Entry
from entraide.portal.domain.directory.queries import Search, entry_with, nearest
from tests.portal.domain.directory.filled import GRENOBLE, entry, fill

pytestmark = pytest.mark.django_db


def shown() -> list[str]:
    found = nearest(Search(), point=Point(*GRENOBLE), within_km=10, most=50)
    return [one.entry.name for one in found]


def test_readers_see_the_former_file_until_the_next_one_is_whole() -> None:
    fill([entry("1", name="Before")])
    meanwhile: list[list[str]] = []

    def rows() -> Iterator[EntryRow]:
        for number in range(1200):
            yield entry(str(number), name="After")
            meanwhile.append(shown())

    fill(rows())

    assert all(one == ["Before"] for one in meanwhile)
    assert set(shown()) == {"After"}
    assert Entry.objects.count() == 1200
    assert Edition.objects.count() == 1


def test_no_address_opens_an_entry_that_is_still_being_loaded() -> None:
    opened: list[object] = []

    def rows() -> Iterator[EntryRow]:
        for number in range(1100):
            yield entry(str(number))
            opened.append(entry_with(reference_of(Source.PARTNERS, "1"), networks=()))

    fill(rows())

    assert not any(opened)
    assert entry_with(reference_of(Source.PARTNERS, "1"), networks=())


def test_a_load_that_fails_leaves_what_was_there_and_nothing_else() -> None:
    fill([entry("1", name="Before")])

    def rows() -> Iterator[EntryRow]:
        yield from (entry(str(number)) for number in range(700))
        raise ValueError("a fault of the file")

    with pytest.raises(ValueError, match="fault of the file"):
        fill(rows())

    assert shown() == ["Before"]
    assert Entry.objects.count() == 1
    assert Edition.objects.count() == 1


def test_two_loads_of_one_source_do_not_mix() -> None:
    def rows() -> Iterator[EntryRow]:
        yield entry("1")
        with pytest.raises(LoadUnderWay):
            load_entries([entry("2")], source=Source.PARTNERS, file="test", clock=timezone.now)

    fill(rows())

    assert Entry.objects.count() == 1


def test_what_an_interrupted_load_left_behind_goes_with_the_next_one() -> None:
    long_ago = timezone.now() - timedelta(minutes=6)
    dead = Edition.objects.create(source=Source.RPPS, started_at=long_ago, touched_at=long_ago)
    Entry.objects.create(
        edition=dead, reference="1", name="X", name_key=" x", profession="dentist", postcode="1"
    )

    fill([entry("1")], source=Source.RPPS)

    assert Edition.objects.get().state == EditionState.IN_USE
    assert Entry.objects.count() == 1


def test_one_identity_counts_once() -> None:
    assert fill([entry("1", name="First"), entry("1", name="Second")]) == 1
    assert shown() == ["First"]


@pytest.mark.parametrize("partners_first", [True, False])
def test_a_partner_who_is_in_the_national_file_too_is_shown_once(*, partners_first: bool) -> None:
    """NET-04: under the network's own entry, which says more."""
    national = [entry("n", name="National", number="10000000001"), entry("o", name="Other", number="2")]
    partner = [entry("p", name="Partner", number="10000000001", network="kalixia")]
    loads = [(partner, Source.PARTNERS), (national, Source.RPPS)]
    for rows, source in loads if partners_first else reversed(loads):
        fill(rows, source=source)

    assert names_of_the_mutual() == ["Other", "Partner"]

    fill([entry("q", name="New partner", network="kalixia")])
    assert names_of_the_mutual() == ["National", "New partner", "Other"]


def names_of_the_mutual() -> list[str]:
    search = Search(networks=("kalixia",))
    found = nearest(search, point=Point(*GRENOBLE), within_km=10, most=50)
    return sorted(one.entry.name for one in found)


def test_a_partner_hides_the_national_entry_of_its_own_postcode_alone() -> None:
    """NET-04: who works at two places is still found at the other one."""
    number = "10000000001"
    here, there = entry("h", name="Here", number=number), entry("t", name="There", number=number)
    fill([here, replace(there, postcode="38500")], source=Source.RPPS)
    fill([entry("p", name="Partner", number=number, network="kalixia")])

    assert names_of_the_mutual() == ["Partner", "There"]
