"""Who may read who consulted a file (A69)."""

from datetime import date

from entraide.portal.domain.members.policies import Person, Sight, sight_of_care
from entraide.portal.domain.members.viewer import Viewer


def may_read_journal(viewer: Viewer, person: Person, *, on: date) -> bool:
    """One's own, and that of a child whose care one sees in full: under 16 (security 2.4)."""
    return sight_of_care(viewer, person, on=on) is Sight.FULL
