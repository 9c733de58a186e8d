"""What is said before a file is opened in an emergency, and when somebody else looks at it afterwards."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.emergency.enums import EmergencyReason
from entraide.portal.domain.emergency.opening import LONGEST_TICKET, MAX_WORDS, Emergency
from entraide.portal.domain.emergency.reviewing import MAX_REVIEW
from entraide.portal.domain.emergency.words import reason_words
from entraide.portal.foundation.forms.keys import RequestKeyField

_TOO_LONG = _("Ce texte est trop long : %(limit_value)d signes au plus.")


def _reasons() -> list[tuple[str, str]]:
    return [(one.value, reason_words(one)) for one in EmergencyReason]


class EmergencyForm(forms.Form):
    request_key = RequestKeyField()
    whose = forms.CharField(
        label=_("Numéro d’adhérent, ou référence d’une demande"),
        max_length=40,
        error_messages={
            "required": _("Tapez le numéro du dossier à ouvrir."),
            "max_length": _("Ce numéro est trop long : %(limit_value)d signes au plus."),
        },
    )
    why = forms.ChoiceField(
        label=_("Votre motif"),
        choices=lazy(_reasons, list),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez un motif."),
            "invalid_choice": _("Choisissez une ligne de la liste."),
        },
    )
    words = forms.CharField(
        label=_("Ce qui se passe"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=MAX_WORDS,
        error_messages={
            "required": _("Écrivez ce qui se passe : la personne pourra le lire."),
            "max_length": _TOO_LONG,
        },
    )
    ticket = forms.CharField(
        label=_("Numéro du ticket"),
        max_length=LONGEST_TICKET,
        error_messages={
            "required": _("Tapez le numéro du ticket, par exemple INC-4711."),
            "max_length": _("Ce numéro est trop long : %(limit_value)d signes au plus."),
        },
    )

    def said(self) -> Emergency:
        """What a valid form says."""
        given = self.cleaned_data
        return Emergency(
            whose=given["whose"],
            why=EmergencyReason(given["why"]),
            words=given["words"],
            ticket=given["ticket"],
        )


class ReviewForm(forms.Form):
    words = forms.CharField(
        label=_("Ce que vous avez vérifié"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=MAX_REVIEW,
        error_messages={"required": _("Écrivez ce que vous avez vérifié."), "max_length": _TOO_LONG},
    )
