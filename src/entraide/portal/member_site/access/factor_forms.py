"""Forms of the stronger factors."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.access.factors.adding import NAME_LENGTH
from entraide.portal.member_site.access.forms import CodeForm

_TOO_LONG = _("C’est trop long : %(limit_value)d caractères au plus.")


class AppCodeForm(CodeForm):
    code = forms.CharField(
        label=_("Code de votre application"),
        max_length=12,
        error_messages={
            "required": _("Tapez les 6 chiffres que votre application affiche."),
            "max_length": _TOO_LONG,
        },
    )


class RecoveryCodeForm(forms.Form):
    recovery_code = forms.CharField(
        label=_("Code de secours"),
        help_text=_(
            "12 lettres et chiffres, comme K7QM-2XHD-9RTV. Les tirets et les majuscules sont libres."
        ),
        max_length=40,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={
            "required": _("Tapez un de vos codes de secours."),
            "max_length": _TOO_LONG,
        },
    )


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=_("Mot de passe actuel"),
        max_length=512,
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": _("Tapez votre mot de passe actuel."), "max_length": _TOO_LONG},
    )


class NameField(forms.CharField):
    """The name that somebody gives to a phone or a key, to tell them apart later."""

    def __init__(self, **more: Any) -> None:
        messages = {"max_length": _TOO_LONG}
        super().__init__(max_length=NAME_LENGTH, required=False, error_messages=messages, **more)
