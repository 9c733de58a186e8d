"""Amounts as people type them in France: `12`, `12,5`, `1 234,50 €`; integer cents in the program."""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_FORM = re.compile(r"(\d+)(?:[.,](\d{1,2}))?", re.ASCII)
MOST = 100_000_00
"""A hundred thousand euros: more than any bill of care."""


class EurosField(forms.Field):
    """Cents, from zero to `MOST`; None for an empty field that may stay empty."""

    widget = forms.TextInput
    default_error_messages = {
        "required": _("Écrivez un montant en euros, comme 54,90."),
        "invalid": _(
            "Écrivez un montant en euros, avec deux chiffres après la virgule au plus, comme 54,90."
        ),
        "negative": _("Un montant ne peut pas être négatif."),
        "size": _("Ce montant est trop grand : 100 000 € au plus."),
    }

    def to_python(self, value: Any) -> int | None:
        typed = unicodedata.normalize("NFKC", str(value or ""))
        plain = re.sub(r"[\s€]|euros?", "", typed, flags=re.IGNORECASE)
        if not plain:
            return None
        if plain.startswith(("-", "\N{MINUS SIGN}")) and _FORM.fullmatch(plain[1:]):
            raise forms.ValidationError(self.error_messages["negative"], code="negative")
        found = _FORM.fullmatch(plain)
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        if len(found[1]) > 9:
            raise forms.ValidationError(self.error_messages["size"], code="size")
        cents = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
        if cents > MOST:
            raise forms.ValidationError(self.error_messages["size"], code="size")
        return cents
