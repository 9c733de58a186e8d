"""Whether single keys act on an agent's pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

_CHOOSE = _("Choisissez si les raccourcis sont activés ou désactivés.")


class ShortcutsForm(forms.Form):
    shortcuts = forms.ChoiceField(
        label=_("Raccourcis clavier"),
        choices=(
            ("on", _("Activés : une touche suffit")),
            ("off", _("Désactivés : une touche seule ne fait rien")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
