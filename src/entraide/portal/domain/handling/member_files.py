"""A member's file at the desk: the people of a membership, contracts, requests, what they wait for (B-14).

The first argument is the agent who asks. Nobody opens one without a reason, and everybody in it finds the
opening in their journal (A68, A69). Numbers, contacts and accounts are masked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Case, Q, When
from django.utils import timezone

from entraide.formats import email, iban, mobile, nir
from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.consultations.actions import Reader, Reading, consulted
from entraide.portal.domain.consultations.enums import ReaderKind, Seen
from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.handling.policies import need, need_distance_from, within_sight
from entraide.portal.domain.handling.queries import IS_OPEN, QueueRow, listed
from entraide.portal.domain.handling.reasons import reason_of_request
from entraide.portal.domain.members.models import Beneficiary, Member
from entraide.portal.domain.members.queries import rank_in_family
from entraide.portal.domain.requests.enums import FINAL_STATES, RequestState
from entraide.portal.domain.requests.models import Message, Request
from entraide.portal.domain.requests.pieces import asked_papers
from entraide.portal.domain.requests.references import tidy_reference
from entraide.portal.foundation.accounts.models import Account
from entraide.profiles import Text

MOST_REQUESTS = 100


class AccessState(StrEnum):
    """Whether somebody has a way in: `never` made one, frozen until they call, closed for good."""

    NEVER = "never"
    ACTIVE = "active"
    FROZEN = "frozen"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """One person; the contacts, the health number and the account masked, blank for none."""

    id: UUID
    full_name: str
    number: str
    relationship: str
    birth_date: date
    nir: str
    email: str
    mobile: str
    phone: str
    town: str
    account: str
    access: AccessState


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractLine:
    """A contract in force, and whom it covers today."""

    number: str
    label: Text
    plan: Text
    since: date
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WaitingPapers:
    """What a request waits for from its member."""

    reference: str
    type: Text
    papers: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFile:
    """All that one screen shows of a membership; `waiting` is empty for a role that reads no care."""

    id: UUID
    number: str
    name: str
    joined_on: date
    left_on: date | None
    people: tuple[PersonLine, ...]
    contracts: tuple[ContractLine, ...]
    open_requests: tuple[QueueRow, ...]
    other_requests: tuple[QueueRow, ...]
    waiting: tuple[WaitingPapers, ...]


@dataclass(frozen=True, slots=True)
class FileName:
    """Whose file it is, before anybody has said why they open it: as a search tells it."""

    id: UUID
    number: str
    name: str


def named_file(agent: AgentViewer, member_id: UUID) -> FileName | None:
    """Whose file this is; None when there is none. Raises DomainError for the agent's own family."""
    need(agent, Right.READ_MEMBERS)
    people = family_of(member_id)
    if not people:
        return None
    need_distance_from(agent, people)
    return FileName(member_id, people[0].member.number, people[0].full_name)


def reason_from(agent: AgentViewer, member_id: UUID, reference: str) -> str:
    """The reason that an open request of this membership gives by itself; blank when there is no such one."""
    if not reference:
        return ""
    of_theirs = Q(sender__member_id=member_id) | Q(concerns__member_id=member_id)
    mine = Request.objects.filter(IS_OPEN, within_sight(agent), of_theirs)
    found = mine.filter(reference=tidy_reference(reference)).values_list("reference", flat=True).first()
    return reason_of_request(found) if found else ""


def open_member_file(
    agent: AgentViewer, member_id: UUID, *, reason: str, network: str, now: datetime
) -> MemberFile | None:
    """One membership for an agent, and the note of the reading; None when there is none.

    Raises DomainError(field="reason") without a reason, DomainError for the agent's own family.
    """
    need(agent, Right.READ_MEMBERS)
    people = family_of(member_id)
    if not people:
        return None
    need_distance_from(agent, people)
    note_file(agent, people, reason=reason, network=network, now=now)
    reads_care = may(agent.role, Right.READ_CARE)
    return whole_file(people, sight=within_sight(agent), reads_care=reads_care, on=timezone.localdate(now))


def family_of(member_id: UUID) -> list[Beneficiary]:
    """Everybody of a membership, the primary insured first; nobody when there is none."""
    rows = Beneficiary.objects.filter(member_id=member_id).select_related("member", "account")
    return sorted(rows, key=rank_in_family)


