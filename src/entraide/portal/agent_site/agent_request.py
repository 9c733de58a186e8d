"""The request of a private page of the agents: the gate has set who asks."""

from django.http import HttpRequest

from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.foundation.accounts.models import Account


class AgentRequest(HttpRequest):
    agent: AgentViewer
    user: Account
