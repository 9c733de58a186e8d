"""Who writes and who publishes (A75), and when a second person must (the mutual's profile)."""

from django.conf import settings
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.policies import Right
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.policies import is_same_person, need
from entraide.portal.domain.publications.models import Edition
from entraide.portal.domain.requests.enums import READABLE, ScanState


def need_to_write(agent: AgentViewer) -> None:
    """Raises DomainError unless the agent may write what another one, or they, will publish."""
    need(agent, Right.WRITE_PUBLICATIONS)


def need_to_publish(agent: AgentViewer) -> None:
    need(agent, Right.PUBLISH)


def check_publishing(agent: AgentViewer, edition: Edition) -> None:
    """Raises DomainError when this agent may not publish this edition, or nobody may yet."""
    need_to_publish(agent)
    if edition.scan_state not in READABLE:
        raise DomainError(
            _("L’antivirus a trouvé un virus dans ce fichier : déposez-en un autre en modifiant.")
            if edition.scan_state == ScanState.INFECTED
            else _("L’antivirus n’a pas encore lu ce fichier : réessayez dans quelques minutes.")
        )
    if settings.PROFILE.desk.publish_by_two and is_same_person(agent, edition.agent):
        raise DomainError(_("Une autre personne que celle qui l’a écrite doit la publier."))
