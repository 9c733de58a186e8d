"""Identifier and password of an agent: counted like members', by account and by source (A1, A7…A10, A74)."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from entraide.portal.domain.access import locks, risk
from entraide.portal.domain.access.actions.entering import Arrival
from entraide.portal.domain.access.browsers import knows, remember_browser
from entraide.portal.domain.access.locks import Place
from entraide.portal.domain.access.sessions import agent_span, open_session
from entraide.portal.domain.agents.events import AgentLocked, AgentSignedIn
from entraide.portal.domain.agents.identifiers import normal_identifier
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.agents.queries import agent_password_ends
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.facts import publish

# Stands for an unknown identifier in the same statements, which then find no row (A1).
_NO_ACCOUNT = UUID(int=0)


@dataclass(frozen=True, slots=True)
class AgentOutcome:
    """`account` when identifier and password are right; `must_reset`: right, but a new link is needed.

    `known`: this browser passed both steps for the account before.
    """

    account: Account | None = None
    must_reset: bool = False
    slow_down: bool = False
    known: bool = False


def check_agent_credentials(
    identifier: str, password: str, *, source: str, browser: str = "", now: datetime
) -> AgentOutcome:
    """Checks one attempt. Unknown identifiers, members' too, are counted and hashed like agents' (A1).

    `browser`: the token of the browser's cookie; strangers lock out strangers only, and use up the tries of
    a network for strangers only (A10). An attempt takes its place in the count before the password is looked
    at (A8); during a lock nothing changes or shows (A9).
    """
    identifier = normal_identifier(identifier)
    agent = Agent.objects.select_related("account").filter(account__identifier=identifier).first()
    account = agent.account if agent is not None and _may_come_in(agent) else None
    known = knows(account.pk if account is not None else _NO_ACCOUNT, browser)
    allowance = risk.allowance(identifier, source=source, browser=browser, known=known)
    if allowance.is_over(now=now):
        return AgentOutcome(slow_down=True)
    place = locks.take_place(identifier, browser, known=known, now=now, door=locks.AGENTS)
    nobody = _nobody()
    right = check_password(password, account.password if account is not None and place.is_open else nobody)
    if account is None or not place.is_open or not right:
        if place.is_last:
            _lock(place, agent=agent, now=now)
        risk.note_failure(now=now)
        return AgentOutcome()
    locks.forgive(place)
    allowance.give_back()
    must_reset = account.must_reset or (account.must_reset_elsewhere and not known)
    return AgentOutcome(account=account, must_reset=must_reset, known=known)


def agent_password_expired(account: Account, *, now: datetime) -> bool:
    """True when the password opens nothing any more before it is renewed."""
    ends = agent_password_ends(account)
    return ends is not None and ends <= now


def come_in_as_agent(*, account: Account, arrival: Arrival, now: datetime) -> str:
    """Both steps were passed: the one session of this agent opens (A29).

    Returns the token that the browser is to keep.
    """
    with transaction.atomic():
        agent = Agent.objects.get(account=account, ended_at=None)
        open_session(
            account=account,
            key=arrival.key,
            label=arrival.device,
            network=arrival.network,
            span=agent_span(),
            now=now,
        )
        token, is_new = remember_browser(account, arrival.browser, label=arrival.words, now=now)
        Account.objects.filter(pk=account.pk).update(last_login=now)
        new_browser = is_new and not arrival.is_first
        fact = AgentSignedIn(
            actor=account.pk,
            agent=agent.pk,
            new_browser=new_browser,
            label=arrival.words,
            language=account.language,
        )
        publish(fact)
    return token


def _may_come_in(agent: Agent) -> bool:
    return agent.ended_at is None and agent.account.is_active and agent.account.frozen_at is None


def _lock(place: Place, *, agent: Agent | None, now: datetime) -> None:
    """Closes to those who were counted; for nobody the same statements (A1)."""
    flag = "must_reset" if place.is_known else "must_reset_elsewhere"
    with transaction.atomic():
        if not locks.close(place, now=now):
            return
        owner = agent.account_id if agent is not None else _NO_ACCOUNT
        Account.objects.filter(pk=owner).update(**{flag: True})
        publish(
            AgentLocked(
                agent=agent.pk if agent is not None else None,
                hours=settings.PROFILE.security.lock_hours,
                everywhere=place.is_known,
                language=agent.account.language if agent is not None else "fr",
            )
        )


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash of the same cost, that no password opens for anyone."""
    return make_password("no agent has this password")
