"""Themes and kinds of prevention in words, for members and for the desk."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.publications.enums import PreventionTheme, PublicationKind
from entraide.portal.domain.publications.prevention import Meeting
from entraide.portal.foundation.web.wording import clock, day, moment


def theme_words() -> Mapping[str, str]:
    """Every theme in the current language, in the order of a list."""
    return {
        PreventionTheme.SLEEP: _("Sommeil"),
        PreventionTheme.STRESS: _("Stress"),
        PreventionTheme.FOOD: _("Alimentation"),
        PreventionTheme.ADDICTION: _("Addictions"),
        PreventionTheme.SCREENS: _("Écrans"),
        PreventionTheme.BACK: _("Dos et mouvement"),
        PreventionTheme.HEARING: _("Audition"),
        PreventionTheme.SIGHT: _("Vue"),
        PreventionTheme.HOME: _("Maison et accidents"),
        PreventionTheme.OTHER: _("Santé au quotidien"),
    }


def meeting_kind(kind: str) -> str:
    return _("Webinaire") if kind == PublicationKind.WEBINAR else _("En agence")


def when_words(meeting: Meeting) -> str:
    """The day and the hours, here; over one day or several."""
    starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    if starts.date() == ends.date():
        values = {"day": day(starts), "start": clock(starts), "end": clock(ends)}
        return _("Le %(day)s, de %(start)s à %(end)s") % values
    return _("Du %(start)s au %(end)s") % {"start": moment(starts), "end": moment(ends)}
