"""Speed: every page asks the database twelve times at most, however much there is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from entraide.portal.domain.access.models import OpenSession
from entraide.portal.domain.claims.models import PaymentLine, Statement
from entraide.portal.foundation.tasks.models import Job
from tests.architecture.matrix.asking import Target, targets, undone
from tests.architecture.matrix.family import World, tables, world
from tests.architecture.matrix.grids import AGENTS, REFUSED
from tests.architecture.matrix.rules import RULES
from tests.conftest import make_person, years_ago
from tests.portal.long_history import SHORT, Length, give_history

__all__ = ["tables", "world"]
MOST = 12


@pytest.mark.django_db
def test_a_page_asks_no_more_of_ten_years_of_nine_people_than_of_almost_nothing(world: World) -> None:
    """Counted without the session, on every address that opens for the primary insured or for a handler."""
    world.clients["primary"].get("/")
    _grow(world, SHORT)
    few = _counted(world)
    family = [person for owner, person in world.people.items() if owner != "stranger"]
    for number in range(9 - len(family)):
        born = years_ago(9 + 2 * number)
        make_person(family[0].member, f"3004184{number}", "child", f"Enfant{number}", born=born)
    _grow(world, Length())
    many = _counted(world)

    assert len(few) > 50
    assert {name: count for name, count in many.items() if count > MOST} == {}
    assert {name: (few[name], count) for name, count in many.items() if count != few[name]} == {}


def _counted(world: World) -> dict[str, int]:
    # That somebody is there is written every half minute, whichever page that falls on: not while we count.
    OpenSession.objects.update(seen_at=timezone.now() + timedelta(minutes=10))
    found = {}
    for role in ("primary", "handler"):
        found |= {target.name: _queries(world.clients[role], target) for target in _pages(world, role)}
    return found


def _grow(world: World, length: Length) -> None:
    """More for everybody; what the addresses name becomes something of the long history."""
    primary = world.people["primary"]
    people = sorted(primary.member.beneficiaries.all(), key=lambda one: one.pk != primary.pk)
    give_history(primary.member, people, length)
    grown = PaymentLine.objects.filter(beneficiary=primary, payment__member=primary.member)
    line = grown.order_by("-payment__paid_on", "pk")[0]
    world.keep("line", "primary", line.pk)
    world.keep("statement", "primary", Statement.objects.get(payments__lines=line).pk)


def _pages(world: World, role: str) -> list[Target]:
    found = []
    for name, rule in RULES.items():
        if rule.get is None or name.startswith("agents:") != (role in AGENTS):
            continue
        for target in targets(name, rule, world):
            is_open = not rule.get.cell(role, target.owner).startswith(REFUSED)
            if is_open and target.owner in {"page", "primary", "everybody"}:
                found.append(target)
                break
    return found


def _queries(client: Client, target: Target) -> int:
    client.get(target.path)
    Job.objects.all().delete()
    with undone(), CaptureQueriesContext(connection) as asked:
        answer = client.get(target.path)
        answer.getvalue()
    # Taking back what the page did is not the page's.
    return sum(
        not one["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")) for one in asked.captured_queries
    )
