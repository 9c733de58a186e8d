"""What states are called on the pages of the agents."""

from django.utils.translation import gettext as _

from entraide.portal.domain.requests.enums import RequestState
from entraide.portal.domain.requests.timeline import state_label


def state_words(state: str) -> str:
    """As the member reads it, but for whom we wait for."""
    if state == RequestState.WAITING_FOR_MEMBER:
        return _("En attente de l’adhérent")
    return state_label(RequestState(state))
