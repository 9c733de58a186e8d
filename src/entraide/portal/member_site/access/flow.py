"""The half-open door: what the session holds between the password and the code (A27)."""

import time
from dataclasses import asdict, dataclass, replace
from typing import Any, Self
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from entraide.portal.domain.access.actions.entering import Arrival, come_in
from entraide.portal.domain.access.queries import Entrant, entrant
from entraide.portal.domain.access.sessions import forget_session, member_span
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.web.browsers import device_of, device_words
from entraide.portal.foundation.web.methods import answers_get
from entraide.portal.foundation.web.session_store import fingerprint
from entraide.portal.foundation.web.sessions import MEMBERS, begin_session, drop_session
from entraide.portal.foundation.web.source import source_of
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.access.browser_cookie import browser_token, keep_browser_token
from entraide.portal.member_site.access.offer import by_the_offer
from entraide.profiles import PAGE_ADDRESSES

KEY = "entering"
MINUTES = 30
PAGES = "member_site/access"
SIGNED_OUT = "sortie"


@dataclass(frozen=True, slots=True)
class Entering:
    """Where somebody is between the first and the last step; it opens nothing else."""

    account: str
    attempt: str
    stage: str
    next: str
    at: int
    # What the password was: a new password, or a lock, closes the doors that the old one half opened (A18).
    proof: str
    # Whether the account knew this browser: a lock by strangers leaves it alone (A10).
    known: bool = False

    @classmethod
    def begin(cls, request: HttpRequest, account: Account, *, next_page: str, known: bool = False) -> Self:
        """Starts the steps in a session of its own; what an earlier visitor left is dropped."""
        drop_session(request)
        state = cls(
            account=str(account.pk),
            attempt=str(uuid4()),
            stage="human",
            next=next_page,
            at=int(time.time()),
            proof=account.get_session_auth_hash(),
            known=known,
        )
        state.save(request)
        return state

    @classmethod
    def of(cls, request: HttpRequest, *stages: str) -> Self | None:
        """The state, if it is at one of these stages and not too old."""
        values: dict[str, Any] | None = request.session.get(KEY)
        if values is None:
            return None
        state = cls(**values)
        fresh = time.time() - state.at < MINUTES * 60
        return state if fresh and state.stage in stages else None

    def save(self, request: HttpRequest) -> None:
        request.session[KEY] = asdict(self)

    def go_to(self, request: HttpRequest, stage: str) -> None:
        replace(self, stage=stage).save(request)

    @property
    def attempt_id(self) -> UUID:
        return UUID(self.attempt)

    def entrant(self) -> Entrant | None:
        """The person coming in, as long as the password that was right still is."""
        found = entrant(UUID(self.account), on=timezone.localdate())
        if found is None or found.account.must_reset:
            return None
        if found.account.must_reset_elsewhere and not self.known:
            return None
        same = constant_time_compare(self.proof, found.account.get_session_auth_hash())
        return found if same else None


def safe_next(value: str) -> str:
    """A page of the portal that a GET opens, without its query; anything else becomes the home page (A55)."""
    known = any(value.startswith(address) for address in PAGE_ADDRESSES.values() if address != "/")
    if not known or not value.isascii() or any(one in value for one in "\\?#%") or "//" in value:
        return "/"
    try:
        view = resolve(value).func
    except Resolver404:
        return "/"
    return value if answers_get(view) else "/"


def enter(request: HttpRequest, found: Entrant, *, next_page: str) -> str:
    """Opens the session proper: a new id, its own clock, its line in the list, a known browser (A27…A29).

    Returns where to go. Everything that happens at each full sign-in happens here.
    """
    device = device_of(request.headers.get("User-Agent", ""))
    is_first = found.account.last_login is None
    arrival = Arrival(
        key=begin_session(request, found.account, area=MEMBERS),
        device=device,
        words=device_words(device),
        network=source_of(request),
        browser=browser_token(request),
        is_first=is_first,
    )
    token = come_in(
        account=found.account,
        person_id=found.person_id,
        arrival=arrival,
        span=member_span(),
        language=language(),
        now=timezone.now(),
    )
    keep_browser_token(request, token)
    return by_the_offer(request, found.account, next_page)


def leave(request: HttpRequest) -> None:
    """Ends the session of this browser, here and in the list of sessions."""
    forget_session(fingerprint(request.session))
    drop_session(request)
