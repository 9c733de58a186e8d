"""Dates as people type them in France: JJ/MM/AAAA, and the common variants."""

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

DAY_FORMATS = ["%d/%m/%Y", "%d%m%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y", "%Y-%m-%d"]


class PastDayField(forms.DateField):
    """A day that is over, such as a birth date; not before 1900."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", DAY_FORMATS)
        kwargs.setdefault(
            "error_messages",
            {
                "required": _("Tapez la date, comme 10/01/1954."),
                "invalid": _("Écrivez la date en chiffres : jour, mois, année, comme 10/01/1954."),
            },
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """What a copied date brings besides digits: wide figures, marks that cannot be seen."""
        if isinstance(value, str):
            plain = unicodedata.normalize("NFKC", value)
            value = "".join(one for one in plain if unicodedata.category(one) != "Cf").strip()
        return super().to_python(value)

    def clean(self, value: Any) -> Any:
        day: date | None = super().clean(value)
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("Cette date est dans le futur."))
        if day is not None and day.year < 1900:
            raise forms.ValidationError(_("Vérifiez l’année : il faut 4 chiffres, comme 1954."))
        return day
