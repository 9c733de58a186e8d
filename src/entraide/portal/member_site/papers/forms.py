"""Filters of the lists of documents; they live in the address, so that a search can be kept and sent."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

_UNKNOWN = _("Ce choix n’existe pas ou plus. Choisissez dans la liste.")
# Up to here a list is read faster than it is filtered.
FEW = 8


class FilterForm(forms.Form):
    kind = forms.ChoiceField(required=False, label=_("Type de document"))
    year = forms.ChoiceField(required=False, label=_("Année"))

    def __init__(self, data: QueryDict, *, kinds: Iterable[tuple[str, str]], years: Iterable[int]) -> None:
        super().__init__(data)
        self._fill("kind", _("Tous les types"), kinds)
        self._fill("year", _("Toutes les années"), [(str(year), str(year)) for year in years])

    def _fill(self, name: str, everything: Any, choices: Iterable[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", everything), *choices]
        field.error_messages["invalid_choice"] = _UNKNOWN

    @property
    def kind_chosen(self) -> str:
        """Of a valid form; blank: all of them."""
        return str(self.cleaned_data["kind"])

    @property
    def year_chosen(self) -> int | None:
        """Of a valid form."""
        year = self.cleaned_data["year"]
        return int(year) if year else None

    @property
    def is_active(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    @property
    def query(self) -> str:
        """The filters as they stand in the address, ready for a page number."""
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        return f"{urlencode(chosen)}&" if chosen else ""
