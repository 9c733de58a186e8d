"""The link of a mail that says "this was not me": it freezes the access and undoes what changed (A23).

For whoever changes what a thief would change. Inside the transaction of the change, in place of `publish`:

    publish_change(
        FactorAdded(actor=account.pk, about=person_id, …),
        account=account, change=Change.FACTOR_ADDED, undo=added_factor(factor), now=now,
    )

The token travels as the secret `safety_token` of the fact. Its notice names `_safety` as its context in
`notifications/messages/__init__.py`, which gives it `safety_link`, and includes
`notifications/layout/not_me.html` (`.txt`), which shows the link, or the phone where there is none.
`undo` is what must be undone: `added_factor(factor)`, `enrolled_mobile(…)`, `changed_email(…)`; nothing for
what is not put back (a password, a browser, a recovery code, a factor that was taken off).

What a floor above must stop with the access, such as a change of account, registers with `when_frozen`.
"""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from entraide.portal.domain.access import code_channel
from entraide.portal.domain.access.browsers import forget_browsers
from entraide.portal.domain.access.enums import Change
from entraide.portal.domain.access.events import (
    AccountFrozen,
    AccountUnfrozen,
    CodeChannelReopened,
    FactorTriesReopened,
)
from entraide.portal.domain.access.factors import tries
from entraide.portal.domain.access.locks import unlock
from entraide.portal.domain.access.models import (
    Factor,
    OneTimeCode,
    PasswordLink,
    RecoveryCode,
    SafetyLink,
)
from entraide.portal.domain.access.numbers import normal_number, token_hash
from entraide.portal.domain.access.sessions import end_sessions
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.contacts import forget_declared
from entraide.portal.domain.members.enums import Contact
from entraide.portal.domain.members.mobiles import distrust_mobile, put_on_file
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import person_by_number
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.facts import Fact, Secrets, publish
from entraide.portal.foundation.events.models import Entry

Undo = dict[str, Any]
Stop = Callable[[Account, datetime], None]
_STOPS: list[Stop] = []
# What the fact names in place of a change, when the mutual froze the access.
SUSPECTED = "suspected"


def when_frozen(stop: Stop) -> None:
    """`stop` runs in the transaction of every freeze, before what changed is undone; called once at start."""
    if stop not in _STOPS:
        _STOPS.append(stop)


def make_safety_link(account: Account, *, change: Change, undo: Undo | None = None, now: datetime) -> str:
    """The token of a link that freezes this account and undoes the change, for `cooling_hours`."""
    token = secrets.token_hex(16)
    SafetyLink.objects.create(
        token_hash=token_hash(token),
        account=account,
        change=change,
        undo=json.dumps(undo or {}),
        created_at=now,
        expires_at=now + timedelta(hours=settings.PROFILE.security.cooling_hours),
    )
    return token


def publish_change(
    fact: Fact,
    *,
    account: Account,
    change: Change,
    undo: Undo | None = None,
    secrets: Secrets | None = None,
    now: datetime,
) -> Entry:
    """Publishes a fact about an account's safety, with the link for the mail that tells of it.

    No link about nobody: people who are no members have no such mail. `secrets`: what else travels sealed.
    """
    if fact.about is None:
        return publish(fact)
    token = make_safety_link(account, change=change, undo=undo, now=now)
    return publish(fact, secrets={**(secrets or {}), "safety_token": token})


def added_factor(factor: Factor) -> Undo:
    return {"factor": str(factor.pk)}


def enrolled_mobile(mobile: str, *, before: str, declared_at: datetime | None) -> Undo:
    """The new number, the one before (blank: none) and when that one was declared, if it was."""
    declared = declared_at.isoformat() if declared_at else None
    return {"mobile": mobile, "before": before, "declared_at": declared}


def changed_email(email: str, *, before: str, was_declared: bool) -> Undo:
    """The new address, the one before (blank: none) and whether that one was declared at the portal."""
    return {"email": email, "before": before, "was_declared": was_declared}


class LinkState(Enum):
    """What a safety link is now. `FROZEN`: the access is already frozen, by this link or another."""

    LIVE = "live"
    FROZEN = "frozen"
    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SafetyPage:
    """What the page behind a link may say; the change and the account only while the link is live."""

    state: LinkState
    change: str = ""
    account_id: UUID | None = None


def safety_page(token: str, *, now: datetime) -> SafetyPage:
    """Looks at a link without using it."""
    link = SafetyLink.objects.select_related("account").filter(token_hash=token_hash(token)).first()
    if link is None:
        return SafetyPage(LinkState.UNKNOWN)
    if link.account.frozen_at is not None:
        return SafetyPage(LinkState.FROZEN)
    if link.used_at is not None:
        return SafetyPage(LinkState.USED)
    if link.expires_at <= now:
        return SafetyPage(LinkState.EXPIRED)
    return SafetyPage(LinkState.LIVE, link.change, link.account_id)


def freeze(*, token: str, now: datetime) -> Account:
    """Closes every way into the account, undoes what changed lately, and tells the address on file (A23).

    Undone is every change whose own link is still live: who says "not me" of one has seen one of several.
    Raises DomainError when the link is not live; of parallel uses one succeeds.
    """
    with transaction.atomic():
        # Not against rows that point at the account: a code that is leaving would wait for us, and we for it.
        accounts = Account.objects.select_for_update(of=("self",), no_key=True)
        account = accounts.filter(safety_links__token_hash=token_hash(token)).first()
        page = safety_page(token, now=now)
        if account is None or page.state is not LinkState.LIVE:
            raise DomainError(page.state.value)
        _freeze(account, change=page.change, actor=None, now=now)
    return account


