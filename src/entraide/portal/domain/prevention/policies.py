"""Who may register for a webinar or an event, and until when."""

from datetime import datetime

from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.publications.prevention import Meeting


def check_registering(meeting: Meeting, *, taken: int, now: datetime) -> None:
    """Raises DomainError when nobody registers for it, when it is over, or when every place is taken."""
    if not meeting.takes_registrations:
        raise DomainError(_("L’entrée est libre : il n’y a pas besoin de s’inscrire."))
    if meeting.ends_at <= now:
        raise DomainError(_("C’est terminé : il n’est plus possible de s’inscrire."))
    if meeting.capacity is not None and taken >= meeting.capacity:
        raise DomainError(_("Toutes les places sont prises. Revenez : une place se libère parfois."))
