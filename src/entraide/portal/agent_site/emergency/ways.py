"""The way from a page of the desk to the emergency access to its file, for who may need one."""

from uuid import UUID

from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.foundation.web.addresses import address_of


def address_in_emergency(agent: AgentViewer, *, reference: str = "", member_id: UUID | None = None) -> str:
    """The form with whose file it is; blank for a role that never needs it."""
    if not may(agent.role, Right.OPEN_IN_EMERGENCY) or may(agent.role, Right.HANDLE_SOCIAL_FUND):
        return ""
    asked = f"demande={reference}" if reference else f"dossier={member_id}"
    return f"{address_of('agents:emergency')}?{asked}"
