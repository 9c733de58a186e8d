"""Who asks on the mutual's side: the signed-in agent, as queries and policies see them."""

from dataclasses import dataclass
from uuid import UUID

from entraide.portal.domain.agents.enums import Role


@dataclass(frozen=True, slots=True)
class AgentViewer:
    """Somebody of the mutual, signed in for their work; never a member at the same time (A74)."""

    id: UUID
    account_id: UUID
    full_name: str
    role: Role

    @property
    def initials(self) -> str:
        words = self.full_name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
