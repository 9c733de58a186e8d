"""What an agent does with a request: each act takes its right, locks the row, and is told as a fact."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.agents.queries import agent_named
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.enclosing import drop_proposed_files, files_to_enclose, proposed_files
from entraide.portal.domain.handling.events import (
    AnswerApproved,
    AnswerProposed,
    RequestHandedOver,
    RequestNoted,
)
from entraide.portal.domain.handling.models import Note, Proposal
from entraide.portal.domain.handling.policies import (
    is_same_person,
    need,
    need_distance,
    teams_for,
    within_sight,
)
from entraide.portal.domain.handling.queries import MOST_AT_ONCE
from entraide.portal.domain.requests.enums import FINAL_STATES, By, Move
from entraide.portal.domain.requests.life import Hand, NotNow, Said, make_move
from entraide.portal.domain.requests.models import Request, RequestFile
from entraide.portal.domain.requests.pieces import paper_named
from entraide.portal.domain.requests.references import tidy_reference
from entraide.portal.foundation.events.facts import publish

MAX_WORDS = 4000


@dataclass(frozen=True, slots=True)
class Left:
    """One request of a batch on which nothing was done, and why."""

    reference: str
    reason: str


def take(agent: AgentViewer, reference: str, *, now: datetime) -> None:
    """The agent takes care of it. Raises NotNow when a colleague was quicker."""
    with transaction.atomic():
        request = request_to_handle(agent, reference)
        make_move(request.pk, move=Move.TAKE, hand=hand_of(agent), now=now)
        give(request, handler=agent.id)


def hand_back(agent: AgentViewer, reference: str, *, now: datetime) -> None:
    """Back to the team: anybody of it may take it."""
    with transaction.atomic():
        request = held_by_me(agent, reference)
        make_move(request.pk, move=Move.HAND_BACK, hand=hand_of(agent), now=now)
        give(request, handler=None)


def hand_over(agent: AgentViewer, reference: str, *, team: str = "", to: str = "") -> None:
    """To another team, or to a colleague by their address, oneself included. Its state stays as it is."""
    need(agent, Right.ANSWER_REQUESTS)
    if team and team not in {one.id for one in teams_for(agent)}:
        raise DomainError(_("Cette équipe n’existe pas."), field="team")
    colleague = agent_named(to) if to else None
    if to and (colleague is None or not _may_take_over(colleague, agent)):
        raise DomainError(_("Aucun collègue qui répond aux demandes n’a cette adresse."), field="to")
    with transaction.atomic():
        request = request_to_handle(agent, reference)
        if request.state in FINAL_STATES:
            raise NotNow(_("Cette demande est terminée : rien ne peut plus y être changé."))
        if colleague is not None:
            need_distance(colleague, request)
        request.team = team or request.team
        give(request, handler=colleague.id if colleague else None)
        publish(
            RequestHandedOver(
                actor=agent.account_id,
                about=request.sender_id,
                request_id=request.pk,
                team=request.team,
                handler=request.handler,
            )
        )


def ask(
    agent: AgentViewer,
    reference: str,
    *,
    words: str,
    papers: Sequence[str] = (),
    form_key: UUID | None = None,
    now: datetime,
) -> None:
    """Asks the member for something; the promised delay stands still until the reply.

    `papers`: ids of the mutual's papers, each with its own place in the reply. Words, papers, or both.
    `form_key`: of the files that go along, see `enclosing.py`.
    """
    _said(words, needed=not papers)
    if any(paper_named(one) is None for one in papers):
        raise DomainError(_("Choisissez les papiers dans la liste."), field="papers")
    with transaction.atomic():
        request = held_by_me(agent, reference)
        said = Said(words=words, papers=tuple(papers), enclosed=files_to_enclose(agent, form_key))
        make_move(request.pk, move=Move.ASK, hand=hand_of(agent), said=said, now=now)
        give(request, handler=agent.id)


def answer(
    agent: AgentViewer, reference: str, *, words: str, form_key: UUID | None = None, now: datetime
) -> bool:
    """Answers, and ends it; False when the answer waits for a second agent, as the mutual's profile asks.

    `form_key`: of the files that go along, see `enclosing.py`.
    """
    _said(words, needed=True)
    with transaction.atomic():
        request = held_by_me(agent, reference)
        said = Said(words=words, enclosed=files_to_enclose(agent, form_key))
        if request.type in settings.PROFILE.desk.second_look:
            _propose(agent, request, said, now=now)
            return False
        make_move(request.pk, move=Move.ANSWER, hand=hand_of(agent), said=said, now=now)
        give(request, handler=agent.id)
    return True


def approve(agent: AgentViewer, reference: str, *, binding: str, now: datetime) -> None:
    """The second agent's agreement to exactly what they read (`binding`): the answer leaves.

    Raises DomainError when it has changed since, or the second agent is the first one by any account.
    """
    need(agent, Right.APPROVE_REQUESTS)
    with transaction.atomic():
        request = request_to_handle(agent, reference)
        proposal = Proposal.objects.select_related("agent").filter(request=request).first()
        if proposal is None or proposal.binding != binding or _binding(request, proposal.words) != binding:
            raise DomainError(_("La réponse proposée a changé : relisez-la avant d’approuver."))
        if is_same_person(agent, proposal.agent):
            raise DomainError(_("Une autre personne que celle qui a proposé la réponse doit approuver."))
        said = Said(words=proposal.words, enclosed=proposed_files(request))
        proposal.delete()
        publish(AnswerApproved(actor=agent.account_id, about=request.sender_id, request_id=request.pk))
        make_move(request.pk, move=Move.ANSWER, hand=hand_of(agent), said=said, now=now)


def refuse(
    agent: AgentViewer,
    reference: str,
    *,
    code: str,
    words: str = "",
    form_key: UUID | None = None,
    now: datetime,
) -> None:
    """Ends it for a reason of the mutual's list, which the member reads with what to do next.

    `form_key`: of the files that go along, see `enclosing.py`.
    """
    _said(words, needed=False)
    with transaction.atomic():
        request = held_by_me(agent, reference)
        fitting = settings.PROFILE.desk.refusals_for(request.type, kind=request.kind)
        if code not in {one.id for one in fitting}:
            raise DomainError(_("Choisissez le motif du refus dans la liste."), field="code")
        said = Said(words=words, refusal=code, enclosed=files_to_enclose(agent, form_key))
        make_move(request.pk, move=Move.REFUSE, hand=hand_of(agent), said=said, now=now)
        _drop_proposal(request)
        give(request, handler=agent.id)


def note(agent: AgentViewer, reference: str, *, words: str, now: datetime) -> None:
    """A word for colleagues: the member does not read it here."""
    _said(words, needed=True)
    with transaction.atomic():
        request = request_to_handle(agent, reference)
        Note.objects.create(request=request, agent_id=agent.id, words=words, at=now)
        publish(RequestNoted(actor=agent.account_id, about=request.sender_id, request_id=request.pk))


def on_each(agent: AgentViewer, references: Iterable[str], act: Callable[[str], object]) -> list[Left]:
    """The same act on alike requests, each by itself; gives those on which nothing was done, and why.

    Raises DomainError for more than `MOST_AT_ONCE`, or requests of different kinds; then nothing is done.
    """
    wanted = list(dict.fromkeys(tidy_reference(one) for one in references))
    if len(wanted) > MOST_AT_ONCE:
        raise DomainError(_("Choisissez 100 demandes au plus."))
    kinds = (
        Request.objects.filter(within_sight(agent), reference__in=wanted)
        .values_list("category", "type")
        .distinct()
    )
    if len(kinds) > 1:
        raise DomainError(_("Choisissez des demandes de la même sorte."))
    left = []
    for reference in wanted:
        try:
            act(reference)
        except DomainError as refusal:
            left.append(Left(reference, refusal.message))
    return left


def _may_take_over(colleague: AgentViewer, agent: AgentViewer) -> bool:
    """Somebody who answers requests, and sees the same ones."""
    is_alike = within_sight(colleague) == within_sight(agent)
    return is_alike and may(colleague.role, Right.ANSWER_REQUESTS)


def request_to_handle(agent: AgentViewer, reference: str) -> Request:
    """The request, locked, for who answers requests and is not of the family."""
    need(agent, Right.ANSWER_REQUESTS)
    rows = (
        Request.objects.filter(within_sight(agent)).select_for_update(of=("self",)).select_related("sender")
    )
    request = rows.filter(reference=tidy_reference(reference)).first()
    if request is None:
        raise DomainError(_("Aucune demande n’a cette référence."))
    need_distance(agent, request)
    return request


def held_by_me(agent: AgentViewer, reference: str) -> Request:
    """The request, locked, for who may handle it, unless a colleague takes care of it.

    Two agents do not answer one member. Raises DomainError, or NotNow for the colleague's.
    """
    request = request_to_handle(agent, reference)
    if request.handler not in {None, agent.id}:
        raise NotNow(_("Un collègue s’occupe de cette demande : reprenez-la d’abord à votre nom."))
    return request


def give(request: Request, *, handler: UUID | None) -> None:
    """Stores who takes care of it now, and the team that the request names."""
    request.handler = handler
    request.save(update_fields=["team", "handler"])


def _propose(agent: AgentViewer, request: Request, said: Said, *, now: datetime) -> None:
    if request.state in FINAL_STATES:
        raise NotNow(_("Cette demande est terminée : rien ne peut plus y être changé."))
    _drop_proposal(request)
    # With the request and without a message: for the second agent to read, and nobody else.
    RequestFile.objects.filter(pk__in=said.enclosed).update(request=request)
    binding = _binding(request, said.words)
    Proposal.objects.create(request=request, agent_id=agent.id, words=said.words, binding=binding, at=now)
    publish(AnswerProposed(actor=agent.account_id, about=request.sender_id, request_id=request.pk))
    give(request, handler=agent.id)


def _drop_proposal(request: Request) -> None:
    Proposal.objects.filter(request=request).delete()
    drop_proposed_files(request)


def _binding(request: Request, words: str) -> str:
    """Everything that the second agent agrees to: what was asked, each file and reply, and the answer."""
    files = list(request.files.order_by("pk").values_list("sha256", flat=True))
    last = request.steps.order_by("-pk").values_list("pk", flat=True).first()
    content = [str(request.pk), request.content_digest, request.state, last, files, words]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def hand_of(agent: AgentViewer) -> Hand:
    """The agent, as a move tells who made it."""
    return Hand(by=By.AGENT, actor=agent.account_id)


def _said(words: str, *, needed: bool) -> None:
    if needed and not words.strip():
        raise DomainError(_("Écrivez quelques mots."), field="words")
    if len(words) > MAX_WORDS:
        raise DomainError(_("Ce texte est trop long : 4 000 signes au plus."), field="words")
