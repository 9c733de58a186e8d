"""A health insurance number as people type it, with what is wrong in plain words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.formats import nir


class HealthNumberField(forms.CharField):
    """The 15 characters without spaces, or blank where it is not required."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Numéro de Sécurité sociale"))
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault(
            "help_text", _("Les 15 caractères de votre carte Vitale, avec la clé (les 2 derniers chiffres).")
        )
        messages = {
            "required": _("Tapez votre numéro de Sécurité sociale."),
            "max_length": _("C’est trop long : %(limit_value)d caractères au plus."),
        }
        kwargs.setdefault("error_messages", messages)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        if not typed:
            return ""
        try:
            return nir.parse(typed).value
        except nir.NirError as error:
            raise forms.ValidationError(_words(error.code)) from None


def _words(code: str) -> Any:
    if code == "key":
        return _(
            "La clé (les 2 derniers chiffres) ne correspond pas au reste du numéro. Vérifiez chaque chiffre."
        )
    if code == "key_missing":
        return _("Il manque la clé : les 2 derniers chiffres, à droite sur votre carte Vitale.")
    if code == "length":
        return _("Un numéro de Sécurité sociale compte 15 caractères, clé comprise.")
    if code == "characters":
        return _("N’écrivez que des chiffres (et A ou B pour la Corse).")
    return _("Ce numéro n’est pas un numéro de Sécurité sociale. Recopiez celui de votre carte Vitale.")
