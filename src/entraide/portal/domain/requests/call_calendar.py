"""A call that was asked for, as a file for one's own calendar (B-13)."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from entraide.formats.calendar_file import Appointment, calendar_file
from entraide.portal.foundation.web.wording import language


def call_as_calendar(reference: str, starts_at: datetime) -> bytes:
    """In the current language; neither subject nor number is in it. The same call gives the same bytes."""
    identity, rules = settings.PROFILE.identity, settings.PROFILE.contacts.call_backs
    event = Appointment(
        uid=f"{reference}@{urlsplit(settings.ENTRAIDE.public_url).hostname}",
        starts_at=starts_at,
        minutes=rules.slot_minutes if rules else 30,
        title=_("Appel de %(mutual)s") % {"mutual": identity.short_name},
        text=_("Référence %(reference)s") % {"reference": reference},
    )
    name = identity.short_name
    return calendar_file([event], name=name, maker=name, language=language(), at=starts_at)


def calendar_name(reference: str) -> str:
    return f"{reference}.ics"
