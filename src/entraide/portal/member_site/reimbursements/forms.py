"""Filters of the list; they live in the address, so that a search can be kept and sent."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.claims.enums import CareKind, Period
from entraide.portal.domain.claims.queries import FilterOptions, Filters
from entraide.portal.notifications.letters.labels import kind_label

_UNKNOWN = _("Ce choix n’existe pas ou plus. Choisissez dans la liste.")


class FilterForm(forms.Form):
    person = forms.ChoiceField(required=False, label=_("Personne"))
    kind = forms.ChoiceField(required=False, label=_("Type de soin"))
    period = forms.ChoiceField(required=False, label=_("Date de versement"))

    def __init__(self, data: QueryDict, *, options: FilterOptions) -> None:
        super().__init__(data)
        self._fill("person", _("Toute la famille"), [(str(one.id), one.full_name) for one in options.people])
        self._fill("kind", _("Tous les soins"), [(one.value, kind_label(one)) for one in options.kinds])
        self._fill("period", _("Depuis le début"), self._periods(options.past_years))
        self.has_people = len(options.people) > 1

    def _fill(self, name: str, everything: Any, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", everything), *choices]
        field.error_messages["invalid_choice"] = _UNKNOWN

    def _periods(self, past_years: tuple[int, ...]) -> list[tuple[str, Any]]:
        return [
            (Period.MONTH.value, _("Ce mois-ci")),
            (Period.QUARTER.value, _("Les 3 derniers mois")),
            (Period.YEAR.value, _("Cette année")),
            *((str(year), str(year)) for year in past_years),
        ]

    @property
    def filters(self) -> Filters:
        """Of a valid form."""
        person, kind = self.cleaned_data["person"], self.cleaned_data["kind"]
        return Filters(
            person=UUID(person) if person else None,
            kind=CareKind(kind) if kind else None,
            period=self.cleaned_data["period"],
        )

    @property
    def is_active(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    @property
    def query(self) -> str:
        """The filters as they stand in the address, ready for a page number."""
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        return f"{urlencode(chosen)}&" if chosen else ""
