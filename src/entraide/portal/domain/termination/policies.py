"""Who may end a contract: its holder, with their own hand."""

from entraide.portal.domain.members.viewer import Viewer


def may_terminate(viewer: Viewer) -> bool:
    """The primary insured, who holds the contracts. The others leave them instead; a helper never acts."""
    return viewer.is_primary and viewer.helping is None
