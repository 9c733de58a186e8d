"""Who sees whom on a contract (security 2.4, first row)."""

from entraide.portal.domain.members.enums import Relationship
from entraide.portal.domain.members.viewer import Viewer

_WHOLE_CONTRACT = frozenset({Relationship.PRIMARY_INSURED, Relationship.SPOUSE})


def sees_whole_contract(viewer: Viewer) -> bool:
    """The primary insured and the spouse; a child with an access of their own sees their own cover."""
    return viewer.relationship in _WHOLE_CONTRACT
