"""Forms of the agents' door. Nothing typed in a password field ever comes back in a page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_LONGEST_PASSWORD = 512


def _password(label: Any, required: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=_LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": required},
    )


class SignInForm(forms.Form):
    identifier = forms.CharField(
        label=_("Adresse e-mail professionnelle"),
        max_length=254,
        error_messages={"required": _("Tapez votre adresse e-mail.")},
    )
    password = _password(_("Mot de passe"), _("Tapez votre mot de passe."))


class AppCodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code de l’application"),
        max_length=20,
        error_messages={"required": _("Tapez les 6 chiffres de l’application.")},
    )

    def clean_code(self) -> str:
        code = "".join(one for one in self.cleaned_data["code"] if not one.isspace())
        if len(code) != 6 or not (code.isascii() and code.isdigit()):
            raise forms.ValidationError(_("Le code compte 6 chiffres."))
        return code


class RecoveryCodeForm(forms.Form):
    recovery_code = forms.CharField(
        label=_("Code de secours"),
        help_text=_("L’un des dix codes notés le jour de votre inscription. Chacun sert une fois."),
        max_length=40,
        error_messages={"required": _("Tapez un code de secours.")},
    )


class NewAppForm(AppCodeForm):
    name = forms.CharField(
        label=_("Nom de cet appareil"),
        help_text=_("Pour le reconnaître plus tard, par exemple : téléphone du bureau."),
        max_length=60,
        required=False,
    )


class NewPasswordForm(forms.Form):
    new_password1 = _password(_("Nouveau mot de passe"), _("Choisissez un mot de passe."))
    new_password2 = _password(
        _("Le même, une deuxième fois"), _("Tapez votre mot de passe une deuxième fois.")
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, second = values.get("new_password1"), values.get("new_password2")
        if first and second and first != second:
            self.add_error("new_password2", _("Les deux mots de passe sont différents."))
        return values


class ChangePasswordForm(NewPasswordForm):
    old_password = _password(_("Mot de passe actuel"), _("Tapez votre mot de passe actuel."))
    field_order = ("old_password", "new_password1", "new_password2")
