"""Search and filter of a table of guarantees; they live in the address, so that a search can be kept."""

from django import forms
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from entraide.portal.member_site.contract.promises import HEADING_WORDS

_LONGEST = 60
_UNKNOWN = _("Ce choix n’existe pas ou plus. Choisissez dans la liste.")


class GuaranteeForm(forms.Form):
    q = forms.CharField(
        required=False,
        max_length=_LONGEST,
        label=_("Chercher un soin"),
        help_text=_("Par exemple : dentiste, lunettes, kiné."),
        error_messages={"max_length": _("Écrivez moins de 60 caractères, un ou deux mots suffisent.")},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    heading = forms.ChoiceField(required=False, label=_("Rubrique"))

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        field = self.fields["heading"]
        assert isinstance(field, forms.ChoiceField)
        headings = [(code, words()) for code, words in HEADING_WORDS.items()]
        field.choices = [("", _("Toutes les rubriques")), *headings]
        field.error_messages["invalid_choice"] = _UNKNOWN

    @property
    def is_active(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    @property
    def query(self) -> str:
        """What is searched, as it stands in the address, ready for another year."""
        chosen = {name: value for name in self.fields if (value := self.cleaned_data.get(name))}
        return f"&{urlencode(chosen)}" if chosen else ""
