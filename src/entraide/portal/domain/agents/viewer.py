"""Who asks on the mutual's side: the signed-in agent, as queries and policies see them."""

from dataclasses import dataclass, field
from uuid import UUID

from entraide.portal.domain.agents.enums import Role


@dataclass(frozen=True, slots=True)
class AgentViewer:
    """Somebody of the mutual, signed in for their work; never a member at the same time (A74).

    `uses_shortcuts`: single keys act on the pages of the desk.
    """

    id: UUID
    account_id: UUID
    full_name: str
    role: Role
    # Not shown: it tells whether a member is this agent by another account.
    email: str = field(repr=False)
    uses_shortcuts: bool = True

    @property
    def initials(self) -> str:
        words = self.full_name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
