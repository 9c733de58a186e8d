"""What the simulator asks; every answer stays in the address, so that a result can be kept and sent."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.simulations.answers import Answers, Ears, Fees, Material
from entraide.portal.domain.simulations.cases import Case
from entraide.portal.domain.simulations.levels import CoverLevel
from entraide.portal.domain.simulations.lines import example_stay_price
from entraide.portal.domain.simulations.subjects import VISITOR_AGE, SimulatedPerson
from entraide.portal.foundation.forms import EurosField
from entraide.portal.foundation.forms.dates import DAY_FORMATS
from entraide.portal.foundation.web.wording import money
from entraide.portal.member_site.simulation.labels import (
    EARS,
    FEES,
    LENSES,
    MATERIALS,
    act_label,
    field_words,
)
from entraide.portal.member_site.why import said
from entraide.reimbursement import LensClass

Choices = Iterable[tuple[str, Any]]
UNKNOWN = _("Ce choix n’existe pas ou plus. Choisissez dans la liste.")
_CHOOSE = _("Choisissez une réponse dans la liste.")
_DAYS_AHEAD = 366


def choice(choices: Choices, *, radio: bool = False, initial: str | None = None) -> forms.ChoiceField:
    """A list of choices, or radio buttons when there are few."""
    return forms.ChoiceField(
        choices=list(choices),
        widget=forms.RadioSelect if radio else forms.Select,
        initial=initial,
        error_messages={"required": _CHOOSE, "invalid_choice": UNKNOWN},
    )


def number(*, least: int, most: int, initial: int | None) -> forms.IntegerField:
    words = _("Écrivez un nombre entier, de %(least)s à %(most)s.") % {"least": least, "most": most}
    messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), words)
    return forms.IntegerField(
        min_value=least, max_value=most, initial=initial, error_messages=messages,
        widget=forms.TextInput,
    )  # fmt: skip


class CareDayField(forms.DateField):
    """The day of the care, from today to a year ahead; today when it is left out."""

    def __init__(self, *, today: date) -> None:
        self._today = today
        super().__init__(
            required=False,
            label=_("Date des soins"),
            help_text=_("Laissez vide pour aujourd’hui. Jour, mois, année, par exemple 15/01/2027."),
            input_formats=DAY_FORMATS,
            error_messages={"invalid": _("Écrivez la date en chiffres : jour, mois, année.")},
        )

    def clean(self, value: Any) -> date:
        day = super().clean(value) or self._today
        if day < self._today:
            # What was used of caps and allowances since then would be counted against that care.
            message = _("Choisissez aujourd’hui ou un jour à venir : ce calcul est pour des soins à venir.")
            raise forms.ValidationError(message)
        if day - self._today > timedelta(days=_DAYS_AHEAD):
            raise forms.ValidationError(_("Choisissez un jour à moins d’un an d’aujourd’hui."))
        return day


class SubjectForm(forms.Form):
    """For whom: somebody of the household, or an age and a level of cover for who is not signed in."""

    def __init__(
        self,
        data: QueryDict,
        *,
        people: list[SimulatedPerson],
        levels: tuple[CoverLevel, ...],
        today: date,
    ) -> None:
        self.today, self.people = today, people
        super().__init__(data)
        if people:
            field: forms.Field = choice([(str(one.id), one.full_name) for one in people])
            # A result that somebody else sent names nobody: it is then for the reader.
            field.required, field.initial = False, str(people[0].id)
            field.label = _("Pour qui ?")
            self.fields["person"] = field
        else:
            self.fields["level"] = choice(_levels_by_kind(levels))
            self.fields["level"].label = _("Avec quel contrat ?")
            self.fields["age"] = number(least=0, most=120, initial=VISITOR_AGE)
            self.fields["age"].label = _("Âge de la personne soignée")
        self.fields["on"] = CareDayField(today=today)
        # Nothing of this form is in the address yet: it is shown, not judged.
        self.is_bound = any(self.add_prefix(name) in data for name in self.names_of_answers())

    def names_of_answers(self) -> Iterable[str]:
        return tuple(self.fields)

    def answered(self) -> dict[str, str]:
        """What was answered, as it stands in an address; nothing for what was left empty."""
        return {name: value for name in self.fields if (value := self.data.get(self.add_prefix(name), ""))}

    def asked_about_whom(self) -> list[forms.BoundField]:
        return [self[name] for name in ("person", "level", "age", "on") if name in self.fields]

    @property
    def person(self) -> SimulatedPerson | None:
        """Of a valid form; None for a visitor."""
        chosen = self.cleaned_data.get("person")
        found = next((each for each in self.people if str(each.id) == chosen), None)
        return found or (self.people[0] if self.people else None)


def _levels_by_kind(levels: tuple[CoverLevel, ...]) -> Choices:
    """Group contracts apart from individual ones where the mutual has both: nobody knows their names."""
    named = {
        group: [(level.id, said(level.label)) for level in levels if level.group is group]
        for group in (True, False)
    }
    if not all(named.values()):
        return named[True] or named[False]
    return [
        (str(_("Contrat collectif, par l’employeur")), named[True]),
        (str(_("Contrat individuel, choisi et payé par soi-même")), named[False]),
    ]


class CaseForm(SubjectForm):
    """The answers of one case."""

    def __init__(self, data: QueryDict, *, case: Case, **around: Any) -> None:
        self.case = case
        super().__init__(data, **around)
        for name in case.asks:
            words = field_words(case.id, name)
            field = _FIELDS[name](case)
            field.label, field.help_text = words.label, words.hint
            self.fields[name] = field
        self.is_bound = self.is_bound or any(name in data for name in case.asks)

    def asked_about_care(self) -> list[forms.BoundField]:
        return [self[name] for name in self.case.asks]

    def told(self) -> Iterable[tuple[str, str]]:
        """Each question with what was answered, in words; of a valid form."""
        return [
            (str(self[name].label), _told(self[name], self.cleaned_data[name])) for name in self.case.asks
        ]

    @property
    def answers(self) -> Answers:
        """Of a valid form."""
        values = {name: self.cleaned_data[name] for name in self.case.asks}
        for name, kind in _TYPES.items():
            if name in values:
                values[name] = kind(values[name])
        return Answers(on=self.cleaned_data["on"], **values)


def _told(bound: forms.BoundField, value: Any) -> str:
    if value is None:
        return str(_("laissé vide"))
    if isinstance(value, bool):
        return str(_("oui") if value else _("non"))
    if isinstance(bound.field, EurosField):
        return money(value)
    if isinstance(bound.field, forms.ChoiceField):
        return next(str(each.data["label"]) for each in bound.subwidgets if each.data["value"] == value)
    return str(value)


def _price(case: Case) -> forms.Field:
    return EurosField(required=case.id in _PRICE_NEEDED)


def _amount(case: Case) -> forms.Field:
    return EurosField(required=False)


def _stay_price(case: Case) -> forms.Field:
    example = example_stay_price()
    return EurosField(required=False, initial=None if example is None else f"{example // 100}")


def _quantity(case: Case) -> forms.Field:
    return number(least=1, most=60, initial=1)


def _tooth(case: Case) -> forms.Field:
    return ToothField()


class ToothField(forms.IntegerField):
    """A permanent tooth in the international notation: two digits, 11 to 48."""

    widget = forms.TextInput
    default_error_messages = {
        "required": _("Écrivez le numéro de la dent, comme 26."),
        "invalid": _("Écrivez le numéro de la dent en deux chiffres, comme 26."),
        "unknown": _("Cette dent n’existe pas : deux chiffres, de 11 à 18, 21 à 28, 31 à 38 ou 41 à 48."),
    }

    def clean(self, value: Any) -> int | None:
        tooth: int | None = super().clean(value)
        if tooth is not None and not (tooth // 10 in range(1, 5) and tooth % 10 in range(1, 9)):
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return tooth


_PRICE_NEEDED = frozenset({"medicaments", "analyses", "imagerie", "kinesitherapie", "medecines-douces"})
_TYPES: Mapping[str, Callable[[Any], Any]] = {
    "fees": Fees, "material": Material, "ears": Ears, "right": LensClass, "left": LensClass,
}  # fmt: skip
_FIELDS: Mapping[str, Callable[[Case], forms.Field]] = {
    "fees": lambda case: choice(_named(FEES), radio=True, initial=Fees.UNKNOWN.value),
    "outside": lambda case: forms.BooleanField(required=False),
    "act": lambda case: choice([(code, act_label(code)) for code in case.acts], initial=case.acts[0]),
    "price": _price,
    "base": _amount,
    "quantity": _quantity,
    "nights": lambda case: number(least=0, most=60, initial=2),
    "stay_price": _stay_price,
    "room_price": _amount,
    "surgeon_price": _amount,
    "surgeon_base": _amount,
    "tooth": _tooth,
    "material": lambda case: choice(_named(MATERIALS), radio=True, initial=Material.METAL_CERAMIC.value),
    "right": lambda case: choice(_named(LENSES), initial=LensClass.SIMPLE.value),
    "left": lambda case: choice(_named(LENSES), initial=LensClass.SIMPLE.value),
    "frame_price": _amount,
    "right_price": _amount,
    "left_price": _amount,
    "ears": lambda case: choice(_named(EARS), radio=True, initial=Ears.ONE.value),
}


def _named(labels: Mapping[Any, Any]) -> Choices:
    return [(str(value), label) for value, label in labels.items()]
