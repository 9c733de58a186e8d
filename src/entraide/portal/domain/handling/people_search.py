"""Finding the people whose files an agent may open. A list names them and tells nothing else of anybody."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.handling.events import PeopleSearched
from entraide.portal.domain.handling.finding import Search, understood
from entraide.portal.domain.handling.policies import need
from entraide.portal.domain.handling.watching import watch_search
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.events.facts import publish

MOST_PEOPLE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPerson:
    """Somebody whom a search found; `member_id` opens the file of their membership."""

    member_id: UUID
    full_name: str
    number: str
    relationship: str
    city: str


@dataclass(frozen=True, slots=True)
class FoundPeople:
    """By name; `more`: others were found too, and the question must be narrower."""

    people: tuple[FoundPerson, ...]
    more: bool


def search_people(agent: AgentViewer, text: str, *, now: datetime) -> FoundPeople:
    """Like the search of requests, and told and counted like it (A70)."""
    need(agent, Right.READ_MEMBERS)
    asked = understood(text.strip())
    found = _named(asked)
    with transaction.atomic():
        publish(PeopleSearched(actor=agent.account_id, way=asked.way, found=len(found.people)))
        watch_search(agent, way=asked.way, now=now)
    return found


def people_found(agent: AgentViewer, text: str) -> FoundPeople:
    """Whom these words mean, by name, `MOST_PEOPLE` at most. For a search that is counted already.

    Nobody for a role that opens no files of members.
    """
    if not may(agent.role, Right.READ_MEMBERS):
        return FoundPeople((), more=False)
    return _named(understood(text.strip()))


def _named(asked: Search) -> FoundPeople:
    if not asked.people:
        return FoundPeople((), more=False)
    first, *others = [one.values("pk") for one in asked.people]
    rows = Beneficiary.objects.filter(pk__in=first.union(*others) if others else first)
    found = list(rows.order_by("last_name_key", "number")[: MOST_PEOPLE + 1])
    return FoundPeople(tuple(_found(one) for one in found[:MOST_PEOPLE]), more=len(found) > MOST_PEOPLE)


def _found(one: Beneficiary) -> FoundPerson:
    return FoundPerson(
        member_id=one.member_id,
        full_name=one.full_name,
        number=one.number,
        relationship=one.relationship,
        city=one.city,
    )
