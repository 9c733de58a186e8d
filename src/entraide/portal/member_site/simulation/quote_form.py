"""A quote typed line by line: up to eight acts, each with its price."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from entraide.portal.design.care_kind import kind_label
from entraide.portal.domain.simulations.answers import Fees
from entraide.portal.domain.simulations.quotes import MOST_LINES, Quote, QuoteLine, offered_acts
from entraide.portal.domain.simulations.reading.quote import ReadLine
from entraide.portal.foundation.forms import EurosField
from entraide.portal.foundation.web.wording import money
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
_COUNT, _LEAVE_OUT = "yes", "no"
_LONGEST_WORDS = 120
_KINDS = list(Kind)


class QuoteForm(SubjectForm):
    """Lines `act_1`, `price_1`, `quantity_1`, `base_1`, `tooth_1` and so on; an empty line is not there.

    A line that was read in a file has its printed words in `read_1`, and is not counted before `sure_1`
    says so. `reading`: what was just read, to be shown for the first time.
    """

    def __init__(self, data: QueryDict, *, reading: Sequence[ReadLine] = (), **around: Any) -> None:
        super().__init__(data, **around)
        self.printed = _printed(data, reading)
        field = choice([(fees.value, FEES[fees]) for fees in Fees], radio=True, initial=Fees.UNKNOWN.value)
        field.label = _("Si c’est un médecin : pratique-t-il des dépassements ?")
        self.fields["fees"] = field
        acts = self._acts()
        for position in range(1, MOST_LINES + 1):
            self._add_line(position, acts)
            if position in self.printed:
                self._add_check(position)
        for position, line in enumerate(reading, start=1):
            self.initial.update(_typed(line, position))
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

    def _add_check(self, position: int) -> None:
        field = choice(
            [(_COUNT, _("Elle est juste : la compter")), (_LEAVE_OUT, _("Ne pas la compter"))], radio=True
        )
        field.label = _("Ligne %(number)s, lue dans votre devis") % {"number": position}
        field.error_messages["required"] = _(
            "Vérifiez cette ligne avec votre devis, puis dites si elle compte."
        )
        field.required = self._filled(position) or not self.data
        self.fields[f"sure_{position}"] = field

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

    def check_of(self, position: int) -> forms.BoundField | None:
        """The question whether a line was read well; None for one that was typed."""
        return self[f"sure_{position}"] if position in self.printed else None

    def in_use(self, position: int) -> bool:
        """Whether something stands in this line, typed or read."""
        return self._filled(position) or position in self.printed

    def _filled(self, position: int) -> bool:
        return any(self.data.get(f"{name}_{position}") for name in ("act", "price", "base", "tooth"))

    def _lines_in_use(self) -> list[int]:
        return [
            position
            for position in range(1, MOST_LINES + 1)
            if self._filled(position) and self.data.get(f"sure_{position}") != _LEAVE_OUT
        ]

    def kinds(self) -> set[Kind]:
        """The kinds of care of the lines that count; of a valid form."""
        acts = offered_acts(self.today)
        return {acts[self.cleaned_data[f"act_{position}"]].kind for position in self._lines_in_use()}

    def answered(self) -> dict[str, str]:
        """The lines that count, as if they had been typed."""
        used = {f"{name}_{position}" for position in self._lines_in_use() for name in PARTS}
        lines = {f"{name}_{at}" for at in range(1, MOST_LINES + 1) for name in (*PARTS, "sure")}
        return {
            name: value for name, value in super().answered().items() if name in used or name not in lines
        }

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


def _printed(data: QueryDict, reading: Sequence[ReadLine]) -> dict[int, str]:
    """The printed words of the lines that were read in a file, by the number of the line."""
    if reading:
        return {position: line.printed for position, line in enumerate(reading, start=1)}
    found = {position: data.get(f"read_{position}", "") for position in range(1, MOST_LINES + 1)}
    return {position: words[:_LONGEST_WORDS] for position, words in found.items() if words}


def _typed(line: ReadLine, position: int) -> dict[str, str]:
    """A line that was read, as somebody would have typed it."""
    values = {
        "act": line.act,
        "price": _euros(line.price),
        "quantity": str(line.quantity or ""),
        "base": _euros(line.base),
        "tooth": str(line.tooth or ""),
    }
    return {f"{name}_{position}": value for name, value in values.items() if value}


def _euros(cents: int | None) -> str:
    return "" if cents is None else f"{cents // 100},{cents % 100:02d}"
