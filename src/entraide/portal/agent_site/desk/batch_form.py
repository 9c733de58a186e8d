"""What may be done with requests that were ticked together, and what each act needs."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from entraide.portal.agent_site.desk.forms import offer, team_choices
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.handling.batches import Batch, BatchAct
from entraide.portal.domain.handling.queries import QueueRow
from entraide.portal.foundation.web.wording import text
from entraide.profiles import ReadyWords, Refusal

_UNKNOWN = {"invalid_choice": _("Choisissez une ligne de la liste.")}


class BatchForm(forms.Form):
    """One act; the fields of the others may stay as they are. What is offered fits the chosen requests."""

    act = forms.ChoiceField(
        label=_("Que faire de ces demandes ?"),
        widget=forms.RadioSelect,
        choices=(
            (BatchAct.TAKE.value, _("Les prendre en charge")),
            (BatchAct.TO_ME.value, _("Les reprendre à mon nom")),
            (BatchAct.TO_TEAM.value, _("Les confier à une équipe")),
            (BatchAct.ASK.value, _("Leur poser la même question, ou demander les mêmes papiers")),
            (BatchAct.ANSWER.value, _("Leur envoyer la même réponse")),
            (BatchAct.REFUSE.value, _("Les refuser pour le même motif")),
        ),
        error_messages={"required": _("Choisissez ce que vous voulez faire."), **_UNKNOWN},
    )
    team = forms.ChoiceField(label=_("Équipe, pour confier"), required=False, error_messages=_UNKNOWN)
    question = forms.ChoiceField(label=_("Question, pour demander"), required=False, error_messages=_UNKNOWN)
    papers = forms.MultipleChoiceField(
        label=_("Papiers à demander"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages=_UNKNOWN,
    )
    ready = forms.ChoiceField(label=_("Réponse, pour un envoi"), required=False, error_messages=_UNKNOWN)
    code = forms.ChoiceField(label=_("Motif, pour un refus"), required=False, error_messages=_UNKNOWN)

    def __init__(self, *args: Any, agent: AgentViewer, rows: Sequence[QueueRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        desk = settings.PROFILE.desk
        # Requests of one sort: what fits the first fits all, and others are refused as a whole.
        of = {"type_id": rows[0].type_id, "kind": rows[0].kind} if rows else {"type_id": "", "kind": ""}
        offer(self.fields["team"], [("", _("Aucune")), *team_choices(agent)])
        offer(self.fields["question"], [("", _("Aucune")), *_labels(desk.ready_for("question", **of))])
        offer(self.fields["papers"], [(one.id, text(one.label)) for one in settings.PROFILE.pieces.papers])
        offer(self.fields["ready"], [("", _("Aucune")), *_labels(desk.ready_for("answer", **of))])
        offer(self.fields["code"], [("", _("Aucun")), *_labels(desk.refusals_for(**of))])

    def batch(self) -> Batch:
        """What a valid form asks for."""
        chosen = self.cleaned_data
        act = BatchAct(chosen["act"])
        return Batch(
            act,
            ready=chosen["question"] if act == BatchAct.ASK else chosen["ready"],
            team=chosen["team"],
            papers=tuple(chosen["papers"]),
            code=chosen["code"],
        )


def _labels(found: Iterable[ReadyWords | Refusal]) -> list[tuple[str, str]]:
    return [(one.id, text(one.label)) for one in found]
