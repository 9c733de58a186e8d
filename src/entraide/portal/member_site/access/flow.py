"""The half-open door: what the session holds between the password and the code (A27)."""

import ipaddress
import time
from dataclasses import asdict, dataclass, replace
from typing import Any, Self
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from entraide.portal.domain.access.actions.sign_in import record_sign_in
from entraide.portal.domain.access.queries import Entrant, entrant
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.web.sessions import SEEN, STARTED
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

    @classmethod
    def begin(cls, request: HttpRequest, account: Account, *, next_page: str) -> Self:
        """Starts the steps in a session of its own; what an earlier visitor left is dropped."""
        language = request.session.get("language")
        request.session.flush()
        if language:
            request.session["language"] = language
        state = cls(
            account=str(account.pk),
            attempt=str(uuid4()),
            stage="human",
            next=next_page,
            at=int(time.time()),
            proof=account.get_session_auth_hash(),
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
        found = entrant(UUID(self.account))
        if found is None or found.account.must_reset:
            return None
        same = constant_time_compare(self.proof, found.account.get_session_auth_hash())
        return found if same else None


def safe_next(value: str) -> str:
    """A page of the portal, without its query; anything else becomes the home page (A55)."""
    known = any(value.startswith(address) for address in PAGE_ADDRESSES.values() if address != "/")
    if not known or not value.isascii() or any(one in value for one in "\\?#%") or "//" in value:
        return "/"
    try:
        resolve(value)
    except Resolver404:
        return "/"
    return value


def source_of(request: HttpRequest) -> str:
    """The network an attempt comes from: an IPv4 address, or the first half of an IPv6 one.

    With an https public address our own proxy stands in front: the last address it wrote counts.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    if settings.ENTRAIDE.is_https:
        peer = request.headers.get("X-Forwarded-For", peer).rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return "unknown"
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped is not None:
        # A proxy that listens on IPv6 alone writes IPv4 this way; their first halves are all one.
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False).network_address)


def enter(request: HttpRequest, found: Entrant, *, next_page: str) -> str:
    """Opens the session proper: a new id, its own clock (A27, A28); returns where to go."""
    now = int(time.time())
    request.session.pop(KEY, None)
    request.session.pop("challenge", None)
    login(request, found.account, backend="django.contrib.auth.backends.ModelBackend")
    request.session[SEEN] = request.session[STARTED] = now
    record_sign_in(found.account, person_id=found.person_id, now=timezone.now())
    return next_page
