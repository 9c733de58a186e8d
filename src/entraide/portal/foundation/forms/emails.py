"""E-mail addresses as people type them; only those that a mail can reach from anywhere."""

import unicodedata
from typing import Any

from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

LONGEST = 254
_MESSAGE = _("Ce n’est pas une adresse e-mail. Écrivez-la en entier, comme camille.martin@exemple.fr.")
# Without the names that only a machine knows (`localhost`).
_well_formed = EmailValidator(message=_MESSAGE, allowlist=[])


class EmailAddressField(forms.CharField):
    """Cleans to one address, its domain in small letters; marks that cannot be seen are dropped."""

    widget = forms.EmailInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST)
        kwargs.setdefault(
            "error_messages",
            {
                "required": _("Tapez votre adresse e-mail."),
                "max_length": _("C’est trop long : %(limit_value)d caractères au plus."),
            },
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        plain = unicodedata.normalize("NFKC", str(value or "")).strip()
        return "".join(one for one in plain if unicodedata.category(one) != "Cf")

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value))
        if not typed:
            return typed
        _well_formed(typed)
        name, _at, domain = typed.rpartition("@")
        # An address of numbers, or in brackets, is a machine's; no top-level domain is made of digits.
        if domain.rpartition(".")[2].isdigit() or domain.startswith("["):
            raise forms.ValidationError(_MESSAGE, code="invalid")
        return f"{name}@{domain.lower()}"
