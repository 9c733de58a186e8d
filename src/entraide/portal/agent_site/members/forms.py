"""The forms around a member's file: whom an agent looks for, and why they open it."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.handling.file_reasons import MAX_REASON, OpeningReason, reason_words


class PeopleForm(forms.Form):
    text = forms.CharField(
        label=_("Numéro d’adhérent ou de Sécurité sociale, nom ou prénom"),
        max_length=80,
        error_messages={"required": _("Tapez un numéro, ou au moins trois lettres d’un nom.")},
    )


def _reasons() -> list[tuple[str, str]]:
    return [(one.value, reason_words(one)) for one in OpeningReason]


class ReasonForm(forms.Form):
    """A line of the list, and words where the list does not say it."""

    reason = forms.ChoiceField(
        label=_("Votre motif"),
        choices=lazy(_reasons, list),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez un motif."),
            "invalid_choice": _("Choisissez une ligne de la liste."),
        },
    )
    words = forms.CharField(
        label=_("Précision"),
        required=False,
        max_length=MAX_REASON,
        error_messages={"max_length": _("Ce texte est trop long : 200 signes au plus.")},
    )
