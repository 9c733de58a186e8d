"""Whether single keys act on the pages of an agent."""

from django.db import transaction

from entraide.portal.domain.agents.events import ShortcutsChosen
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.foundation.events.facts import publish


def choose_shortcuts(agent: AgentViewer, *, on: bool) -> None:
    """Turns the shortcuts of this agent on or off, in every browser; the same choice twice is told once."""
    with transaction.atomic():
        if Agent.objects.filter(pk=agent.id, uses_shortcuts=not on).update(uses_shortcuts=on):
            publish(ShortcutsChosen(actor=agent.account_id, agent=agent.id, on=on))
