"""What makes a mutual itself, as frozen data: the shape of every file under `mutuals/<slug>/`.

A field whose key in the file has another name says so in its metadata: the files speak of one
`[[household]]` at a time, the code of all the `households`.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from entraide.profiles.bank import DebtorBank
from entraide.profiles.cards import Card
from entraide.profiles.complaints import Mediator
from entraide.profiles.desk import Desk
from entraide.profiles.guarantees import Tables
from entraide.profiles.help import HelpPage
from entraide.profiles.hospital import HospitalCover
from entraide.profiles.households import Demo
from entraide.profiles.icons import ICONS
from entraide.profiles.networks import Networks
from entraide.profiles.opening import OpeningHours
from entraide.profiles.pages import Page
from entraide.profiles.partners import Partner
from entraide.profiles.pieces import Pieces
from entraide.profiles.prevention import GlossaryTerm, Prevention
from entraide.profiles.retirement import Retirement
from entraide.profiles.shapes import (
    CheckWhen,
    Colour,
    DrawingFile,
    Email,
    HumanCheck,
    Identifier,
    Line,
    Listed,
    Phone,
    Positive,
    Prefix,
    SecurityPreset,
    Siren,
    Version,
    Website,
    Whole,
)
from entraide.profiles.social_fund import SocialFund
from entraide.profiles.termination import Termination
from entraide.profiles.text import Text

Icon = Annotated[str, Listed(ICONS, "an icon of the portal")]
Segments = tuple[Identifier, ...]


def _named(key: str) -> Any:
    return field(metadata={"key": key})


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    name: Line
    short_name: Line
    legal_name: Line
    siren: Siren
    legal_notice: Text
    website: Website
    mail_sender_name: Line
    space_name: Text
    reference_prefix: Prefix
    address: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InternalPhone:
    """A short number that works from some places only; the label says from where."""

    number: Line
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentNumber:
    """Whom to call when it cannot wait, whatever the hour."""

    number: Line
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBacks:
    """When we call members back: slots of the opening hours, so many at once.

    `notice_hours`: the first slot is so far away; `days_ahead`: the last day that may be chosen, in days;
    `closed_days`: nobody calls then, besides public holidays.
    """

    slot_minutes: Positive
    at_once: Positive
    notice_hours: Whole = 2
    days_ahead: Positive = 14
    closed_days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    phone: Phone
    email: Email
    hours: tuple[OpeningHours, ...]
    phone_internal: InternalPhone | None = None
    postal: tuple[Line, ...] = ()
    quiet_hours: tuple[OpeningHours, ...] = ()
    english_hours: tuple[OpeningHours, ...] = ()
    english_note: Text | None = None
    urgent: tuple[UrgentNumber, ...] = ()
    # None: the mutual calls nobody back.
    call_backs: CallBacks | None = None
    # For trouble with signing in; without it the phone above.
    sign_in_help: Phone | None = None
    # One more sentence at the foot of the pages of the door.
    sign_in_note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A kind of member (employees, retirees ...) who sees some content of their own.

    `contribution_note`: where to read one's contribution, when somebody else than the mutual collects it.
    """

    id: Identifier
    label: Text
    contribution_note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Security:
    """How people come in. Written out here: the preset `guide`; presets.py has what `renforce` changes."""

    preset: SecurityPreset
    check_at_sign_in: HumanCheck
    check_at_reset: HumanCheck
    # 0: passwords do not expire.
    password_max_age_days: Whole = 180
    password_min_length: Positive = 12
    # From this length on a passphrase needs no other kinds of characters; 0: always needed.
    passphrase_min_length: Whole = 0
    # An authenticator app or a passkey ends the expiry of the password.
    strong_factor_ends_expiry: bool = False
    # A link to a new password leaves although the access is locked.
    reset_during_lock: bool = False
    check_when: CheckWhen = "always"
    link_minutes: Positive = 120
    lock_attempts: Positive = 5
    lock_hours: Positive = 24
    # So many wrong passwords within an hour, for whatever numbers, are an attack: an alarm, and more checks.
    storm_failures: Positive = 500
    # More of them by one agent is an alarm: somebody reads or looks for people in bulk.
    agent_openings_per_hour: Positive = 50
    agent_searches_per_day: Positive = 200
    agent_nir_searches_per_day: Positive = 30
    code_minutes: Positive = 10
    code_tries: Positive = 5
    resend_seconds: Positive = 60
    sends_per_hour: Positive = 5
    idle_minutes: Positive = 15
    session_hours: Positive = 12
    max_sessions: Positive = 5
    # After a mobile, an address or a factor changed: no change of bank details, and a link that undoes it.
    cooling_hours: Positive = 72
    # Waiting reimbursements over this, in cents: a second agent looks at a change of account.
    bank_second_agent_cents: Whole = 1_500_00
    # A mobile that the person declared is not enough for sensitive acts before this many days.
    mobile_trust_days: Positive = 30
    codes_per_hour: Positive = 2000
    factor_offer_days: Positive = 90
    agent_password_min_length: Positive = 16
    agent_password_max_age_days: Whole = 180
    agent_idle_minutes: Positive = 15
    agent_session_hours: Positive = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    page: Page
    label: Text
    segments: Segments = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuCategory:
    id: Identifier
    label: Text
    icon: Icon
    entries: tuple[MenuEntry, ...] = _named("entry")
    segments: Segments = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    page: Page
    title: Text
    purpose: Text
    icon: Icon
    segments: Segments = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsItem:
    """Shown from the day it starts to the day it ends, both included; for ever without an end."""

    id: Identifier
    title: Text
    body: Text
    starts: date
    ends: date | None = None
    page: Page | None = None
    segments: Segments = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositType:
    id: Identifier
    label: Text
    pieces: tuple[Text, ...]
    promised_days: Positive
    note: Text | None = None
    # Asked for on that page, with questions of its own; no papers are taken under it where papers are sent.
    own_page: Page | None = None
    # Offered to these segments alone; none: to everybody.
    segments: Segments = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositCategory:
    """`by_message`: its types are the reasons of a message; no paper is sent under it.

    `own_form`: its types are asked for on a page of their own, and not offered where papers are sent.
    """

    id: Identifier
    label: Text
    hint: Text
    icon: Icon
    types: tuple[DepositType, ...] = _named("type")
    by_message: bool = False
    own_form: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositCatalogue:
    categories: tuple[DepositCategory, ...] = _named("category")
    max_files: Positive = 10
    max_file_mb: Positive = 10
    # Of one person: more is a machine, or a mistake (A42).
    max_files_a_day: Positive = 250
    max_files_in_all: Positive = 5_000

    @property
    def to_send(self) -> tuple[DepositCategory, ...]:
        """The categories of papers, the reasons of a message and what has its own page left out."""
        return tuple(one for one in self.categories if not one.by_message and not one.own_form)

    @property
    def messages(self) -> DepositCategory:
        """The category of the messages: every catalogue has one."""
        return next(one for one in self.categories if one.by_message)

    def reasons_for(self, segment: str) -> tuple[DepositType, ...]:
        """The reasons of a message that a member of this segment may choose."""
        return tuple(one for one in self.messages.types if not one.segments or segment in one.segments)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsSection:
    title: Text
    paragraphs: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    version: Version
    date: date
    title: Text
    sections: tuple[TermsSection, ...] = _named("section")

    @property
    def digest(self) -> str:
        """SHA-256 of everything a member accepts, in both languages, as 64 hexadecimal digits."""
        return _digest_of(self)


