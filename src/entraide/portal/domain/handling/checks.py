"""What the daily look found, as who leads the teams reads it; the mail when something is left to a person.

The look itself is `foundation/sweeps`; it knows ids and references alone. A request that is out of a
supervisor's sight (SOC-01) is told to nobody else than its team, who has it in its queue.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.policies import Right
from entraide.portal.domain.agents.queries import agents_at_work
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.events import ChecksAsked, ChecksNeedSomebody
from entraide.portal.domain.handling.policies import need, within_sight
from entraide.portal.domain.requests.models import Request
from entraide.portal.foundation.events.facts import Secrets, publish
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.sweeps import runs
from entraide.portal.foundation.sweeps.runs import FoundKind, RunLine

# Codes whose findings name a request by its reference.
ABOUT_REQUESTS = frozenset(
    {
        "request_late",
        "request_without_acknowledgement",
        "hospital_letter_not_sent",
        "enclosure_infected",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is known now. `last_at`: None before the first run; `is_missing`: none came when it should have.

    `kinds`: what the last run found, as far as this agent sees it; `is_partly_elsewhere`: there is more.
    """

    last_at: datetime | None
    is_missing: bool
    kinds: tuple[FoundKind, ...]
    is_partly_elsewhere: bool

    @property
    def left(self) -> int:
        """How many wait for a person."""
        return sum(one.left for one in self.kinds)

    @property
    def needs_somebody(self) -> bool:
        return self.is_missing or bool(self.left)


def state_of_checks(agent: AgentViewer, *, now: datetime) -> State:
    """The last run, without what is out of the agent's sight. Two queries."""
    need(agent, Right.READ_CHECKS)
    last = runs.last_run()
    if last is None:
        return State(last_at=None, is_missing=True, kinds=(), is_partly_elsewhere=False)
    named = {trace.about for one in last.kinds if one.what in ABOUT_REQUESTS for trace in one.traces}
    elsewhere = frozenset(
        Request.objects.filter(reference__in=named)
        .exclude(within_sight(agent))
        .values_list("reference", flat=True)
    )
    kinds = tuple(_within_sight(one, elsewhere) for one in last.kinds)
    return State(
        last_at=last.at,
        is_missing=runs.is_missing(last.at, now=now),
        kinds=tuple(one for one in kinds if one.left or one.repaired),
        is_partly_elsewhere=bool(elsewhere),
    )


def past_runs(agent: AgentViewer, *, now: datetime) -> tuple[RunLine, ...]:
    """The runs of the last 30 days, newest first."""
    need(agent, Right.READ_CHECKS)
    return runs.runs_of_the_month(now=now)


def is_run_under_way(agent: AgentViewer, *, now: datetime) -> bool:
    """Whether the worker looks through everything now, or is about to."""
    need(agent, Right.READ_CHECKS)
    return runs.is_under_way(now=now)


def run_checks_now(agent: AgentViewer, *, now: datetime) -> None:
    """Asks the worker to look through everything now. Raises DomainError while it does so already."""
    need(agent, Right.READ_CHECKS)
    with transaction.atomic():
        if runs.is_under_way(now=now):
            raise DomainError(_("Un contrôle est déjà en cours : rechargez cette page dans un moment."))
        runs.ask_for_run(now=now)
        publish(ChecksAsked(actor=agent.account_id))


def tell_supervisors(entry: Entry, _secrets: Secrets) -> None:
    """Reacts to a run: something is left to a person, and every supervisor is told once."""
    if entry.data["left"]:
        for one in agents_at_work(Role.SUPERVISOR):
            publish(ChecksNeedSomebody(agent=one.id, language="fr"))


def _within_sight(kind: FoundKind, elsewhere: frozenset[str]) -> FoundKind:
    if kind.what not in ABOUT_REQUESTS:
        return kind
    seen = tuple(one for one in kind.traces if one.about not in elsewhere)
    return replace(kind, left=kind.left - (len(kind.traces) - len(seen)), traces=seen)
