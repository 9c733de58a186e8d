"""What a person does with their own open sessions (A29)."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from entraide.portal.domain.access.events import SessionsEnded
from entraide.portal.domain.access.sessions import end_session, end_sessions
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.events.facts import publish


def close_session(*, viewer: Viewer, session_id: UUID) -> None:
    """Ends one of one's own sessions; raises DomainError when it is not there, or somebody else's."""
    with transaction.atomic():
        if not end_session(viewer.account_id, session_id):
            raise DomainError(_("Cet appareil était déjà déconnecté."))
        publish(SessionsEnded(actor=viewer.account_id, about=viewer.person_id, count=1))


def close_other_sessions(*, viewer: Viewer, this: str) -> int:
    """Ends all of one's own sessions but the one with the fingerprint `this`; returns how many there were."""
    with transaction.atomic():
        count = end_sessions(viewer.account_id, but=this)
        if count:
            publish(SessionsEnded(actor=viewer.account_id, about=viewer.person_id, count=count))
    return count
