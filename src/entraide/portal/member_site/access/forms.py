"""Forms of the door. Nothing typed in a password field ever comes back in a page."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from entraide.formats import departments, mobile
from entraide.portal.foundation.accounts.human import PICTURES
from entraide.portal.foundation.forms.dates import PastDayField
from entraide.portal.foundation.forms.health_number import HealthNumberField

_TOO_LONG = _("C’est trop long : %(limit_value)d caractères au plus.")


def _required(message: Any) -> dict[str, Any]:
    return {"required": message, "max_length": _TOO_LONG}


class SignInForm(forms.Form):
    member_number = forms.CharField(
        label=_("Numéro d’adhérent"),
        help_text=_("Il est imprimé sur votre carte de tiers payant, en haut à gauche."),
        max_length=60,
        error_messages=_required(_("Tapez votre numéro d’adhérent.")),
    )
    password = forms.CharField(
        label=_("Mot de passe"),
        max_length=512,
        strip=False,
        widget=forms.PasswordInput,
        error_messages=_required(_("Tapez votre mot de passe.")),
    )


def _without(data: Mapping[str, Any], names: tuple[str, ...]) -> MultiValueDict[str, Any]:
    """What was typed, but for these fields; values that repeat stay."""
    kept: MultiValueDict[str, Any] = MultiValueDict(data.lists() if isinstance(data, MultiValueDict) else {})
    for name in names:
        kept.pop(name, None)
    return kept


class CheckForm(forms.Form):
    """The human check: pictures, the machine's work, and the question that stands beside both or alone."""

    choice = forms.MultipleChoiceField(
        label=_("Images"),
        choices=[(str(position), str(position)) for position in range(PICTURES)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    answer = forms.CharField(
        label=_("Votre réponse"),
        help_text=_("En chiffres ou en lettres. Par exemple, pour 1 + 3, tapez 4."),
        max_length=40,
        error_messages=_required(_("Répondez à la petite question.")),
    )
    proof = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = kind == "question"

    @property
    def typed_answer(self) -> str:
        return str(self.data.get("answer", ""))[:100].strip()

    @property
    def picked(self) -> list[str]:
        return self.data.getlist("choice")[: 2 * PICTURES] if hasattr(self.data, "getlist") else []

    @property
    def proof_of_work(self) -> str:
        return str(self.data.get("proof", ""))[:400]

    def refuse(self, words: str, *, kind: str) -> None:
        """Ties a refusal to what was answered, and forgets the answer: another question takes its place."""
        field = "choice" if kind == "images" and not self.typed_answer else "answer"
        for name in ("choice", "answer", "proof"):
            self.errors.pop(name, None)
        self.data = _without(self.data, ("choice", "answer", "proof"))
        self.add_error(field, words)


class ActivationForm(forms.Form):
    nir = HealthNumberField()
    birth_date = PastDayField(
        label=_("Date de naissance"), help_text=_("Jour, mois, année (JJ/MM/AAAA), par exemple 10/01/1954.")
    )
    birth_department = forms.CharField(
        label=_("Département de naissance"),
        help_text=_(
            "Par exemple 38, 2A, 971, ou 99 si vous êtes né à l’étranger. "
            "À défaut, celui de votre numéro de Sécurité sociale."
        ),
        max_length=10,
        error_messages=_required(_("Tapez le numéro de votre département de naissance.")),
    )
    last_name = forms.CharField(
        label=_("Nom"),
        help_text=_("Votre nom d’usage ou de naissance. Un nom double s’écrit en entier."),
        max_length=80,
        error_messages=_required(_("Tapez votre nom.")),
    )
    first_name = forms.CharField(
        label=_("Prénom"),
        help_text=_("Comme sur votre carte de tiers payant, par exemple Jean-Pierre."),
        max_length=80,
        error_messages=_required(_("Tapez votre prénom.")),
    )

    def clean_birth_department(self) -> str:
        typed: str = self.cleaned_data["birth_department"]
        if not departments.is_department(typed):
            raise forms.ValidationError(
                _("Ce département n’existe pas. Écrivez par exemple 38, 2A, 971, ou 99 pour l’étranger.")
            )
        return typed


class ForgottenForm(CheckForm):
    """The number, and the check of the place."""

    member_number = forms.CharField(
        label=_("Numéro d’adhérent"),
        help_text=_("Il est imprimé sur votre carte de tiers payant, en haut à gauche."),
        max_length=60,
        error_messages=_required(_("Tapez votre numéro d’adhérent.")),
    )
    field_order = ("member_number",)


class NewPasswordFields(forms.Form):
    new_password1 = forms.CharField(
        label=_("Nouveau mot de passe"),
        max_length=512,
        strip=False,
        widget=forms.PasswordInput,
        error_messages=_required(_("Choisissez un mot de passe.")),
    )
    new_password2 = forms.CharField(
        label=_("Le même, une seconde fois"),
        max_length=512,
        strip=False,
        widget=forms.PasswordInput,
        error_messages=_required(_("Tapez le mot de passe une seconde fois.")),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, second = cleaned.get("new_password1"), cleaned.get("new_password2")
        if first and second and first != second:
            self.add_error("new_password2", _("Les deux mots de passe ne sont pas les mêmes. Retapez-les."))
        return cleaned


class SetPasswordForm(NewPasswordFields):
    birth_date = PastDayField(
        label=_("Date de naissance"), help_text=_("8 chiffres : jour, mois, année (JJ/MM/AAAA).")
    )
    field_order = ("birth_date", "new_password1", "new_password2")


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code à 6 chiffres"),
        max_length=12,
        error_messages=_required(_("Tapez le code à 6 chiffres que vous avez reçu.")),
    )

    def clean_code(self) -> str:
        code = "".join(self.cleaned_data["code"].split())
        if len(code) != 6 or not (code.isascii() and code.isdigit()):
            raise forms.ValidationError(_("Le code compte 6 chiffres."))
        return code


class EmailCodeForm(CodeForm):
    code = None  # type: ignore[assignment]
    email_code = forms.CharField(
        label=_("Code reçu par e-mail"),
        max_length=12,
        error_messages=_required(_("Tapez le code à 6 chiffres reçu par e-mail.")),
    )

    def clean_email_code(self) -> str:
        self.cleaned_data["code"] = self.cleaned_data["email_code"]
        return self.clean_code()


class MobileForm(forms.Form):
    mobile = forms.CharField(
        label=_("Numéro de mobile"),
        help_text=_(
            "Celui de la personne du foyer qui s’occupe des démarches : c’est elle qui recevra les codes."
        ),
        max_length=30,
        error_messages=_required(_("Tapez un numéro de mobile.")),
    )

    def clean_mobile(self) -> str:
        try:
            return mobile.parse(self.cleaned_data["mobile"])
        except mobile.MobileError as error:
            raise forms.ValidationError(_mobile_words(error.code)) from None


def _mobile_words(code: str) -> Any:
    if code == "not_mobile":
        return _("C’est un numéro fixe : il ne reçoit pas de SMS. Tapez un mobile, en 06 ou 07.")
    if code == "not_french":
        return _("Nous n’envoyons de codes que sur des mobiles français.")
    return _("Ce numéro n’est pas un mobile. Écrivez-le comme 06 12 34 56 78.")


class TermsForm(forms.Form):
    accept = forms.BooleanField(
        label=_("J’ai lu et j’accepte les conditions générales d’utilisation"),
        error_messages={"required": _("Cochez la case pour continuer, ou quittez l’espace.")},
    )
