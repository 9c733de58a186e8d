"""What is asked of a stay in hospital; the names of the fields are those of the outside contract."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.formats import finess, phone
from entraide.portal.domain.facilities.queries import FacilityCard, facility_with
from entraide.portal.domain.hospital_cover.asking import Stay
from entraide.portal.domain.hospital_cover.departments import departments
from entraide.portal.foundation.forms import KeyedForm
from entraide.portal.foundation.forms.dates import DAY_FORMATS
from entraide.portal.foundation.forms.emails import EmailAddressField
from entraide.portal.foundation.web.wording import text

_TOO_LONG = _("C’est trop long : %(limit_value)d caractères au plus.")
_MOBILES = ("+336", "+337")


class CoverForm(KeyedForm):
    """Who, where, when, and where the letter goes. A facility of the directory fills name and address."""

    person = forms.ChoiceField(
        label=_("Qui est hospitalisé ?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez la personne hospitalisée."),
            "invalid_choice": _("Choisissez une personne de votre contrat."),
        },
    )
    facility_name = forms.CharField(
        label=_("Nom de l’établissement"),
        max_length=160,
        error_messages={"required": _("Écrivez le nom de l’établissement."), "max_length": _TOO_LONG},
    )
    finess = forms.CharField(
        label=_("Numéro FINESS"),
        max_length=20,
        required=False,
        help_text=_("9 chiffres, sur la convocation ou un devis. Laissez vide si vous ne l’avez pas."),
        error_messages={"max_length": _("Un numéro FINESS compte 9 caractères.")},
    )
    facility_address = forms.CharField(
        label=_("Adresse de l’établissement"),
        max_length=200,
        required=False,
        help_text=_("Rue, code postal et ville."),
        error_messages={"max_length": _TOO_LONG},
    )
    department = forms.ChoiceField(
        label=_("Service"),
        required=False,
        error_messages={"invalid_choice": _("Ce choix n’existe pas ou plus. Choisissez dans la liste.")},
    )
    admission_date = forms.DateField(
        label=_("Date d’entrée"),
        input_formats=DAY_FORMATS,
        error_messages={
            "required": _("Tapez la date d’entrée, comme 10/01/2027."),
            "invalid": _("Écrivez la date en chiffres : jour, mois, année, comme 10/01/2027."),
        },
    )
    email = EmailAddressField(label=_("E-mail du service des admissions"), required=False)
    fax = forms.CharField(
        label=_("Fax du service des admissions"),
        max_length=40,
        required=False,
        error_messages={"max_length": _("Un numéro de fax compte 10 chiffres, comme 04 76 00 12 34.")},
    )
    known: FacilityCard | None = None

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person, department = self.fields["person"], self.fields["department"]
        assert isinstance(person, forms.ChoiceField)
        assert isinstance(department, forms.ChoiceField)
        person.choices = people
        if len(people) == 1:
            person.initial = people[0][0]
        blank = ("", _("Choisissez dans la liste"))
        department.choices = [blank, *((one.id, text(one.label)) for one in departments())]

    def full_clean(self) -> None:
        """A number of the directory says the name: it need not be typed too."""
        typed = str(self.data.get("finess") or "")
        self.known = facility_with(finess.parse(typed)) if self.is_bound and finess.is_valid(typed) else None
        self.fields["facility_name"].required = self.known is None
        super().full_clean()
        self.fields["facility_name"].required = True

    def clean_finess(self) -> str:
        typed = self.cleaned_data["finess"]
        try:
            return finess.parse(typed) if typed else ""
        except finess.FinessError as error:
            raise forms.ValidationError(_finess_words(error.code)) from None

    def clean_fax(self) -> str:
        typed = self.cleaned_data["fax"]
        try:
            number = phone.parse(typed) if typed else ""
        except phone.PhoneError:
            message = _(
                "Ce n’est pas un numéro de fax français. Écrivez les 10 chiffres, comme 04 76 00 12 34."
            )
            raise forms.ValidationError(message) from None
        if number.startswith(_MOBILES):
            raise forms.ValidationError(
                _("C’est un numéro de mobile : donnez le fax du service des admissions.")
            )
        return number

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if self.known is not None:
            values["facility_name"] = values.get("facility_name") or self.known.name
            values["facility_address"] = values.get("facility_address") or self.known.whole_address
        if not {"fax", "email"} & self.errors.keys() and not values.get("fax") and not values.get("email"):
            message = _("Donnez le fax ou l’e-mail du service des admissions : il en faut au moins un.")
            self.add_error("email", message)
        return values

    @property
    def stay(self) -> Stay:
        """What a form without error asks."""
        names = (
            "facility_name",
            "finess",
            "facility_address",
            "department",
            "admission_date",
            "fax",
            "email",
        )
        return Stay(**{name: self.cleaned_data[name] for name in names})


def _finess_words(code: str) -> Any:
    if code == "length":
        return _("Un numéro FINESS compte 9 caractères. Vérifiez-le, ou laissez ce champ vide.")
    if code == "key":
        return _(
            "Ce numéro FINESS n’existe pas : son dernier chiffre ne va pas avec les autres. "
            "Vérifiez chaque chiffre, ou laissez ce champ vide."
        )
    return _("N’écrivez que des chiffres (et A ou B pour la Corse), ou laissez ce champ vide.")
