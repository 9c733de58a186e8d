"""The half-open door of the agents: what the session holds between the password and the factor (A27, A74)."""

import time
from dataclasses import asdict, dataclass, replace
from typing import Any, Self
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from entraide.portal.agent_site.access.browser_cookie import browser_token, keep_browser_token
from entraide.portal.domain.access.actions.entering import Arrival
from entraide.portal.domain.agents.actions.sign_in import agent_password_expired, come_in_as_agent
from entraide.portal.domain.agents.queries import AgentEntrant, agent_entrant
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.web.browsers import device_of, device_words
from entraide.portal.foundation.web.sessions import AGENTS, begin_session, drop_session
from entraide.portal.foundation.web.source import source_of

KEY = "agent_entering"
MINUTES = 15
PAGES = "agent_site/access"

# What is left to do: prove a factor, enrol the first one, note the recovery codes, renew the password.
FACTOR, ENROL, RENEW = "factor", "enrol", "renew"


@dataclass(frozen=True, slots=True)
class Entering:
    """Where an agent is between the password and the end; it opens nothing else."""

    account: str
    attempt: str
    stage: str
    at: int
    # What the password was: a new one, or a lock, closes the doors that the old one half opened (A18).
    proof: str
    # Whether the account knew this browser: a lock by strangers leaves it alone (A10).
    known: bool = False

    @classmethod
    def begin(cls, request: HttpRequest, account: Account, *, stage: str, known: bool = False) -> Self:
        """Starts the steps in a session of its own; what an earlier visitor left is dropped."""
        drop_session(request)
        state = cls(
            account=str(account.pk),
            attempt=str(uuid4()),
            stage=stage,
            at=int(time.time()),
            proof=account.get_session_auth_hash(),
            known=known,
        )
        request.session[KEY] = asdict(state)
        return state

    @classmethod
    def of(cls, request: HttpRequest, stage: str) -> Self | None:
        """The state, if it is at this stage and not too old."""
        values: dict[str, Any] | None = request.session.get(KEY)
        if values is None:
            return None
        state = cls(**values)
        fresh = time.time() - state.at < MINUTES * 60
        return state if fresh and state.stage == stage else None

    def entrant(self) -> AgentEntrant | None:
        """The agent coming in, as long as the password that was right still is."""
        found = agent_entrant(UUID(self.account))
        if found is None or found.account.must_reset:
            return None
        if found.account.must_reset_elsewhere and not self.known:
            return None
        same = constant_time_compare(self.proof, found.account.get_session_auth_hash())
        return found if same else None


def half_in(request: HttpRequest, stage: str) -> tuple[Entering, AgentEntrant] | None:
    """The state at this stage with its agent, or None: back to the first page."""
    state = Entering.of(request, stage)
    found = state.entrant() if state is not None else None
    return (state, found) if state is not None and found is not None else None


def after_the_factor(request: HttpRequest, state: Entering, found: AgentEntrant) -> str:
    """The name of the next page: a password that is too old is renewed first, then the door opens."""
    if agent_password_expired(found.account, now=timezone.now()):
        request.session[KEY] = asdict(replace(state, stage=RENEW))
        return "agents:renew"
    enter(request, found.account)
    return "agents:home"


def enter(request: HttpRequest, account: Account) -> None:
    """Opens the session proper under a new id; an earlier one, anywhere, ends (A27, A29)."""
    device = device_of(request.headers.get("User-Agent", ""))
    is_first = account.last_login is None
    arrival = Arrival(
        key=begin_session(request, account, area=AGENTS),
        device=device,
        words=device_words(device),
        network=source_of(request),
        browser=browser_token(request),
        is_first=is_first,
    )
    token = come_in_as_agent(account=account, arrival=arrival, now=timezone.now())
    keep_browser_token(request, token)
