"""Whom a viewer may hand over to a partner (TELE-02, security 2.4)."""

from datetime import date

from entraide.portal.domain.members.ages import age_on
from entraide.portal.domain.members.policies import ADULT_FROM, Person, may_see_identity
from entraide.portal.domain.members.viewer import Viewer


def may_hand_over(viewer: Viewer, person: Person, *, on: date) -> bool:
    """Oneself, and the primary insured also a child under 18; never for a helper."""
    return may_see_identity(viewer, person, on=on)


def consults_through_us(viewer: Viewer, person: Person, *, on: date) -> bool:
    """The primary insured and children under 18; a spouse and adult children come by themselves (TELE-02)."""
    is_minor = age_on(person.birth_date, on) < ADULT_FROM
    return may_hand_over(viewer, person, on=on) and (viewer.is_primary or is_minor)
