"""The partners of a mutual (`partners.toml`): what each gives, to whom, how it is reached and entered.

A partner answers on the page of its kind. Of each kind a segment has one partner at most.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from entraide.profiles.opening import OpeningHours
from entraide.profiles.shapes import Email, Identifier, Line, Phone, Website, Whole
from entraide.profiles.text import Text

# Each is also the name of its page (pages.py).
PartnerKind = Literal["assistance", "teleconsultation", "legal_protection", "holidays"]
PARTNER_PAGES: frozenset[str] = frozenset(PartnerKind.__args__)  # type: ignore[attr-defined]
# What the partner knows somebody by: a name of our making that only it gets, or the member number.
KnownBy = Literal["pseudonym", "member_number"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverRules:
    """Where somebody is handed over, signed: the partner then knows that they are ours, without asking again.

    `audience`: the partner's name in what is signed. `example`: not agreed upon with the partner yet, so that
    only the demo hands anybody over; everywhere else the link to its website stands instead.
    """

    address: Website
    audience: Identifier
    known_by: KnownBy = "pseudonym"
    example: bool = False

    @property
    def origin(self) -> str:
        """`https://host`, as the headers of a page name it."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerService:
    """Something that the partner does, under a heading of its own."""

    title: Text
    points: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Teleconsultations:
    """`own_way`: where a spouse or an adult child comes in by themselves. `steps`: how it goes, in order.

    `yearly_limit`: for each person; 0 where there is none.
    """

    own_way: Website
    steps: tuple[Text, ...]
    yearly_limit: Whole = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """`through_mutual`: it has no number to call that we know; our advisers say how it is reached.

    `hours`: of the partner; without a number of its own, of what it does. `notice`: the kind of the document
    that tells all of it, as the management system names it.
    """

    id: Identifier
    kind: PartnerKind
    name: Line
    title: Text
    purpose: Text
    paragraphs: tuple[Text, ...]
    services: tuple[PartnerService, ...] = field(default=(), metadata={"key": "service"})
    segments: tuple[Identifier, ...] = ()
    phone: Phone | None = None
    phone_note: Text | None = None
    through_mutual: bool = False
    hours: tuple[OpeningHours, ...] = ()
    email: Email | None = None
    website: Website | None = None
    notice: Identifier | None = None
    hand_over: HandOverRules | None = None
    teleconsultations: Teleconsultations | None = None

    def is_for(self, segment: str) -> bool:
        return not self.segments or segment in self.segments


def partner_of_kind(partners: Iterable[Partner], kind: str, *, segment: str) -> Partner | None:
    """The partner of this kind for this segment; None where there is none."""
    return next((one for one in partners if one.kind == kind and one.is_for(segment)), None)


def counted_partners(partners: Iterable[Partner]) -> tuple[Partner, ...]:
    """Those whose teleconsultations are limited in a year, and so counted."""
    return tuple(one for one in partners if one.teleconsultations and one.teleconsultations.yearly_limit)


def partner_named(partners: Iterable[Partner], partner_id: str, *, segment: str) -> Partner | None:
    """The partner with this id; None for one that is not there, or for another segment."""
    return next((one for one in partners if one.id == partner_id and one.is_for(segment)), None)
