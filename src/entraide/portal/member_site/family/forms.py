"""Forms that ask the mutual for a change: what, since when, with which papers."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.requests.changes import LeavingReason
from entraide.portal.foundation.forms.dates import DAY_FORMATS, PastDayField
from entraide.portal.foundation.forms.health_number import HealthNumberField
from entraide.portal.member_site.change_form import ChangeForm

FOLDER = "member_site/family"
_TOO_LONG = _("C’est trop long : %(limit_value)d caractères au plus.")
_FURTHEST = timedelta(days=366)


class ChangeDayField(forms.DateField):
    """The day on which something changes: at most a year ahead."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", DAY_FORMATS)
        invalid = _("Écrivez la date en chiffres : jour, mois, année, comme 10/01/2027.")
        messages = {"required": _("Tapez la date, comme 10/01/2027."), "invalid": invalid}
        super().__init__(error_messages=messages, **kwargs)

    def clean(self, value: Any) -> Any:
        day: date | None = super().clean(value)
        if day is not None and day > timezone.localdate() + _FURTHEST:
            raise forms.ValidationError(_("C’est dans plus d’un an : faites la demande plus tard."))
        if day is not None and day.year < 1900:
            raise forms.ValidationError(_("Vérifiez l’année : il faut 4 chiffres, comme 2027."))
        return day


class FeedForm(ChangeForm):
    """Only the way that is not the one of today is offered: the page says which."""

    needs_files = False


class JoiningForm(ChangeForm):
    civility = forms.ChoiceField(
        label=_("Civilité"),
        choices=[("mme", _("Madame")), ("m", _("Monsieur"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une réponse.")},
    )
    last_name = forms.CharField(
        label=_("Nom"),
        max_length=80,
        error_messages={"required": _("Tapez le nom."), "max_length": _TOO_LONG},
    )
    first_name = forms.CharField(
        label=_("Prénom"),
        max_length=80,
        error_messages={"required": _("Tapez le prénom."), "max_length": _TOO_LONG},
    )
    birth_date = PastDayField(
        label=_("Date de naissance"), help_text=_("Jour, mois, année (JJ/MM/AAAA), par exemple 10/01/1954.")
    )
    nir = HealthNumberField(
        required=False,
        help_text=_("Celui qui figure sur l’attestation de droits. Un nouveau-né n’en a pas encore."),
    )
    since = ChangeDayField(
        label=_("À partir du"),
        help_text=_("Naissance, mariage, rentrée… : la date de l’événement (JJ/MM/AAAA)."),
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        born, since = values.get("birth_date"), values.get("since")
        if born and since and since < born:
            self.add_error("since", _("Cette date est avant la naissance."))
        return values


class LeavingForm(ChangeForm):
    reason = forms.ChoiceField(
        label=_("Pourquoi ?"),
        choices=[
            (LeavingReason.OTHER_COVER.value, _("Une autre mutuelle couvre cette personne")),
            (LeavingReason.SEPARATION.value, _("Séparation, divorce, fin de PACS")),
            (LeavingReason.INDEPENDENT.value, _("Un enfant devenu indépendant")),
            (LeavingReason.DEATH.value, _("Un décès")),
            (LeavingReason.OTHER.value, _("Une autre raison")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une réponse.")},
    )
    last_day = ChangeDayField(
        label=_("Dernier jour de couverture"), help_text=_("Jour, mois, année (JJ/MM/AAAA).")
    )
