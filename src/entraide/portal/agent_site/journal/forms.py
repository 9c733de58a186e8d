"""What the journal is limited to: a period, a kind of fact, an agent."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entraide.portal.agent_site.journal.words import kind_words
from entraide.portal.domain.staff.journal import KINDS, JournalWanted
from entraide.portal.foundation.forms.dates import DAY_FORMATS

# The journal is one for the whole portal, in order of time: a period bounds what a page looks through.
SHOWN_DAYS = 30
_MOST_DAYS = 92
_DAY = _("Écrivez la date en chiffres : jour, mois, année, comme 10/01/2027.")
_UNKNOWN = _("Choisissez une ligne de la liste.")


class JournalForm(forms.Form):
    """Blank days: the last thirty."""

    since = forms.DateField(
        label=_("Du"), required=False, input_formats=DAY_FORMATS, error_messages={"invalid": _DAY}
    )
    until = forms.DateField(
        label=_("Au"), required=False, input_formats=DAY_FORMATS, error_messages={"invalid": _DAY}
    )
    kind = forms.ChoiceField(label=_("Fait"), required=False, error_messages={"invalid_choice": _UNKNOWN})
    agent = forms.ChoiceField(
        label=_("Personne"), required=False, error_messages={"invalid_choice": _UNKNOWN}
    )

    def __init__(self, *args: Any, people: Sequence[tuple[UUID, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        kinds = sorted(((one, kind_words(one)) for one in KINDS), key=lambda one: one[1])
        self._offer("kind", [("", _("Tous les faits")), *kinds])
        self._offer("agent", [("", _("Tout le monde")), *((str(pk), name) for pk, name in people)])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            until = given["until"] or (
                self._today if given["since"] is None else self._end_of(given["since"])
            )
            given["until"] = until
            given["since"] = given["since"] or _before(until, SHOWN_DAYS - 1)
            if given["since"] > until:
                self.add_error("until", _("Ce jour est avant le premier : corrigez l’un des deux."))
            elif (until - given["since"]).days >= _MOST_DAYS:
                self.add_error("since", _("Au plus 92 jours à la fois : rapprochez les deux jours."))
        return given

    def wanted(self) -> JournalWanted:
        """What a valid form asks for."""
        given = self.cleaned_data
        return JournalWanted(
            since=_midnight(given["since"]),
            until=_midnight(_after(given["until"])),
            kind=given["kind"],
            agent_id=UUID(given["agent"]) if given["agent"] else None,
        )

    @property
    def is_active(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    def _end_of(self, since: date) -> date:
        """A first day alone: as many days as are shown from it on, none after today."""
        return max(since, min(self._today, since + timedelta(days=_MOST_DAYS - 1)))

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _before(day: date, days: int) -> date:
    return day - timedelta(days=days) if day > date(1900, 1, 1) else day


def _after(day: date) -> date:
    return day + timedelta(days=1) if day < date(9000, 1, 1) else day
