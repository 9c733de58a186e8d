"""A webinar or an event as a file for one's own calendar."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from entraide.formats.calendar_file import Appointment, calendar_file
from entraide.portal.domain.publications.prevention import Meeting
from entraide.portal.foundation.web.wording import language


def meeting_as_calendar(meeting: Meeting) -> bytes:
    """In the current language, the same bytes each time. The title stays out: others see a calendar."""
    identity = settings.PROFILE.identity
    host = urlsplit(settings.ENTRAIDE.public_url).hostname
    event = Appointment(
        uid=f"{meeting.id}@{host}",
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        title=_("Rendez-vous avec %(mutual)s") % {"mutual": identity.short_name},
        text=meeting.place or _("Le lien est dans votre espace."),
    )
    name = identity.short_name
    return calendar_file([event], name=name, maker=name, language=language(), at=meeting.starts_at)
