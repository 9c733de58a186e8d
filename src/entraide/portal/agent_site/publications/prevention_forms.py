"""Articles, webinars and events as an agent writes them; what they may hold is checked by the domain."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entraide.portal.agent_site.publications.forms import DAY_INVALID, UNKNOWN, NewsForm
from entraide.portal.domain.prevention.words import theme_words
from entraide.portal.domain.publications.drafts import Draft
from entraide.portal.foundation.forms.dates import DAY_FORMATS

_HOUR_FORMATS = ["%H:%M", "%Hh%M", "%H h %M", "%H h"]
_HOUR = _("Écrivez l’heure comme 18:30.")
_LONG = _("C’est trop long : %(limit_value)d caractères au plus.")


class ArticleForm(NewsForm):
    theme = forms.ChoiceField(
        label=_("Thème"), error_messages={"required": UNKNOWN, "invalid_choice": UNKNOWN}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._fill("theme", [("", _("Choisissez un thème")), *theme_words().items()])


def _hour(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        input_formats=_HOUR_FORMATS,
        widget=forms.TextInput,
        error_messages={"required": _HOUR, "invalid": _HOUR},
    )


class MeetingForm(ArticleForm):
    """What webinars and events have in common: a day, two hours, places to take."""

    day = forms.DateField(
        label=_("Jour"),
        input_formats=DAY_FORMATS,
        error_messages={"required": DAY_INVALID, "invalid": DAY_INVALID},
    )
    starts = _hour(_("Heure du début"))
    ends = _hour(_("Heure de la fin"))
    capacity = forms.IntegerField(
        label=_("Nombre de places"),
        required=False,
        min_value=1,
        max_value=100_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Écrivez un nombre de places, ou laissez vide.")
        ),
    )

    def draft(self) -> Draft:
        values = self.cleaned_data
        last = values.get("last_event_day") or values["day"]
        moments = {
            "starts_at": _moment(values["day"], values["starts"]),
            "ends_at": _moment(last, values["ends"]),
        }
        self.cleaned_data = values | moments
        return super().draft()


class WebinarForm(MeetingForm):
    live_url = forms.CharField(
        label=_("Adresse pour suivre en direct"),
        max_length=300,
        required=False,
        error_messages={"max_length": _LONG},
    )
    replay_url = forms.CharField(
        label=_("Adresse de l’enregistrement"),
        max_length=300,
        required=False,
        error_messages={"max_length": _LONG},
    )


class EventForm(MeetingForm):
    place = forms.CharField(
        label=_("Lieu"),
        max_length=200,
        error_messages={"required": _("Écrivez où a lieu l’événement."), "max_length": _LONG},
    )
    last_event_day = forms.DateField(
        label=_("Dernier jour de l’événement"),
        required=False,
        input_formats=DAY_FORMATS,
        error_messages={"invalid": DAY_INVALID},
    )


def _moment(day: Any, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
