"""The facts about agents and accesses, for who watches over them: no care, no member's name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from entraide.portal.domain.access import events as access
from entraide.portal.domain.agents import events as agents
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.agents.policies import Right
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.consultations import events as consultations
from entraide.portal.domain.emergency import events as emergency
from entraide.portal.domain.handling import events as handling
from entraide.portal.domain.handling.policies import need
from entraide.portal.domain.list_exports import events as list_exports
from entraide.portal.domain.staff import events as staff
from entraide.portal.domain.staff.models import AccessChange
from entraide.portal.foundation.events.facts import Fact
from entraide.portal.foundation.events.models import Entry


def _names(*facts: type[Fact]) -> tuple[str, ...]:
    return tuple(one.__name__ for one in facts)


_ALWAYS = _names(
    staff.AccessChangeAsked,
    staff.AccessChangeAgreed,
    staff.AccessChangeRefused,
    staff.AccessChangeWithdrawn,
    staff.AccessChangeLapsed,
    staff.AccessListTaken,
    agents.AgentInvited,
    agents.AgentRoleChanged,
    agents.AgentEnded,
    agents.AgentPasswordSet,
    agents.AgentSignedIn,
    agents.AgentLocked,
    list_exports.ListExportAsked,
    list_exports.ListExportApproved,
    list_exports.ListExportRefused,
    list_exports.ListExportReady,
    list_exports.ListExportTaken,
    list_exports.ListExportExpired,
    consultations.ManyOpenings,
    consultations.OpenedAtNight,
    handling.ColleagueOpened,
    handling.ManySearches,
    emergency.EmergencyOpened,
    emergency.EmergencyStopped,
    emergency.EmergencyApproved,
    emergency.EmergencyObjected,
    access.SignInStorm,
    access.AccountFrozen,
    access.AccountUnfrozen,
)
# Of members and agents alike; about nobody, they are an agent's.
_OF_AGENTS = _names(
    access.FactorAdded,
    access.FactorRemoved,
    access.FactorGuessed,
    access.RecoveryCodesMade,
    access.RecoveryCodeUsed,
    access.PasskeyCloned,
)
KINDS = (*_ALWAYS, *_OF_AGENTS)
# What words need of a fact. Whatever else it holds stays where it is.
_SHOWN = (
    "role", "former", "reason", "kind", "purpose", "way", "everywhere", "hours", "rows", "reference",
    "openings", "searches", "failures", "hour",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalWanted:
    """What the page is limited to; from `since` on, before `until`. Blank or None: all."""

    since: datetime
    until: datetime
    kind: str = ""
    agent_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """One fact. `actor`, `concerned`: names of agents, blank for anybody else; `data`: codes and counts."""

    at: datetime
    kind: str
    actor: str
    concerned: str
    data: dict[str, Any]


def journal(agent: AgentViewer, wanted: JournalWanted, *, limit: int) -> list[JournalLine]:
    """The first `limit` facts, the latest on top. Raises DomainError without the right. Four queries."""
    need(agent, Right.READ_JOURNAL)
    rows = Entry.objects.filter(_ours(), at__gte=wanted.since, at__lt=wanted.until)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.agent_id is not None:
        rows = rows.filter(_about(wanted.agent_id))
    found = list(rows.order_by("-at", "-pk")[:limit])
    names = _names_in(found)
    return [
        JournalLine(
            at=one.at,
            kind=one.kind,
            actor=names.get(str(one.actor), ""),
            concerned=names.get(_whom(one), ""),
            data={name: one.data[name] for name in _SHOWN if name in one.data},
        )
        for one in found
    ]


def people(agent: AgentViewer) -> list[tuple[UUID, str]]:
    """Everybody whose facts may be asked for, by name."""
    need(agent, Right.READ_JOURNAL)
    return list(Agent.objects.order_by("full_name", "pk").values_list("pk", "full_name"))


def _ours() -> Q:
    return Q(kind__in=_ALWAYS) | Q(kind__in=_OF_AGENTS, about=None)


def _about(agent_id: UUID) -> Q:
    """Done by this agent, or done to them. Facts name agents by their id, and who acts by the account."""
    account_id = Agent.objects.filter(pk=agent_id).values_list("account_id", flat=True).first()
    named = Q(data__agent=str(agent_id)) | Q(data__reader=str(agent_id))
    return named | Q(actor=account_id) if account_id is not None else named


def _whom(entry: Entry) -> str:
    """The id of whom a fact concerns: an agent, or the change that invites somebody; blank: nobody."""
    return next((str(entry.data[one]) for one in ("agent", "reader", "change") if entry.data.get(one)), "")


def _names_in(entries: Iterable[Entry]) -> dict[str, str]:
    """Names of agents by id and by id of account, of those who are invited by id of the change."""
    ids = {str(one.actor) for one in entries if one.actor is not None}
    ids |= {_whom(one) for one in entries} - {""}
    found = Agent.objects.filter(Q(pk__in=ids) | Q(account_id__in=ids))
    asked = AccessChange.objects.filter(pk__in=ids).values_list("pk", "full_name")
    names = {str(pk): full_name for pk, full_name in asked}
    for one in found:
        names |= {str(one.pk): one.full_name, str(one.account_id): one.full_name}
    return names
