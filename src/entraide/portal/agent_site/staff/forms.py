"""An access that is asked for: whose, which role."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.agents.actions.people import LONGEST_NAME
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.identifiers import LONGEST
from entraide.portal.domain.agents.words import role_words
from entraide.portal.foundation.forms.keys import RequestKeyField

_TOO_LONG = _("C’est trop long : %(limit_value)d caractères au plus.")


class RoleForm(forms.Form):
    request_key = RequestKeyField()
    role = forms.ChoiceField(
        label=_("Rôle"),
        error_messages={
            "required": _("Choisissez un rôle."),
            "invalid_choice": _("Choisissez un rôle de la liste."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choisir un rôle")), *((one.value, role_words(one)) for one in Role)]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> Role:
        """The role of a valid form."""
        return Role(self.cleaned_data["role"])


class InvitationForm(RoleForm):
    full_name = forms.CharField(
        label=_("Prénom et nom"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Tapez le prénom et le nom."), "max_length": _TOO_LONG},
    )
    identifier = forms.CharField(
        label=_("Adresse e-mail professionnelle"),
        max_length=LONGEST,
        widget=forms.EmailInput,
        error_messages={"required": _("Tapez l’adresse e-mail."), "max_length": _TOO_LONG},
    )

    field_order = ("request_key", "full_name", "identifier", "role")
