"""The counts of who leads the teams: what came, what became of it, where it waits (B-14)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.statistics import Compared, TeamLine, statistics
from entraide.portal.domain.requests.models import Request, Satisfaction, Step
from tests.conftest import Household
from tests.portal.bank import Staff, agent
from tests.portal.domain.figures.answered import answered
from tests.portal.domain.handling.conftest import MONDAY, Asked
from tests.portal.domain.handling.test_queries import many, plan_of

NOW = MONDAY + timedelta(hours=8)


@pytest.fixture
def lead(db: None) -> Any:
    return agent("s@example.org", "Solène Abgrall", Role.SUPERVISOR)


def test_each_period_stands_beside_the_time_before(household: Household, lead: Any) -> None:
    def ended(state: str, days_ago: int, *, code: str = "", score: int = 0) -> None:
        at = NOW - timedelta(days=days_ago)
        one = answered(household.primary, [("received", at - timedelta(days=1)), (state, at)])
        Step.objects.filter(request=one, state=state).update(refusal=code)
        if score:
            Satisfaction.objects.create(request=one, score=score, words="", at=at)

    ended("done", 2, score=5)
    ended("done", 3, score=4)
    ended("done", 3, score=4)
    ended("done", 10)
    ended("done", 40, score=1)
    ended("done", 70)
    ended("refused", 1, code="unreadable")
    ended("refused", 5, code="too-old")
    ended("refused", 45, code="too-old")
    ended("withdrawn", 4)
    ended("done", -1)

    week, month = statistics(lead, now=NOW).periods

    assert (week.days, month.days) == (7, 30)
    # What a clock put into the future was received today, and is not answered yet.
    assert (week.received, month.received) == (Compared(7, 1), Compared(8, 2))
    assert (week.done, month.done) == (Compared(3, 1), Compared(4, 1))
    assert (week.refused, month.refused) == (Compared(2, 0), Compared(2, 1))
    assert month.refused_for == (("too-old", Compared(1, 1)), ("unreadable", Compared(1, 0)))
    assert (week.opinions, week.score) == (Compared(3, 0), Compared(43, 0))
    assert month.score == Compared(43, 10)


def test_each_team_has_what_is_to_do_what_waits_and_what_is_late(asked: Asked, lead: Any) -> None:
    first, second, *others = [one.id for one in settings.PROFILE.desk.teams]
    yesterday, tomorrow = NOW.date() - timedelta(days=1), NOW.date() + timedelta(days=1)
    asked(team=first, due_on=yesterday)
    asked(team=first, due_on=tomorrow, state="in_progress")
    asked(team=first, due_on=yesterday, state="waiting_for_member", waiting_since=NOW)
    asked(team=first, due_on=yesterday, state="done")
    asked(team="gone", due_on=NOW.date())

    teams = statistics(lead, now=NOW).teams

    none = {"to_do": 0, "waiting": 0, "late": 0}
    assert teams == (
        TeamLine(team=first, to_do=2, waiting=1, late=1),
        TeamLine(team=second, **none),
        *(TeamLine(team=one, **none) for one in others),
        TeamLine(team="gone", to_do=1, waiting=0, late=0),
    )


def test_only_who_leads_reads_them_and_nothing_there_is_nothing(staff: Staff, lead: Any) -> None:
    with pytest.raises(DomainError):
        statistics(staff.handler, now=NOW)

    assert statistics(lead, now=NOW).periods[0].received == Compared(0, 0)


def test_of_years_of_requests_the_four_questions_read_the_last_weeks_and_what_is_open(
    household: Household, lead: Any, django_assert_num_queries: Callable[[int], Any]
) -> None:
    many(household, 50)
    new = list(Request.objects.values_list("pk", flat=True))
    long_ago = MONDAY - timedelta(days=400)
    many(household, 20_000, start=50, received_at=long_ago, state="done", closed_at=long_ago)
    old = Request.objects.exclude(pk__in=new).values_list("pk", flat=True)[:5000]
    Step.objects.bulk_create(Step(request_id=one, state="done", at=long_ago) for one in old)
    Step.objects.bulk_create(Step(request_id=one, state="done", at=MONDAY) for one in new)

    with django_assert_num_queries(4):
        statistics(lead, now=NOW)
    plans = plan_of(lambda: statistics(lead, now=NOW))

    assert "request_by_arrival" in plans[0]
    assert "step_of_answer" in plans[1]
    assert "request_by_" in plans[3]
