"""Facts of access. None holds an identity number, a contact, a code or a link."""

from dataclasses import dataclass
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
class PasswordSet(Fact):
    """The password was set through a link (`purpose`) or changed inside the space (`change`)."""

    personal_data: ClassVar[str] = "who"
    purpose: str
    language: str


@dataclass(frozen=True, kw_only=True)
class AccountLocked(Fact):
    """Too many wrong passwords: no sign-in until the lock ends, then the password must be set again."""

    personal_data: ClassVar[str] = "who"
    hours: int
    language: str


@dataclass(frozen=True, kw_only=True)
class CodeSent(Fact):
    """A one-time code leaves. Secrets: `code`, and `mobile` when it is not the one on file."""

    personal_data: ClassVar[str] = "who"
    code_id: UUID
    purpose: str
    language: str


@dataclass(frozen=True, kw_only=True)
class MobileEnrolled(Fact):
    """A first mobile was proved and is now on file."""

    personal_data: ClassVar[str] = "who"
    language: str


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
