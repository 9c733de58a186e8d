"""Emergency accesses as their users and those who review them see them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.consultations.enums import Seen
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.emergency.enums import EmergencyReason
from entraide.portal.domain.emergency.models import EmergencyAccess
from entraide.portal.domain.handling.policies import need
from entraide.portal.domain.members.enums import Relationship
from entraide.portal.domain.members.models import Beneficiary

MOST_LISTED, MOST_OWN = 50, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyLine:
    """One access. `whose`: the name and number of the membership, blank for a role that opens no files.

    `read`: how many things of each kind were opened; `is_own`: who looks opened it themselves.
    """

    id: UUID
    reference: str
    agent: str
    whose: str
    why: EmergencyReason
    words: str
    ticket: str
    opened_at: datetime
    over_at: datetime
    is_open: bool
    review_by: date
    is_late: bool
    is_own: bool
    read: tuple[tuple[Seen, int], ...]
    outcome: str
    reviewer: str
    reviewed_at: datetime | None
    review_words: str


def own_emergencies(agent: AgentViewer, *, now: datetime) -> tuple[EmergencyLine, ...]:
    """The agent's last ones, the newest on top, with what was said of them."""
    need(agent, Right.OPEN_IN_EMERGENCY)
    rows = EmergencyAccess.objects.filter(agent_id=agent.id).order_by("-opened_at", "pk")
    return _lines(agent, rows[:MOST_OWN], now=now)


def emergencies_to_review(agent: AgentViewer, *, now: datetime) -> tuple[EmergencyLine, ...]:
    """What nobody reviewed yet, those still open included, the oldest on top. Four queries."""
    need(agent, Right.REVIEW_EMERGENCIES)
    rows = EmergencyAccess.objects.filter(outcome="").order_by("opened_at", "pk")
    return _lines(agent, rows[:MOST_LISTED], now=now)


def reviewed_emergencies(agent: AgentViewer, *, now: datetime) -> tuple[EmergencyLine, ...]:
    """The last that were reviewed, the newest on top."""
    need(agent, Right.REVIEW_EMERGENCIES)
    rows = EmergencyAccess.objects.exclude(outcome="").order_by("-opened_at", "pk")
    return _lines(agent, rows[:MOST_LISTED], now=now)


def how_many_to_review(agent: AgentViewer) -> int:
    """For the first page; 0 for roles that review none."""
    if not may(agent.role, Right.REVIEW_EMERGENCIES):
        return 0
    return EmergencyAccess.objects.filter(outcome="").exclude(agent_id=agent.id).count()


def _lines(
    agent: AgentViewer, rows: QuerySet[EmergencyAccess], *, now: datetime
) -> tuple[EmergencyLine, ...]:
    found = list(rows.select_related("agent", "reviewed_by"))
    primary = Beneficiary.objects.filter(relationship=Relationship.PRIMARY_INSURED)
    people = primary.filter(member_id__in={one.member_id for one in found})
    names = {one.member_id: f"{one.full_name}, {one.number}" for one in people}
    shows_whose = may(agent.role, Right.READ_MEMBERS)
    read, today = _read_in(found), timezone.localdate(now)
    return tuple(
        EmergencyLine(
            id=one.pk,
            reference=one.reference,
            agent=one.agent.full_name,
            whose=names.get(one.member_id, "") if shows_whose else "",
            why=EmergencyReason(one.why),
            words=one.words,
            ticket=one.ticket,
            opened_at=one.opened_at,
            over_at=one.stopped_at or one.ends_at,
            is_open=one.is_open(now=now),
            review_by=one.review_by,
            is_late=not one.outcome and one.review_by < today,
            is_own=one.agent_id == agent.id,
            read=read[one.pk],
            outcome=one.outcome,
            reviewer=one.reviewed_by.full_name if one.reviewed_by is not None else "",
            reviewed_at=one.reviewed_at,
            review_words=one.review_words,
        )
        for one in found
    )


def _read_in(accesses: Sequence[EmergencyAccess]) -> dict[UUID, tuple[tuple[Seen, int], ...]]:
    """What each of them opened, by what the journal of the people concerned tells. One query."""
    read = Q(pk=None)
    for one in accesses:
        read |= Q(
            person__member=one.member_id,
            reader=one.agent_id,
            at__gte=one.opened_at,
            at__lt=one.ends_at,
        )
    rows = list(Consultation.objects.filter(read).exclude(seen=Seen.EMERGENCY).select_related("person"))
    return {one.pk: _counted(one, rows) for one in accesses}


def _counted(access: EmergencyAccess, rows: Iterable[Consultation]) -> tuple[tuple[Seen, int], ...]:
    """Each thing once, whoever's journal tells it; its reason tells it from the agent's usual work."""
    things = {
        (Seen(row.seen), row.object_id)
        for row in rows
        if row.person.member_id == access.member_id
        and row.reader == access.agent_id
        and access.opened_at <= row.at < access.ends_at
        and row.reason == access.reason
    }
    return tuple(sorted(Counter(seen for seen, _thing in things).items()))
