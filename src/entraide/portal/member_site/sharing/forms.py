"""Forms that open one's own file to somebody: nothing is ticked beforehand."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from entraide.portal.domain.members.enums import HelpScope
from entraide.portal.domain.sharing.helping import DEFAULT_MONTHS, MONTHS
from entraide.portal.foundation.forms import KeyedForm
from entraide.portal.member_site.sharing.labels import SCOPES


class ShareForm(KeyedForm):
    """Which adult of the contract, and that the person understood."""

    reader = forms.ChoiceField(
        label=_("Qui pourra lire mes soins"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez la personne qui pourra lire vos soins."),
            "invalid_choice": _("Choisissez un adulte de votre contrat."),
        },
    )
    agree = forms.BooleanField(
        label=_("J’accepte que cette personne lise le détail de mes soins, passés et à venir."),
        error_messages={"required": _("Cochez la case si vous êtes d’accord.")},
    )

    def __init__(self, *args: Any, people: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reader"].choices = [(str(one.pk), one.full_name) for one in people]  # type: ignore[attr-defined]


def _months(count: int) -> str:
    return ngettext("%(num)s mois", "%(num)s mois", count) % {"num": count}


class HelpForm(KeyedForm):
    """Who helps, for what, for how long."""

    number = forms.CharField(
        label=_("Son numéro d’adhérent"),
        max_length=20,
        error_messages={
            "required": _("Tapez le numéro écrit sur sa carte."),
            "max_length": _("Ce numéro est trop long : vérifiez-le sur sa carte."),
        },
    )
    first_name = forms.CharField(
        label=_("Son prénom"), max_length=80, error_messages={"required": _("Tapez son prénom.")}
    )
    last_name = forms.CharField(
        label=_("Son nom"), max_length=80, error_messages={"required": _("Tapez son nom.")}
    )
    scopes = forms.MultipleChoiceField(
        label=_("Ce que cette personne pourra faire"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(one.value, SCOPES[one]) for one in HelpScope],
        error_messages={
            "required": _("Choisissez au moins une chose que cette personne pourra faire."),
            "invalid_choice": _("Choisissez dans la liste."),
        },
    )
    months = forms.TypedChoiceField(
        label=_("Pour combien de temps"),
        widget=forms.RadioSelect,
        coerce=int,
        initial=DEFAULT_MONTHS,
        error_messages={
            "required": _("Choisissez une durée."),
            "invalid_choice": _("Choisissez une durée dans la liste : un an au plus."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["months"].choices = [(one, _months(one)) for one in MONTHS]  # type: ignore[attr-defined]
