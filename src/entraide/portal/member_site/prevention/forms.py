"""What is looked for on the page of prevention; it lives in the address, so that it can be kept."""

from collections.abc import Mapping

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

_UNKNOWN = _("Ce choix n’existe pas ou plus. Choisissez dans la liste.")


class ShelfForm(forms.Form):
    q = forms.CharField(
        required=False,
        max_length=60,
        label=_("Chercher"),
        help_text=_("Par exemple : sommeil, tabac, écran."),
        error_messages={"max_length": _("Écrivez moins de 60 caractères, un ou deux mots suffisent.")},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    theme = forms.ChoiceField(required=False, label=_("Thème"), error_messages={"invalid_choice": _UNKNOWN})

    def __init__(self, data: QueryDict, *, themes: Mapping[str, str]) -> None:
        super().__init__(data)
        field = self.fields["theme"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Tous les thèmes")), *themes.items()]

    @property
    def is_active(self) -> bool:
        return any(self.data.get(name) for name in self.fields)
