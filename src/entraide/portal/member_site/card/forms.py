"""The form that asks for a card again: whose, and why (CARD-02)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.requests.card_copies import CopyReason
from entraide.portal.foundation.forms import KeyedForm


class CardForm(KeyedForm):
    people = forms.MultipleChoiceField(
        label=_("Pour qui ?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Cochez au moins une personne."),
            "invalid_choice": _("Choisissez parmi les personnes de la liste."),
        },
    )
    reason = forms.ChoiceField(
        label=_("Que s’est-il passé ?"),
        widget=forms.RadioSelect,
        choices=[
            (CopyReason.LOST.value, _("Elle est perdue")),
            (CopyReason.STOLEN.value, _("Elle a été volée")),
            (CopyReason.DAMAGED.value, _("Elle est abîmée")),
            (CopyReason.NEVER_CAME.value, _("Elle n’est jamais arrivée")),
        ],
        error_messages={
            "required": _("Choisissez une réponse."),
            "invalid_choice": _("Choisissez une réponse."),
        },
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.fields["people"]
        assert isinstance(offered, forms.MultipleChoiceField)
        offered.choices = people
        if len(people) == 1:
            offered.initial = [people[0][0]]

    def file_fields(self) -> Mapping[str, str]:
        """No paper goes with it."""
        return {}
