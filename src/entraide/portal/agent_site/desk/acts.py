"""What an agent may do with the request on the screen: each act, and what is said when it is done."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.desk.forms import ActForm
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling import actions
from entraide.portal.domain.handling.colleagues import hand_to_colleague
from entraide.portal.domain.handling.enclosing import held_enclosures


def _take(request: AgentRequest, reference: str, _form: ActForm) -> str:
    actions.take(request.agent, reference, now=timezone.now())
    return _("Vous vous occupez de cette demande.")


def _to_me(request: AgentRequest, reference: str, _form: ActForm) -> str:
    actions.hand_over(request.agent, reference, to=request.user.identifier)
    return _("Vous vous occupez de cette demande.")


def _to_team(request: AgentRequest, reference: str, _form: ActForm) -> str:
    actions.hand_over(request.agent, reference, team=request.POST.get("team", "") or "?")
    return _("La demande est chez l’équipe choisie.")


def _to_colleague(request: AgentRequest, reference: str, form: ActForm) -> str:
    given = form.cleaned_data
    chosen = hand_to_colleague(
        request.agent, reference, colleague=given["colleague"], words=given["note"], now=timezone.now()
    )
    return _("%(name)s s’occupe maintenant de cette demande.") % {"name": chosen.full_name}


def _hand_back(request: AgentRequest, reference: str, _form: ActForm) -> str:
    actions.hand_back(request.agent, reference, now=timezone.now())
    return _("La demande est rendue à son équipe.")


def _ask(request: AgentRequest, reference: str, form: ActForm) -> str:
    given = form.cleaned_data
    actions.ask(
        request.agent,
        reference,
        words=given["words"],
        papers=given["papers"],
        form_key=form.key,
        now=timezone.now(),
    )
    return _("Votre question est partie : le délai s’arrête jusqu’à la réponse.")


def _answer(request: AgentRequest, reference: str, form: ActForm) -> str:
    words = form.cleaned_data["words"]
    done = actions.answer(request.agent, reference, words=words, form_key=form.key, now=timezone.now())
    return _("Votre réponse est partie.") if done else _("Votre réponse attend l’accord d’un collègue.")


def _approve(request: AgentRequest, reference: str, _form: ActForm) -> str:
    binding = request.POST.get("binding", "")
    actions.approve(request.agent, reference, binding=binding, now=timezone.now())
    return _("La réponse est partie.")


def _refuse(request: AgentRequest, reference: str, form: ActForm) -> str:
    given = form.cleaned_data
    actions.refuse(
        request.agent,
        reference,
        code=given["code"],
        words=given["words"],
        form_key=form.key,
        now=timezone.now(),
    )
    return _("La demande est refusée, avec son motif.")


def _note(request: AgentRequest, reference: str, form: ActForm) -> str:
    if held_enclosures(request.agent, form.key):
        raise DomainError(
            _("Une note ne porte pas de fichier : retirez-le, ou envoyez-le à l’adhérent."), field="files"
        )
    actions.note(request.agent, reference, words=form.cleaned_data["words"], now=timezone.now())
    return _("C’est noté pour vos collègues.")


# By the value of the button.
ACTS: dict[str, Callable[[AgentRequest, str, ActForm], str]] = {
    "take": _take,
    "to_me": _to_me,
    "to_team": _to_team,
    "to_colleague": _to_colleague,
    "hand_back": _hand_back,
    "ask": _ask,
    "answer": _answer,
    "approve": _approve,
    "refuse": _refuse,
    "note": _note,
}
