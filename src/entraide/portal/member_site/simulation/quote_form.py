"""A quote typed line by line: up to eight acts, each with its price."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from entraide.portal.domain.simulations.answers import Fees
from entraide.portal.domain.simulations.quotes import MOST_LINES, Quote, QuoteLine, offered_acts
from entraide.portal.foundation.forms import EurosField
from entraide.portal.member_site.care_kind import kind_label
from entraide.portal.member_site.simulation.forms import (
    UNKNOWN,
    SubjectForm,
    ToothField,
    choice,
    number,
)
from entraide.portal.member_site.simulation.labels import FEES
from entraide.portal.member_site.why import said
from entraide.reimbursement import Kind

PARTS = ("act", "price", "quantity", "base", "tooth")
_KINDS = list(Kind)
_FEES = (Fees.NONE, Fees.MODERATE, Fees.FREE)


class QuoteForm(SubjectForm):
    """Lines `act_1`, `price_1`, `quantity_1`, `base_1`, `tooth_1` and so on; an empty line is not there."""

    def __init__(self, data: QueryDict, **around: Any) -> None:
        super().__init__(data, **around)
        field = choice([(fees.value, FEES[fees]) for fees in _FEES], radio=True, initial=Fees.NONE.value)
        field.label = _("Si c’est un médecin : pratique-t-il des dépassements ?")
        self.fields["fees"] = field
        acts = self._acts()
        for position in range(1, MOST_LINES + 1):
            self._add_line(position, acts)
        self.is_bound = self.is_bound or any(name in data for name in self.fields)

    def _add_line(self, position: int, acts: list[Any]) -> None:
        """Labels carry the number of their line: the list of errors repeats them."""
        which = {"number": position}
        act = forms.ChoiceField(
            choices=acts,
            required=False,
            label=_("Acte %(number)s") % which,
            error_messages={"invalid_choice": UNKNOWN},
        )
        quantity = number(least=1, most=30, initial=1)
        quantity.required, quantity.label = False, _("Quantité %(number)s") % which
        fields: dict[str, forms.Field] = {
            "act": act,
            "price": EurosField(required=False, label=_("Prix %(number)s") % which),
            "quantity": quantity,
            "base": EurosField(required=False, label=_("Base Sécu %(number)s") % which),
            "tooth": ToothField(required=False, label=_("Dent %(number)s") % which),
        }
        for name, field in fields.items():
            self.fields[f"{name}_{position}"] = field

    def _acts(self) -> list[Any]:
        """The acts by kind of care, each kind a group of the list."""
        offered = sorted(offered_acts(self.today).values(), key=lambda one: _KINDS.index(one.kind))
        groups = [
            (kind_label(kind.value), [(one.value, said(one.label)) for one in acts])
            for kind, acts in groupby(offered, key=lambda one: one.kind)
        ]
        return [("", _("Choisir un acte")), *groups]

    def rows(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The lines of the form, each with its number."""
        return [
            (position, [self[f"{name}_{position}"] for name in PARTS])
            for position in range(1, MOST_LINES + 1)
        ]

    def in_use(self, position: int) -> bool:
        """Whether something stands in this line."""
        return any(self.data.get(f"{name}_{position}") for name in ("act", "price", "base", "tooth"))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        for position in self._lines_in_use():
            if not values.get(f"act_{position}") and f"act_{position}" not in self.errors:
                self.add_error(f"act_{position}", _("Choisissez l’acte de cette ligne."))
            if values.get(f"price_{position}") is None and f"price_{position}" not in self.errors:
                self.add_error(f"price_{position}", _("Écrivez le prix de cette ligne."))
        if not self._lines_in_use():
            self.add_error("act_1", _("Écrivez au moins une ligne du devis."))
        return values

    def _lines_in_use(self) -> Iterable[int]:
        return [position for position in range(1, MOST_LINES + 1) if self.in_use(position)]

    @property
    def quote(self) -> Quote:
        """Of a valid form."""
        values = self.cleaned_data
        return Quote(
            on=values["on"],
            fees=Fees(values["fees"]),
            lines=tuple(
                QuoteLine(
                    act=values[f"act_{position}"],
                    price=values[f"price_{position}"],
                    quantity=values[f"quantity_{position}"] or 1,
                    base=values[f"base_{position}"],
                    tooth=values[f"tooth_{position}"],
                )
                for position in self._lines_in_use()
            ),
        )
