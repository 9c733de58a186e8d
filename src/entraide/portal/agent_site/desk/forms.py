"""The forms of the desk: what the queue shows, what is looked for, what is done with a request."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from entraide.portal.agent_site.desk.enclosures import EnclosuresForm
from entraide.portal.agent_site.words import state_words
from entraide.portal.domain.agents.queries import AgentAtWork
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.handling.actions import MAX_WORDS
from entraide.portal.domain.handling.policies import teams_for
from entraide.portal.domain.handling.queries import Wanted
from entraide.portal.domain.requests.enums import FINAL_STATES, RequestState
from entraide.portal.foundation.web.wording import text

_UNKNOWN = _("Choisissez une ligne de la liste.")
_DUE = (
    ("", _("Toutes les échéances")),
    ("0", _("En retard ou dues aujourd’hui")),
    ("2", _("Dues sous deux jours")),
    ("7", _("Dues sous une semaine")),
)


def team_choices(agent: AgentViewer) -> list[tuple[str, str]]:
    """The teams whose requests this agent sees."""
    return [(one.id, text(one.label)) for one in teams_for(agent)]


def _subjects(agent: AgentViewer) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each category that a team of theirs answers, whole, then its types: `category`, `category/type`."""
    desk, mine = settings.PROFILE.desk, {one.id for one in teams_for(agent)}
    return [
        (
            text(category.label),
            [
                (category.id, _("Tout : %(category)s") % {"category": text(category.label)}),
                *((f"{category.id}/{one.id}", text(one.label)) for one in category.types),
            ],
        )
        for category in settings.PROFILE.deposit.categories
        if any(desk.team_for(category.id, one.id) in mine for one in category.types)
    ]


class QueueForm(forms.Form):
    """Blank choices show everything."""

    team = forms.ChoiceField(label=_("Équipe"), required=False, error_messages={"invalid_choice": _UNKNOWN})
    state = forms.ChoiceField(label=_("État"), required=False, error_messages={"invalid_choice": _UNKNOWN})
    about = forms.ChoiceField(label=_("Objet"), required=False, error_messages={"invalid_choice": _UNKNOWN})
    due = forms.ChoiceField(
        label=_("Échéance"), required=False, choices=_DUE, error_messages={"invalid_choice": _UNKNOWN}
    )
    mine = forms.BooleanField(label=_("Seulement celles dont je m’occupe"), required=False)

    def __init__(self, *args: Any, agent: AgentViewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(one.value, state_words(one)) for one in RequestState if one not in FINAL_STATES]
        offer(self.fields["team"], [("", _("Toutes les équipes")), *team_choices(agent)])
        offer(self.fields["state"], [("", _("Tous les états")), *states])
        offer(self.fields["about"], [("", _("Tous les objets")), *_subjects(agent)])

    def wanted(self, agent_id: Any, *, on: date) -> Wanted:
        """What a valid form asks for."""
        chosen = self.cleaned_data
        category, _slash, type_ = chosen["about"].partition("/")
        return Wanted(
            team=chosen["team"],
            state=chosen["state"],
            category=category,
            type=type_,
            handler=agent_id if chosen["mine"] else None,
            due_before=on + timedelta(days=int(chosen["due"])) if chosen["due"] else None,
        )

    @property
    def is_active(self) -> bool:
        return any(self.data.get(name) for name in self.fields)


class SearchForm(forms.Form):
    text = forms.CharField(
        label=_("Référence, numéro d’adhérent ou de Sécurité sociale, nom ou prénom"),
        max_length=80,
        widget=forms.TextInput(attrs={"data-key": "/"}),
        error_messages={"required": _("Tapez une référence, un numéro, ou au moins trois lettres d’un nom.")},
    )


class ActForm(EnclosuresForm):
    """Words for the member or for colleagues, papers that go along or are asked for, a code for a refusal."""

    words = forms.CharField(
        label=_("Votre texte"),
        widget=forms.Textarea(attrs={"rows": 7, "data-key": "r,n"}),
        required=False,
        max_length=MAX_WORDS,
        error_messages={"max_length": _("Ce texte est trop long : 4 000 signes au plus.")},
    )
    papers = forms.MultipleChoiceField(
        label=_("Papiers à demander"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _UNKNOWN},
    )
    code = forms.ChoiceField(
        label=_("Motif, pour un refus"),
        widget=forms.Select(attrs={"data-key": "d"}),
        required=False,
        error_messages={"invalid_choice": _UNKNOWN},
    )

    colleague = forms.TypedChoiceField(
        label=_("Collègue"),
        required=False,
        coerce=UUID,
        empty_value=None,
        error_messages={"invalid_choice": _UNKNOWN},
    )
    note = forms.CharField(
        label=_("Mot pour ce collègue"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=MAX_WORDS,
        error_messages={"max_length": _("Ce texte est trop long : 4 000 signes au plus.")},
    )

    def __init__(
        self, *args: Any, kind: str, type_id: str, colleagues: Sequence[AgentAtWork] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fitting = settings.PROFILE.desk.refusals_for(type_id, kind=kind)
        reasons = [(one.id, text(one.label)) for one in fitting]
        offer(self.fields["papers"], [(one.id, text(one.label)) for one in settings.PROFILE.pieces.papers])
        offer(self.fields["code"], [("", _("Aucun")), *reasons])
        names = [(str(one.id), one.full_name) for one in colleagues]
        offer(self.fields["colleague"], [("", _("Choisissez")), *names])


def offer(field: forms.Field, choices: list[tuple[str, Any]]) -> None:
    """Sets what a field of choices offers."""
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
