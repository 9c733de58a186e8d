"""Why an agent opens something, as a form: a line of a list, and words where the list does not say it."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.handling.reasons import MAX_WORDS, OpeningReason, Why, why_in_words


def _reason(reasons: type[Why] | type[OpeningReason], *, label: Any) -> forms.TypedChoiceField:
    def offered() -> list[tuple[str, str]]:
        return [(one.value, why_in_words(one)) for one in reasons]

    messages = {
        "required": _("Choisissez un motif."),
        "invalid_choice": _("Choisissez une ligne de la liste."),
    }
    return forms.TypedChoiceField(
        label=label,
        choices=lazy(offered, list),
        coerce=reasons,
        widget=forms.RadioSelect,
        error_messages=messages,
    )


class _WordsForm(forms.Form):
    words = forms.CharField(
        label=_("Précision"),
        required=False,
        max_length=MAX_WORDS,
        error_messages={"max_length": _("Ce texte est trop long : 200 signes au plus.")},
    )


class RequestReasonForm(_WordsForm):
    """Why a request that is over is opened."""

    why = _reason(Why, label=_("Pourquoi ouvrir cette demande ?"))
    field_order = ("why", "words")


class FileReasonForm(_WordsForm):
    """Why a member's file is opened."""

    reason = _reason(OpeningReason, label=_("Votre motif"))
    field_order = ("reason", "words")
