"""One agent who opens or looks for unusually much is told in the journal, once (A70)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.handling.opening import open_request
from entraide.portal.domain.handling.queries import search
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household
from tests.portal.bank import Staff
from tests.portal.domain.handling.conftest import MONDAY, Asked

NIR = "284013818500187"


@pytest.fixture(autouse=True)
def low_thresholds(settings: Any) -> None:
    security = replace(
        settings.PROFILE.security,
        agent_openings_per_hour=2,
        agent_searches_per_day=3,
        agent_nir_searches_per_day=1,
    )
    settings.PROFILE = replace(settings.PROFILE, security=security)


def told(kind: str) -> list[dict[str, Any]]:
    return list(Entry.objects.filter(kind=kind).order_by("at").values_list("data", flat=True))


def test_many_searches_are_told_once_a_day(staff: Staff) -> None:
    for _ in range(3):
        search(staff.handler, "Vautrin", now=MONDAY)
    assert told("ManySearches") == []

    for _ in range(3):
        search(staff.handler, "Vautrin", now=MONDAY)
    search(staff.supervisor, "Vautrin", now=MONDAY)

    assert told("ManySearches") == [{"way": "all", "searches": 3}]
    assert Entry.objects.get(kind="ManySearches").actor == staff.handler.account_id


def test_searches_by_health_number_are_counted_apart(staff: Staff) -> None:
    whole = NIR[:13] + f"{97 - int(NIR[:13]) % 97:02d}"
    for text in (whole, "Vautrin", whole):
        search(staff.handler, text, now=MONDAY)

    assert told("ManySearches") == [{"way": "nir", "searches": 1}]


def test_many_openings_are_told_and_one_page_opened_again_is_one(asked: Asked, staff: Staff) -> None:
    def opened(reference: str, minutes: int = 0) -> None:
        open_request(staff.handler, reference, network="", now=MONDAY + timedelta(minutes=minutes))
        drain()

    first, second, third, fourth = (asked().reference for _ in range(4))
    for reference in (first, second, first, second):
        opened(reference, minutes=1)
    assert told("ManyOpenings") == []

    opened(third, minutes=2)
    opened(fourth, minutes=3)

    assert told("ManyOpenings") == [{"reader": str(staff.handler.id), "openings": 2}]


def test_what_is_opened_at_night_is_told_once_a_night(asked: Asked, staff: Staff) -> None:
    first, second = asked().reference, asked().reference
    midnight = MONDAY.replace(hour=23, minute=30)
    for reference, now in ((first, MONDAY), (first, midnight), (second, midnight + timedelta(hours=2))):
        open_request(staff.handler, reference, network="", now=now)
        drain()

    assert [one["reader"] for one in told("OpenedAtNight")] == [str(staff.handler.id)]


def test_the_file_of_a_colleague_is_told_once_a_day_and_names_nobody(
    asked: Asked, staff: Staff, household: Household
) -> None:
    household.spouse.email = str(Agent.objects.get(pk=staff.supervisor.id).email).upper()
    household.spouse.save()
    usual, about_spouse = asked().reference, asked(concerns=household.spouse).reference

    open_request(staff.handler, usual, network="", now=MONDAY)
    drain()
    assert told("ColleagueOpened") == []
    for minutes in (0, 30):
        open_request(staff.handler, about_spouse, network="", now=MONDAY + timedelta(minutes=minutes))
        drain()
    assert told("ColleagueOpened") == [{"reader": str(staff.handler.id)}]
