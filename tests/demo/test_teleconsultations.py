"""Teleconsultations of the demo: something to see for every state of the counter (TELE-03)."""

from collections import Counter
from datetime import date

import pytest

from entraide.demo.people import households
from entraide.demo.teleconsultations import TIMES, teleconsultations_of
from entraide.profiles import counted_partners
from tests.demo.conftest import ON


def test_where_a_partner_counts_somebody_has_used_three_of_five_and_somebody_all(profile, demo):
    rows = demo.rows("teleconsultations")
    held = Counter(row["beneficiary_number"] for row in rows if row["state"] == "held")
    people = households(profile, on=ON)

    if not counted_partners(profile.partners):
        assert rows == []
        return
    first, second = (each.people for each in people[:2])
    assert [held[one.number] for one in first] == list(TIMES[0]) == [3, 1, 0, 2]
    assert held[second[0].number] == 5
    assert any(row["state"] == "cancelled" for row in rows)


@pytest.mark.parametrize("on", [date(2026, 1, 1), date(2026, 1, 2), date(2028, 2, 29), date(2026, 12, 31)])
def test_on_any_day_they_are_of_the_year_and_not_to_come(profile, on):
    people = households(profile, on=on)
    found = list(teleconsultations_of(profile, people, on=on))

    assert bool(found) == bool(counted_partners(profile.partners))
    assert all(date(on.year, 1, 1) <= one.consulted_on <= one.told_until <= on for one in found)
    assert len({one.reference for one in found}) == len(found)
