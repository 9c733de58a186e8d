"""Who sees what of whom in a family (security 2.4). Default: nothing; each line below opens one door."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from entraide.portal.domain.members.ages import age_on, birthday
from entraide.portal.domain.members.enums import HelpScope, Relationship
from entraide.portal.domain.members.viewer import Reader, Viewer

CONFIDENTIAL_FROM = 16
ADULT_FROM = 18


class Sight(Enum):
    """How much of a person's care the viewer sees."""

    FULL = "full"
    AMOUNT_ONLY = "amount_only"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Person:
    """The little that the rule needs to know of an insured person."""

    id: UUID
    relationship: str
    birth_date: date


@dataclass(frozen=True, slots=True)
class Relative:
    """What the rule of care needs besides.

    `parents`: numbers of the parents on file. `consents`: this person lets the reader know the details.
    `covered_until`: the last day of the last cover; None while it goes on, or when no file tells of any.
    """

    person: Person
    parents: frozenset[str] = frozenset()
    consents: bool = False
    covered_until: date | None = None

    def is_covered(self, on: date) -> bool:
        return self.covered_until is None or on <= self.covered_until


def sight_of_care(viewer: Reader, one: Relative, *, own: Relative | None = None, on: date) -> Sight:
    """Own care and that of children under 16 in full; for 16 and over, what was paid and when, no detail.

    A spouse sees the care of a child under 16 as a parent on file, an adult that of another adult who
    consents: both as long as the two are covered. `own` is the viewer as a relative; without it only what
    needs no tie is open. Who left the contract at 16 or over is nobody's to see, from the next day on (A39).
    What is marked confidential is left out besides, line by line (`claims/sight.py`).
    """
    person = one.person
    if person.id == viewer.person_id:
        return Sight.FULL
    if viewer.helping is not None:
        return Sight.NONE
    if is_child_in_care(viewer, one, own=own, on=on):
        return Sight.FULL
    if not one.is_covered(on):
        return Sight.NONE
    if one.consents and own is not None and own.is_covered(on) and may_share_care(person, own.person, on=on):
        return Sight.FULL
    return Sight.AMOUNT_ONLY if viewer.is_primary else Sight.NONE


def is_child_in_care(viewer: Reader, one: Relative, *, own: Relative | None = None, on: date) -> bool:
    """A child under 16 of the primary insured, or of a spouse who is a parent on file and covered as well."""
    if (
        one.person.relationship != Relationship.CHILD
        or age_on(one.person.birth_date, on) >= CONFIDENTIAL_FROM
    ):
        return False
    if viewer.is_primary:
        return True
    is_parent = own is not None and own.person.relationship == Relationship.SPOUSE and own.is_covered(on)
    return is_parent and viewer.number in one.parents and one.is_covered(on)


def may_share_care(giver: Person, reader: Person, *, on: date) -> bool:
    """Consent is between two adults; the caller looks whether they are of one contract."""
    return giver.id != reader.id and min(age_on(one.birth_date, on) for one in (giver, reader)) >= ADULT_FROM


def may_ask_for_help(viewer: Viewer, *, on: date) -> bool:
    """An adult opens their own file to a helper; a helper opens nobody's."""
    return viewer.helping is None and age_on(viewer.birth_date, on) >= ADULT_FROM


def may_help(person: Person, *, on: date) -> bool:
    return age_on(person.birth_date, on) >= ADULT_FROM


def may_see_identity(viewer: Reader, person: Person, *, on: date) -> bool:
    """Identity number, fund and account: one's own, and of one's children under 18; never for a helper."""
    if viewer.helping is not None:
        return False
    if person.id == viewer.person_id:
        return True
    return (
        viewer.is_primary
        and person.relationship == Relationship.CHILD
        and age_on(person.birth_date, on) < ADULT_FROM
    )


def may_change_contacts(viewer: Viewer, person: Person, *, on: date) -> bool:
    """Address and landline: one's own, and for the primary insured those of children under 18.

    E-mail and mobile are one's own alone: from 16 they open the person's access, and their care with it.
    """
    return may_see_identity(viewer, person, on=on)


def may_send_for(viewer: Viewer, person: Person, *, on: date) -> bool:
    """Send papers for oneself; the primary insured also for anyone of the contract.

    A helper sends for the one who let them, and for nobody else.
    """
    if viewer.helping is not None and HelpScope.SENDING not in viewer.helping.scopes:
        return False
    return person.id == viewer.person_id or viewer.is_primary


def may_change_account(viewer: Viewer, person: Person, *, on: date) -> bool:
    """A72: an adult's own account is theirs alone; a minor's is changed by the primary insured."""
    if viewer.helping is not None:
        return False
    if viewer.is_primary:
        return person.id == viewer.person_id or age_on(person.birth_date, on) < ADULT_FROM
    return person.id == viewer.person_id and age_on(person.birth_date, on) >= ADULT_FROM


def may_have_access(person: Person, *, on: date) -> bool:
    """Own access to the portal: the primary insured, and anyone else from 16."""
    if person.relationship == Relationship.PRIMARY_INSURED:
        return True
    return age_on(person.birth_date, on) >= CONFIDENTIAL_FROM


def papers_concern_from(viewer: Viewer) -> date:
    """The first day from which what others ask about the viewer is the viewer's to read as well.

    Before one may have an access of one's own, a parent asks: that stays the parent's, at any later age.
    """
    if viewer.is_primary:
        return viewer.birth_date
    return birthday(viewer.birth_date, CONFIDENTIAL_FROM)


def may_simulate_for(viewer: Viewer, person: Person, *, on: date) -> bool:
    """Work out what care would cost oneself, and one's children under 18; never another adult."""
    return may_see_identity(viewer, person, on=on)


def may_change_family(viewer: Viewer) -> bool:
    """Ask to cover somebody more: the primary insured, who holds the contract."""
    return viewer.is_primary


def may_leave(viewer: Viewer, person: Person) -> bool:
    """Ask to end a cover: one's own, and for the primary insured anyone's but their own."""
    if viewer.helping is not None or person.relationship == Relationship.PRIMARY_INSURED:
        return False
    return viewer.is_primary or person.id == viewer.person_id
