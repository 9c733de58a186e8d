"""What the people of the social fund note: what is there, which commission, and what it decided."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.handling.actions import MAX_WORDS
from entraide.portal.domain.requests.enums import RequestKind
from entraide.portal.domain.social_fund.deciding import MAX_PAYEE, Decided
from entraide.portal.domain.social_fund.enums import Outcome
from entraide.portal.foundation.forms import EurosField
from entraide.portal.foundation.web.wording import day, text
from entraide.profiles import Paper

_UNKNOWN = {"invalid_choice": _("Choisissez une ligne de la liste.")}


class FileForm(forms.Form):
    """What is ticked is there; a whole file goes on the agenda."""

    papers = forms.MultipleChoiceField(
        label=_("Là, ou pas nécessaire ici"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages=_UNKNOWN,
    )
    commission = forms.ChoiceField(label=_("Commission"), required=False, error_messages=_UNKNOWN)

    def __init__(
        self, *args: Any, papers: Sequence[Paper], commissions: Sequence[date], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        days = [(one.isoformat(), day(one)) for one in commissions]
        _offer(self.fields["papers"], [(one.id, text(one.label)) for one in papers])
        _offer(self.fields["commission"], [("", _("Pas encore inscrit")), *days])

    def clean_commission(self) -> date | None:
        chosen = self.cleaned_data["commission"]
        return date.fromisoformat(chosen) if chosen else None


class DecisionForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Décision de la commission"),
        widget=forms.RadioSelect,
        choices=[
            (Outcome.GRANTED.value, _("Aide accordée")),
            (Outcome.REFUSED.value, _("Aide refusée")),
            (Outcome.PUT_OFF.value, _("Renvoyée à la commission suivante")),
        ],
        error_messages={"required": _("Choisissez une réponse."), **_UNKNOWN},
    )
    amount = EurosField(label=_("Montant accordé"), required=False)
    payee = forms.CharField(
        label=_("Versée à"),
        max_length=MAX_PAYEE,
        required=False,
        error_messages={"max_length": _("C’est trop long : %(limit_value)d caractères au plus.")},
    )
    refusal = forms.ChoiceField(label=_("Motif, pour un refus"), required=False, error_messages=_UNKNOWN)
    words = forms.CharField(
        label=_("Un mot pour l’adhérent"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=MAX_WORDS,
        error_messages={"max_length": _("Ce texte est trop long : 4 000 signes au plus.")},
    )

    def __init__(self, *args: Any, type_id: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = settings.PROFILE.desk.refusals_for(type_id, kind=RequestKind.SOCIAL_FUND)
        _offer(self.fields["refusal"], [("", _("Aucun")), *((one.id, text(one.label)) for one in fitting)])

    def decided(self) -> Decided:
        """What a valid form says."""
        given = self.cleaned_data
        return Decided(
            outcome=Outcome(given["outcome"]),
            amount=given["amount"] or 0,
            payee=given["payee"],
            refusal=given["refusal"],
            words=given["words"],
        )


def _offer(field: forms.Field, choices: list[tuple[str, Any]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