def freeze_suspected(account_id: UUID, *, actor: UUID, now: datetime) -> None:
    """The same by the mutual, whose agent (`actor`, an account) does not believe that the owner is inside.

    Raises DomainError when it is frozen already.
    """
    with transaction.atomic():
        account = Account.objects.select_for_update(of=("self",), no_key=True).get(pk=account_id)
        if account.frozen_at is not None:
            raise DomainError(_("Cet accès est déjà bloqué."))
        _freeze(account, change=SUSPECTED, actor=actor, now=now)


def unfreeze(*, number: str, now: datetime) -> Account:
    """Opens the access again once the mutual has spoken with the member: a new password comes first.

    The factors from before the freeze are dropped: none opens anything before a new password is set, and
    whoever set it enrols their own again. Also opens the channel of the codes, and the tries of apps and
    recovery codes, when wrong ones had closed them for good (A17).
    Raises DomainError when the number is unknown, or nothing was closed.
    """
    person = person_by_number(normal_number(number))
    if person is None or person.account_id is None:
        raise DomainError("no access with this number")
    with transaction.atomic():
        account = Account.objects.select_for_update(no_key=True).get(pk=person.account_id)
        codes_again, tries_again = code_channel.reopen(account, now=now), tries.reopen(account, now=now)
        if account.frozen_at is None and not codes_again and not tries_again:
            raise DomainError("this access is neither frozen nor cut from codes")
        if codes_again:
            publish(CodeChannelReopened(about=person.pk))
        if tries_again:
            publish(FactorTriesReopened(about=person.pk))
        if account.frozen_at is not None:
            account.frozen_at, account.must_reset = None, True
            account.save(update_fields=["frozen_at", "must_reset"])
            Factor.with_suspended.filter(account=account).delete()
            RecoveryCode.objects.filter(account=account).delete()
            # What was tried meanwhile must not hold back the link to the new password.
            unlock(person.number, account_id=account.pk)
            publish(AccountUnfrozen(about=person.pk, language=account.language))
    return account


def _freeze(account: Account, *, change: str, actor: UUID | None, now: datetime) -> None:
    for stop in _STOPS:
        stop(account, now)
    _undo_changes(account, now=now)
    _close_doors(account, now=now)
    publish(AccountFrozen(actor=actor, about=_person_of(account), change=change, language=account.language))


def _undo_changes(account: Account, *, now: datetime) -> None:
    live = SafetyLink.objects.filter(account=account, used_at=None, expires_at__gt=now)
    for link in live.order_by("-created_at", "-pk"):
        undo = json.loads(link.undo or "{}")
        _UNDO.get(Change(link.change), _nothing)(account, undo, now)
    SafetyLink.objects.filter(account=account, used_at=None).update(used_at=now, undo=b"")


def _close_doors(account: Account, *, now: datetime) -> None:
    account.frozen_at, account.must_reset = now, True
    account.save(update_fields=["frozen_at", "must_reset"])
    end_sessions(account.pk)
    forget_browsers(account.pk)
    OneTimeCode.objects.filter(account=account, ended_at=None).update(ended_at=now)
    PasswordLink.objects.filter(beneficiary__account=account, ended_at=None).update(ended_at=now)
    # Whoever was inside may have enrolled one long ago; nobody can tell whose they are before we have spoken.
    Factor.objects.filter(account=account).update(suspended_at=now)
    # Whoever was inside may have read them, or made them.
    RecoveryCode.objects.filter(account=account).delete()


def _take_mobile_back(account: Account, undo: Undo, now: datetime) -> None:
    person = Beneficiary.objects.select_for_update().filter(account=account).first()
    if person is None or person.mobile != undo.get("mobile"):
        # The management system has brought another one since: that one stays.
        return
    declared = undo["declared_at"]
    distrust_mobile(person.mobile, now=now)
    put_on_file(person, undo["before"], declared_at=datetime.fromisoformat(declared) if declared else None)


def _take_email_back(account: Account, undo: Undo, _now: datetime) -> None:
    person = Beneficiary.objects.select_for_update().filter(account=account).first()
    if person is None or person.email != undo.get("email"):
        # The management system has brought another one since: that one stays.
        return
    person.email = undo["before"]
    person.save(update_fields=["email"])
    if not undo["was_declared"]:
        forget_declared(person, Contact.EMAIL)


def _take_factor_off(account: Account, undo: Undo, _now: datetime) -> None:
    Factor.objects.filter(account=account, pk=UUID(undo["factor"])).delete()


def _nothing(_account: Account, _undo: Undo, _now: datetime) -> None:
    """Not put back: a new password is asked for, every browser is forgotten, factors are enrolled again.

    A factor that was taken off may have been a thief's, whose owner had found it.
    """


_UNDO: dict[Change, Callable[[Account, Undo, datetime], None]] = {
    Change.MOBILE_ENROLLED: _take_mobile_back,
    Change.MOBILE_CHANGED: _take_mobile_back,
    Change.EMAIL_CHANGED: _take_email_back,
    Change.FACTOR_ADDED: _take_factor_off,
}


def _person_of(account: Account) -> UUID | None:
    return Beneficiary.objects.filter(account=account).values_list("pk", flat=True).first()
