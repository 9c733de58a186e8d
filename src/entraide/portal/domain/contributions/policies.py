"""Who sees contributions (security 2.4, second row)."""

from entraide.portal.domain.members.viewer import Viewer


def sees_contributions(viewer: Viewer) -> bool:
    """The primary insured, who pays; neither the spouse nor a child."""
    return viewer.is_primary
