"""Who sees, replaces and sends whose card (security 2.4, A32, A53)."""

from datetime import date

from entraide.portal.domain.contracts.policies import sees_whole_contract
from entraide.portal.domain.members.policies import Person, may_see_identity
from entraide.portal.domain.members.viewer import Viewer


def may_see_card(viewer: Viewer, person: Person) -> bool:
    """One's own; the primary insured and the spouse those of the whole contract. Never a helper."""
    if viewer.helping is not None:
        return False
    return person.id == viewer.person_id or sees_whole_contract(viewer)


def may_replace_card(viewer: Viewer, person: Person, *, on: date) -> bool:
    """Make the cards of before void: one's own, and for the primary insured a child's under 18."""
    return may_see_identity(viewer, person, on=on)


def may_send_to_professional(viewer: Viewer, person: Person, *, on: date) -> bool:
    """To an address that the viewer types: one's own card, or the primary insured's child's under 18."""
    return may_see_identity(viewer, person, on=on)
