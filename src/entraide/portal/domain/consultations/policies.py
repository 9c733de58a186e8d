"""Who may read who consulted a file (A69)."""

from datetime import date

from entraide.portal.domain.members.policies import Person, Relative, is_child_in_care
from entraide.portal.domain.members.viewer import Viewer


def may_read_journal(viewer: Viewer, person: Person, *, on: date) -> bool:
    """One's own, and that of a child under 16 (security 2.4); who reads an adult's care may not."""
    if viewer.helping is not None:
        return False
    return person.id == viewer.person_id or is_child_in_care(viewer, Relative(person), on=on)