def note_file(
    agent: AgentViewer,
    people: Sequence[Beneficiary],
    *,
    seen: Seen = Seen.IDENTITY,
    reason: str,
    network: str,
    now: datetime,
) -> None:
    """In the journal of each of these people (A68). Raises DomainError(field="reason") without a reason."""
    consulted(
        Reader(agent.id, ReaderKind.AGENT, agent.full_name, agent.role),
        (Reading(one.pk, seen) for one in people),
        reason=reason,
        network=network,
        now=now,
    )


def whole_file(people: Sequence[Beneficiary], *, sight: Q, reads_care: bool, on: date) -> MemberFile:
    """The screen of a membership (`family_of`) with its requests in `sight`."""
    member, ids = people[0].member, [one.pk for one in people]
    theirs = Request.objects.filter(sight, Q(sender__in=ids) | Q(concerns__in=ids))
    in_order = theirs.order_by(Case(When(IS_OPEN, then=0), default=1), "-received_at", "-pk")
    rows = listed(in_order, most=MOST_REQUESTS, on=on)
    running = sorted((one for one in rows if one.state not in FINAL_STATES), key=lambda one: one.due_on)
    return MemberFile(
        id=member.pk,
        number=member.number,
        name=people[0].full_name,
        joined_on=member.joined_on,
        left_on=member.left_on,
        people=tuple(_person(one) for one in people),
        contracts=_contracts(member, on=on),
        open_requests=tuple(running),
        other_requests=tuple(one for one in rows if one.state in FINAL_STATES),
        waiting=_waiting(running) if reads_care else (),
    )


def _person(one: Beneficiary) -> PersonLine:
    return PersonLine(
        id=one.pk,
        full_name=one.full_name,
        number=one.number,
        relationship=one.relationship,
        birth_date=one.birth_date,
        nir=nir.mask(one.nir) if one.nir else "",
        email=email.mask(one.email),
        mobile=mobile.mask(one.mobile) if one.mobile else "",
        phone=mobile.mask(one.phone) if one.phone else "",
        town=f"{one.postcode} {one.city}".strip(),
        account=iban.mask(one.iban) if one.iban else "",
        access=_access(one.account),
    )


def _access(account: Account | None) -> AccessState:
    if account is None:
        return AccessState.NEVER
    if account.frozen_at is not None:
        return AccessState.FROZEN
    return AccessState.ACTIVE if account.is_active else AccessState.CLOSED


def _contracts(member: Member, *, on: date) -> tuple[ContractLine, ...]:
    in_force = Q(ended_on=None) | Q(ended_on__gte=on)
    rows = list(Contract.objects.filter(in_force, member=member, subscribed_on__lte=on).order_by("number"))
    today = Coverage.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on), contract__in=rows, starts_on__lte=on
    )
    covered: dict[UUID, list[Beneficiary]] = {one.pk: [] for one in rows}
    for cover in today.select_related("beneficiary"):
        covered[cover.contract_id].append(cover.beneficiary)
    return tuple(
        ContractLine(
            number=one.number,
            label=Text(one.label_fr, one.label_en),
            plan=Text(one.plan_fr, one.plan_en),
            since=one.subscribed_on,
            people=tuple(each.first_name for each in sorted(covered[one.pk], key=rank_in_family)),
        )
        for one in rows
    )


def _waiting(running: Iterable[QueueRow]) -> tuple[WaitingPapers, ...]:
    """What the latest question of each request asks for by name."""
    types = {one.reference: one.type for one in running if one.state == RequestState.WAITING_FOR_MEMBER}
    if not types:
        return ()
    asked = Message.objects.filter(
        request__reference__in=types, step__state=RequestState.WAITING_FOR_MEMBER
    ).order_by("step__at", "step__pk")
    told = asked.values_list("request__reference", "request__type", "papers")
    latest = {reference: (type_id, papers) for reference, type_id, papers in told}
    return tuple(
        WaitingPapers(reference, types[reference], _labels(papers, type_id=type_id))
        for reference, (type_id, papers) in latest.items()
    )


def _labels(papers: str, *, type_id: str) -> tuple[Text, ...]:
    return tuple(one.paper.label for one in asked_papers(papers, type_id=type_id))