@lru_cache(maxsize=8)
def _digest_of(terms: Terms) -> str:
    # Every private page compares it.
    words = json.dumps(asdict(terms), default=date.isoformat, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    brand: Colour
    accent: Colour
    logo: DrawingFile
    favicon: DrawingFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One mutual, read and checked.

    `guarantees`: for each contract number its tables, oldest first. `bank`: where payment runs leave from.
    """

    slug: Identifier
    folder: Path
    identity: Identity
    contacts: Contacts
    segments: tuple[Segment, ...]
    security: Security
    menu: tuple[MenuCategory, ...]
    tiles: tuple[Tile, ...]
    news: tuple[NewsItem, ...]
    deposit: DepositCatalogue
    pieces: Pieces
    hospital: HospitalCover
    terms: Terms
    glossary: tuple[GlossaryTerm, ...]
    prevention: Prevention
    theme: Theme
    demo: Demo
    desk: Desk
    guarantees: Tables
    mediator: Mediator
    card: Card
    termination: Termination
    partners: tuple[Partner, ...]
    help: HelpPage
    networks: Networks
    bank: DebtorBank | None = None
    # None: the mutual has no fund.
    social_fund: SocialFund | None = None
    # None: nobody changes from a group contract to an individual one.
    retirement: Retirement | None = None

    @property
    def logo(self) -> Path:
        return self.folder / self.theme.logo

    @property
    def favicon(self) -> Path:
        return self.folder / self.theme.favicon
