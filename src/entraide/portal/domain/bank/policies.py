"""Who may stop, check and approve a change of account, and when one agent is not enough (A71…A73)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from entraide.formats.names import same_name
from entraide.portal.domain.access.events import EmailChanged, MobileChanged
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.bank.enums import DOUBTFUL_PAYEES, Scope, SecondLook
from entraide.portal.domain.bank.models import AccountChange
from entraide.portal.domain.members.ages import age_on
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.policies import ADULT_FROM
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.events.models import Entry


def may_cancel(viewer: Viewer, change: AccountChange, *, now: datetime) -> bool:
    """Who asked, whose account it is, and for the whole contract each adult who shares the account."""
    if viewer.person_id in {change.asked_by_id, change.person_id}:
        return True
    if change.scope != Scope.CONTRACT or viewer.member_id != change.person.member_id:
        return False
    shares = not Beneficiary.objects.get(pk=viewer.person_id).iban
    return shares and age_on(viewer.birth_date, timezone.localdate(now)) >= ADULT_FROM


def may_check(agent: AgentViewer) -> bool:
    return may(agent.role, Right.CHECK_BANK_DETAILS)


def may_approve(agent: AgentViewer) -> bool:
    """The second pair of eyes: another agent who checks accounts, or one who approves requests."""
    return may_check(agent) or may(agent.role, Right.APPROVE_REQUESTS)


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person as two accounts of theirs would both show them."""

    name: str
    email: str

    def is_also(self, other: "Somebody") -> bool:
        """Same name or same address: taken for one person; homonyms leave the work to a third (A73)."""
        mail = self.email.strip().casefold()
        return same_name(self.name, other.name) or (bool(mail) and mail == other.email.strip().casefold())


def agent_as_somebody(agent: Agent | AgentViewer) -> Somebody:
    return Somebody(agent.full_name, str(agent.email))


def is_involved(agent: AgentViewer, change: AccountChange) -> bool:
    """Whether this agent is, by another account, somebody of the family whose account changes."""
    return is_of_family(agent, Beneficiary.objects.filter(member_id=change.person.member_id), change)


def is_of_family(agent: AgentViewer, people: Iterable[Beneficiary], change: AccountChange) -> bool:
    """The same for people who are read already."""
    family = [Somebody(one.full_name, one.email) for one in people]
    family.append(Somebody(change.holder, ""))
    mine = agent_as_somebody(agent)
    return any(mine.is_also(one) for one in family)


def reasons_for_second(
    change: AccountChange, *, waiting_cents: int, families: int, contact_changed: bool = False
) -> tuple[SecondLook, ...]:
    """A71: why a second agent must look; none when the check is enough.

    `waiting_cents`: what waits to be paid on the account; `families`: how many others have the new one;
    `contact_changed`: see `contacts_changed`.
    """
    found = {
        SecondLook.CONTACT_CHANGED: contact_changed,
        SecondLook.SEEN_ELSEWHERE: families > 0,
        SecondLook.AMOUNT: waiting_cents > settings.PROFILE.security.bank_second_agent_cents,
        SecondLook.PAYEE: change.payee_check in DOUBTFUL_PAYEES,
    }
    return tuple(reason for reason, holds in found.items() if holds)


def contacts_changed(changes: Sequence[AccountChange], *, now: datetime) -> set[UUID]:
    """Of these changes, those whose people changed their address or mobile lately. One query.

    The journal knows of it even when the management system's file has taken the new value over.
    """
    since = now - timedelta(days=settings.PROFILE.security.mobile_trust_days)
    people = {person for one in changes for person in (one.asked_by_id, one.person_id)}
    kinds = [EmailChanged.__name__, MobileChanged.__name__]
    told = Entry.objects.filter(kind__in=kinds, about__in=people, at__gt=since)
    lately = set(told.values_list("about", flat=True))
    for one in changes:
        for person in (one.asked_by, one.person):
            at = person.mobile_declared_at
            if at is not None and at > since:
                lately.add(person.pk)
    return {one.pk for one in changes if lately & {one.asked_by_id, one.person_id}}
