"""Pages of the desk that a pair of keys opens from anywhere."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.foundation.web.addresses import address_of


@dataclass(frozen=True, slots=True)
class Way:
    """`keys`: as in `data-key`, a pair apart by a space, another choice by a comma."""

    keys: str
    label: str
    address: str


def ways_for(agent: AgentViewer) -> tuple[Way, ...]:
    """Those that lead somewhere for this agent's role."""
    found = []
    if may(agent.role, Right.READ_FILES):
        found.append(Way("g q", _("Demandes à traiter"), address_of("agents:queue")))
        # The address leads into the field: the next key is what is looked for.
        found.append(Way("g s,/", _("Chercher une demande"), f"{address_of('agents:search')}#id_text"))
    if may(agent.role, Right.READ_FIGURES):
        found.append(Way("g f", _("Chiffres"), address_of("agents:figures")))
    return tuple(found)
