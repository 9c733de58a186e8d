"""Whose file an agent looks for."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PeopleForm(forms.Form):
    text = forms.CharField(
        label=_("Numéro d’adhérent ou de Sécurité sociale, nom ou prénom"),
        max_length=80,
        error_messages={"required": _("Tapez un numéro, ou au moins trois lettres d’un nom.")},
    )
