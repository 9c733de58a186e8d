"""Facts of access. None holds an identity number, a contact, a code or a link."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PasswordLinkAsked(Fact):
    """A link to set a password leaves for the address on file. Secrets: `token`."""

    personal_data: ClassVar[str] = "who asked"
    purpose: str
    language: str


@dataclass(frozen=True, kw_only=True)
class AccessAskedInVain(Fact):
    """Activation or reset asked for nobody we can write to; the page answered as always."""

    personal_data: ClassVar[str] = "who, when the person is known but has no address on file"
    reason: str
    language: str


@dataclass(frozen=True, kw_only=True)
class AccessStillFrozen(Fact):
    """Activation or reset asked for an access that is frozen; the page answered as always, no link left."""

    personal_data: ClassVar[str] = "who"
    language: str


@dataclass(frozen=True, kw_only=True)
class PasswordSet(Fact):
    """The password was set through a link (`purpose`) or changed inside the space (`change`)."""

    personal_data: ClassVar[str] = "who"
    purpose: str
    language: str


@dataclass(frozen=True, kw_only=True)
class AccountLocked(Fact):
    """Too many wrong passwords: no sign-in until the lock ends, then the password must be set again.

    `everywhere`: also from the browsers that the account knows, because one of them was wrong too often.
    About nobody when the number is unknown, or its access closed: nobody is told.
    """

    personal_data: ClassVar[str] = "who"
    hours: int
    everywhere: bool
    language: str


@dataclass(frozen=True, kw_only=True)
class PasswordExpires(Fact):
    """The password expires on that day; told once 15, 7 and 1 days before (`days`)."""

    personal_data: ClassVar[str] = "who"
    days: int
    on: date
    language: str


@dataclass(frozen=True, kw_only=True)
class SignInStorm(Fact):
    """So many passwords were wrong within the hour that somebody tries many accounts: an alarm (A10)."""

    failures: int


@dataclass(frozen=True, kw_only=True)
class CodeSent(Fact):
    """A one-time code leaves. Secrets: `code`, and `mobile` or `email` when it is not the one on file."""

    personal_data: ClassVar[str] = "who"
    urgent: ClassVar[bool] = True
    code_id: UUID
    purpose: str
    language: str


@dataclass(frozen=True, kw_only=True)
class MobileEnrolled(Fact):
    """A first mobile was proved and is on file; bank details wait until `until`. Secrets: `safety_token`."""

    personal_data: ClassVar[str] = "who"
    until: datetime
    language: str


@dataclass(frozen=True, kw_only=True)
class MobileChanged(Fact):
    """Another mobile was proved and is on file; bank details wait until `until`.

    Secrets: `safety_token`, and `former_mobile`, which is told too.
    """

    personal_data: ClassVar[str] = "who"
    until: datetime
    language: str


@dataclass(frozen=True, kw_only=True)
class EmailChanged(Fact):
    """Another address was proved and is on file; bank details wait until `until`. `had_one`: there was one.

    Secrets: `safety_token`, and `former_email`, which is told too.
    """

    personal_data: ClassVar[str] = "who"
    until: datetime
    had_one: bool
    language: str


@dataclass(frozen=True, kw_only=True)
class MobileShared(Fact):
    """The mobile just enrolled is that of so many accounts, of more than one family: an alarm (A24)."""

    personal_data: ClassVar[str] = "who enrolled it"
    accounts: int


@dataclass(frozen=True, kw_only=True)
class CodeChannelStopped(Fact):
    """Too many wrong codes: none leaves until tomorrow, or (`for_good`) until the mutual says so (A17)."""

    personal_data: ClassVar[str] = "who"
    for_good: bool
    language: str


@dataclass(frozen=True, kw_only=True)
class CodeChannelReopened(Fact):
    """The mutual has spoken with the person: codes are sent again."""

    personal_data: ClassVar[str] = "who"


@dataclass(frozen=True, kw_only=True)
class SendingBudgetSpent(Fact):
    """All the SMS codes that may leave within an hour have left: an alarm, once an hour (A19)."""

    codes: int


@dataclass(frozen=True, kw_only=True)
class AccountFrozen(Fact):
    """Who reads the person's mail said "this was not me" of `change`: nobody comes in any more (A23).

    `change` is `suspected` when the mutual closed it, by the agent who is the actor.
    """

    personal_data: ClassVar[str] = "who"
    change: str
    language: str


@dataclass(frozen=True, kw_only=True)
class AccountUnfrozen(Fact):
    """The mutual has spoken with the person: the access opens again, with a new password."""

    personal_data: ClassVar[str] = "who"
    language: str


@dataclass(frozen=True, kw_only=True)
class FactorAdded(Fact):
    """An app or a passkey (`kind`) now guards the account. Secrets: `safety_token`."""

    personal_data: ClassVar[str] = "who"
    factor_id: UUID
    kind: str
    language: str


@dataclass(frozen=True, kw_only=True)
class FactorRemoved(Fact):
    """An app or a passkey was taken off; `was_last`: SMS codes are back. Secrets: `safety_token`."""

    personal_data: ClassVar[str] = "who"
    kind: str
    was_last: bool
    language: str


@dataclass(frozen=True, kw_only=True)
class RecoveryCodesMade(Fact):
    """Ten recovery codes were shown; the earlier ones ended. Secrets: `safety_token`."""

    personal_data: ClassVar[str] = "who"
    language: str


@dataclass(frozen=True, kw_only=True)
class RecoveryCodeUsed(Fact):
    """A recovery code opened the door; `left` remain. Secrets: `safety_token`."""

    personal_data: ClassVar[str] = "who"
    left: int
    language: str


@dataclass(frozen=True, kw_only=True)
class FactorGuessed(Fact):
    """Too many wrong ones of one `way`: none is looked at until tomorrow, or (`for_good`) until reopened.

    `way`: `app` or `recovery`, by who knows the password; `password`, by who sits in an open session (A17).
    """

    personal_data: ClassVar[str] = "who"
    way: str
    for_good: bool
    language: str


@dataclass(frozen=True, kw_only=True)
class FactorTriesReopened(Fact):
    """The mutual has spoken with the person: apps, recovery codes and confirmations are looked at again."""

    personal_data: ClassVar[str] = "who"


@dataclass(frozen=True, kw_only=True)
class PasskeyCloned(Fact):
    """A passkey counted backwards: a copy of it is in use somewhere. It was refused."""

    personal_data: ClassVar[str] = "who"
    factor_id: UUID


@dataclass(frozen=True, kw_only=True)
class NewBrowser(Fact):
    """Every step was passed in a browser new to the account, `label` in words. Secrets: `safety_token`."""

    personal_data: ClassVar[str] = "who"
    label: str
    language: str


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(Fact):
    """The person ended that many of their own sessions from another one."""

    personal_data: ClassVar[str] = "who"
    count: int


@dataclass(frozen=True, kw_only=True)
class SignedIn(Fact):
    """Both security steps were passed."""

    personal_data: ClassVar[str] = "who"


@dataclass(frozen=True, kw_only=True)
class TermsAccepted(Fact):
    """The terms of use were accepted in this version."""

    personal_data: ClassVar[str] = "who"
    version: str
    digest: str
    language: str
