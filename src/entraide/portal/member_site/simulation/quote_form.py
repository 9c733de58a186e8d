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
from entraide.portal.foundation.web.wording import money
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


class QuoteForm(SubjectForm):
    """Lines `act_1`, `price_1`, `quantity_1`, `base_1`, `tooth_1` and so on; an empty line is not there."""

    def __init__(self, data: QueryDict, **around: Any) -> None:
        super().__init__(data, **around)
        field = choice([(fees.value, FEES[fees]) for fees in Fees], radio=True, initial=Fees.UNKNOWN.value)
        field.label = _("Si c’est un médecin : pratique-t-il des dépassements ?")
        self.fields["fees"] = field
        acts = self._acts()
        for position in range(1, MOST_LINES + 1):
            self._add_line(position, acts)
        self._require_lines()
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
            "price": EurosField(required=False, label=_("Prix total de la ligne %(number)s") % which),
            "quantity": quantity,
            "base": EurosField(
                required=False,
                label=_("Base Sécu %(number)s") % which,
                help_text=_("BR, ou tarif : sur le devis."),
            ),
            "tooth": ToothField(
                required=False, label=_("Dent %(number)s") % which, help_text=_("Deux chiffres, comme 26.")
            ),
        }
        for name, field in fields.items():
            self.fields[f"{name}_{position}"] = field

    def _require_lines(self) -> None:
        """A line that holds something needs its act and its price; so does the first when there is none."""
        used = self._lines_in_use()
        act = _("Choisissez l’acte de cette ligne.") if used else _("Écrivez au moins une ligne du devis.")
        for position in used or [1]:
            wanted = {"act": act, "price": _("Écrivez le prix de cette ligne.")}
            for name, message in wanted.items():
                field = self.fields[f"{name}_{position}"]
                field.required, field.error_messages["required"] = True, message

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

    def _lines_in_use(self) -> list[int]:
        return [position for position in range(1, MOST_LINES + 1) if self.in_use(position)]

    def told(self) -> Iterable[tuple[str, str]]:
        """Each line as it was typed, and what was said of the fees; of a valid form."""
        values, labels = (
            self.cleaned_data,
            {each.value: said(each.label) for each in offered_acts(self.today).values()},
        )
        rows = []
        for position in self._lines_in_use():
            act, price, quantity, base, tooth = (values[f"{name}_{position}"] for name in PARTS)
            parts = [labels[act], money(price), _("quantité %(number)s") % {"number": quantity or 1}]
            if base is not None:
                parts.append(_("base Sécu %(base)s") % {"base": money(base)})
            if tooth:
                parts.append(_("dent %(number)s") % {"number": tooth})
            rows.append((_("Ligne %(position)s") % {"position": position}, ", ".join(parts)))
        return [*rows, (str(self["fees"].label), str(FEES[Fees(values["fees"])]))]

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
                    number=position,
                )
                for position in self._lines_in_use()
            ),
        )
