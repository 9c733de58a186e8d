"""The moment when every step was passed: an open session, a known browser, the facts (A15, A27, A29)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from entraide.portal.domain.access.actions.safety import publish_change
from entraide.portal.domain.access.actions.sign_in import record_sign_in
from entraide.portal.domain.access.browsers import remember_browser
from entraide.portal.domain.access.enums import Change
from entraide.portal.domain.access.events import NewBrowser
from entraide.portal.domain.access.sessions import Span, open_session
from entraide.portal.foundation.accounts.models import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Where somebody comes in.

    `key`: the session's fingerprint. `device`: a label for the list of sessions; `words`: the same for
    people. `browser`: the token of the browser's cookie, or "". `is_first`: nobody ever came in before.
    """

    key: str
    device: str
    words: str
    network: str
    browser: str
    is_first: bool


def come_in(
    *, account: Account, person_id: UUID, arrival: Arrival, span: Span, language: str, now: datetime
) -> str:
    """Opens the session and returns the token that the browser is to keep.

    The first browser of all is nothing to write about; each later one that is new is.
    """
    with transaction.atomic():
        open_session(
            account=account,
            key=arrival.key,
            label=arrival.device,
            network=arrival.network,
            span=span,
            now=now,
        )
        token, is_new = remember_browser(account, arrival.browser, label=arrival.words, now=now)
        if is_new and not arrival.is_first:
            fact = NewBrowser(actor=account.pk, about=person_id, label=arrival.words, language=language)
            publish_change(fact, account=account, change=Change.NEW_BROWSER, now=now)
        record_sign_in(account, person_id=person_id, now=now)
    return token
