"""Who sees what of whom in a family (security 2.4). Default: nothing; each line below opens one door."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from entraide.portal.domain.members.ages import age_on
from entraide.portal.domain.members.enums import Relationship
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


def sight_of_care(viewer: Reader, person: Person, *, on: date) -> Sight:
    """Own care and that of children under 16 in full; for 16 and over, what was paid and when, no detail.

    A spouse sees a child's care only as a parent on file, which the files do not tell yet: nothing.
    """
    if person.id == viewer.person_id:
        return Sight.FULL
    if not viewer.is_primary:
        return Sight.NONE
    if person.relationship == Relationship.CHILD and age_on(person.birth_date, on) < CONFIDENTIAL_FROM:
        return Sight.FULL
    return Sight.AMOUNT_ONLY


def may_see_identity(viewer: Reader, person: Person, *, on: date) -> bool:
    """Identity number, fund and account: one's own, and of one's children under 18."""
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
    """Send papers for oneself; the primary insured also for anyone of the contract."""
    return person.id == viewer.person_id or viewer.is_primary


def may_change_account(viewer: Viewer, person: Person, *, on: date) -> bool:
    """A72: an adult's own account is theirs alone; a minor's is changed by the primary insured."""
    if viewer.is_primary:
        return person.id == viewer.person_id or age_on(person.birth_date, on) < ADULT_FROM
    return person.id == viewer.person_id and age_on(person.birth_date, on) >= ADULT_FROM


def may_have_access(person: Person, *, on: date) -> bool:
    """Own access to the portal: the primary insured, and anyone else from 16."""
    if person.relationship == Relationship.PRIMARY_INSURED:
        return True
    return age_on(person.birth_date, on) >= CONFIDENTIAL_FROM


def may_simulate_for(viewer: Viewer, person: Person, *, on: date) -> bool:
    """Work out what care would cost oneself, and one's children under 18; never another adult."""
    return may_see_identity(viewer, person, on=on)


def may_change_family(viewer: Viewer) -> bool:
    """Ask to cover somebody more: the primary insured, who holds the contract."""
    return viewer.is_primary


def may_leave(viewer: Viewer, person: Person) -> bool:
    """Ask to end a cover: one's own, and for the primary insured anyone's but their own."""
    if person.relationship == Relationship.PRIMARY_INSURED:
        return False
    return viewer.is_primary or person.id == viewer.person_id
