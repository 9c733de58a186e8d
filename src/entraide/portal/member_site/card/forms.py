"""Whose card and for which day; to whom it is sent; by post again, and why; the code to check."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from entraide.formats.card_code import MAX_LENGTH
from entraide.portal.domain.requests.card_copies import CopyReason
from entraide.portal.foundation.forms import KeyedForm
from entraide.portal.foundation.forms.dates import DAY_FORMATS
from entraide.portal.foundation.forms.emails import EmailAddressField

PROFESSIONAL = "professional"
EVERYBODY = "all"
_UNKNOWN = _("Ce choix n’existe pas ou plus. Choisissez dans la liste.")


class DayForm(forms.Form):
    """Whose, and on which day; it lives in the address. Without anything: oneself, today."""

    person = forms.ChoiceField(
        required=False, label=_("De qui ?"), error_messages={"invalid_choice": _UNKNOWN}
    )
    on = forms.DateField(
        required=False,
        label=_("À quelle date ?"),
        input_formats=DAY_FORMATS,
        error_messages={
            "invalid": _("Écrivez la date en chiffres : jour, mois, année, comme 10/01/2026."),
        },
        widget=forms.DateInput(format="%d/%m/%Y"),
    )

    def __init__(
        self, data: QueryDict, *, people: Sequence[tuple[str, str]], everybody: bool = False
    ) -> None:
        super().__init__(data)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        all_of_them = (
            [(EVERYBODY, _("Toutes les personnes couvertes"))] if everybody and len(people) > 1 else []
        )
        field.choices = [*all_of_them, *people]
        self._first = field.choices[0][0]

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        last = timezone.localdate().replace(month=12, day=31)
        if day is not None and day > last:
            raise forms.ValidationError(_("Vos droits ne sont connus que jusqu’à la fin de cette année."))
        if day is not None and day.year < 1990:
            raise forms.ValidationError(_("Vérifiez l’année : il faut 4 chiffres, comme 2026."))
        return day

    @property
    def person_id(self) -> UUID | None:
        """None: all of them."""
        chosen = self.cleaned_data.get("person") or self._first
        return None if chosen == EVERYBODY else UUID(str(chosen))

    @property
    def day(self) -> date:
        return self.cleaned_data.get("on") or timezone.localdate()

    @property
    def query(self) -> str:
        """What was chosen, as it stands in the address of the paper."""
        return urlencode({"person": str(self.person_id or EVERYBODY), "on": self.day.isoformat()})


class SendForm(KeyedForm):
    person = forms.ChoiceField(
        label=_("La carte de qui ?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une personne."), "invalid_choice": _UNKNOWN},
    )
    to = forms.ChoiceField(
        label=_("À qui l’envoyer ?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un destinataire."), "invalid_choice": _UNKNOWN},
    )
    email = EmailAddressField(required=False, label=_("Adresse e-mail du professionnel"))

    def __init__(
        self,
        *args: Any,
        people: Sequence[tuple[str, str]],
        recipients: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("person", people),
            ("to", [(PROFESSIONAL, _("Un professionnel de santé")), *recipients]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        if len(people) == 1:
            self.fields["person"].initial = people[0][0]

    def clean(self) -> dict[str, Any] | None:
        values = super().clean()
        outside = self.cleaned_data.get("to") == PROFESSIONAL
        if outside and "email" not in self.errors and not self.cleaned_data.get("email"):
            self.add_error("email", _("Écrivez l’adresse e-mail du professionnel."))
        return values


class CheckForm(forms.Form):
    code = forms.CharField(
        label=_("Code de la carte, ou l’adresse que le QR code contient"),
        max_length=2 * MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Scannez le QR code de la carte, ou collez ici l’adresse qu’il contient."),
            "max_length": _("C’est trop long : le code d’une carte a environ 250 signes."),
        },
    )


class CardForm(KeyedForm):
    people = forms.MultipleChoiceField(
        label=_("Pour qui ?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Cochez au moins une personne."),
            "invalid_choice": _("Choisissez parmi les personnes de la liste."),
        },
    )
    reason = forms.ChoiceField(
        label=_("Que s’est-il passé ?"),
        widget=forms.RadioSelect,
        choices=[
            (CopyReason.LOST.value, _("Elle est perdue")),
            (CopyReason.STOLEN.value, _("Elle a été volée")),
            (CopyReason.DAMAGED.value, _("Elle est abîmée")),
            (CopyReason.NEVER_CAME.value, _("Elle n’est jamais arrivée")),
        ],
        error_messages={
            "required": _("Choisissez une réponse."),
            "invalid_choice": _("Choisissez une réponse."),
        },
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.fields["people"]
        assert isinstance(offered, forms.MultipleChoiceField)
        offered.choices = people
        if len(people) == 1:
            offered.initial = [people[0][0]]

    def file_fields(self) -> Mapping[str, str]:
        """No paper goes with it."""
        return {}
