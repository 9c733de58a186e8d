"""One act on alike requests that an agent ticked in the queue (B-14, A77): each by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.policies import Right
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling import actions
from entraide.portal.domain.handling.actions import Left, on_each
from entraide.portal.domain.handling.colleagues import hand_to_oneself
from entraide.portal.domain.handling.opening import OpenRequest, open_request
from entraide.portal.domain.handling.policies import need
from entraide.portal.foundation.web.wording import day
from entraide.profiles import ReadyWords


class BatchAct(TextChoices):
    TAKE = "take"
    TO_ME = "to_me"
    TO_TEAM = "to_team"
    ASK = "ask"
    ANSWER = "answer"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Batch:
    """What is done with each. `ready`: the id of words of the profile, for an answer or a question.

    `team` to hand over; `papers` to ask for by name; `code`: the reason of a refusal.
    """

    act: BatchAct
    ready: str = ""
    team: str = ""
    papers: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """On which it was done, which answers wait for a second agent, and what was left as it is, and why."""

    done: tuple[str, ...]
    waiting: tuple[str, ...]
    left: tuple[Left, ...]


def act_on_all(
    agent: AgentViewer, references: Sequence[str], batch: Batch, *, network: str, now: datetime
) -> Outcome:
    """The same act on each; one that is done already is left, so that a second sending changes nothing.

    Raises DomainError, and does nothing, for none, too many, or requests of different kinds.
    """
    need(agent, Right.ANSWER_REQUESTS)
    if not references:
        raise DomainError(_("Cochez au moins une demande."))
    done: list[str] = []
    waiting: list[str] = []

    def run(reference: str) -> None:
        (done if act(reference) else waiting).append(reference)

    act = _act(agent, batch, network=network, now=now)
    left = on_each(agent, references, run)
    return Outcome(tuple(done), tuple(waiting), tuple(left))


def ready_for(found: OpenRequest) -> dict[str, tuple[ReadyWords, ...]]:
    """The words of the profile that fit this request, by what they are for."""
    desk = settings.PROFILE.desk
    uses = ("answer", "question", "refusal")
    return {use: desk.ready_for(use, type_id=found.type_id, kind=found.kind) for use in uses}


def filled(ready: ReadyWords, found: OpenRequest) -> str:
    """The words with what they name, in the language that the request was sent in."""
    return ready.filled(
        found.language,
        name=found.sender_first_name,
        reference=found.reference,
        subject=found.type.in_language(found.language),
        due_on=day(found.due_on),
    )


def _act(agent: AgentViewer, batch: Batch, *, network: str, now: datetime) -> Callable[[str], bool]:
    """What is done with one; False: it waits for a second agent. Raises DomainError for what is missing."""
    if batch.act == BatchAct.TAKE:
        return _done(lambda reference: actions.take(agent, reference, now=now))
    if batch.act == BatchAct.TO_ME:
        return _done(lambda reference: hand_to_oneself(agent, reference))
    if batch.act == BatchAct.TO_TEAM:
        if not batch.team:
            raise DomainError(_("Choisissez une équipe."), field="team")
        return _done(lambda reference: actions.hand_over(agent, reference, team=batch.team))
    if batch.act == BatchAct.REFUSE:
        if not batch.code:
            raise DomainError(_("Choisissez le motif du refus dans la liste."), field="code")
        return _done(lambda reference: actions.refuse(agent, reference, code=batch.code, now=now))
    if batch.act == BatchAct.ASK:
        return _asking(agent, batch, network=network, now=now)
    ready = _ready(batch.ready, use="answer")
    if ready is None:
        raise DomainError(_("Choisissez la réponse à envoyer."), field="ready")

    def answer(reference: str) -> bool:
        words = _words(agent, reference, ready, network=network, now=now)
        return actions.answer(agent, reference, words=words, now=now)

    return answer


def _asking(agent: AgentViewer, batch: Batch, *, network: str, now: datetime) -> Callable[[str], bool]:
    ready = _ready(batch.ready, use="question")
    if ready is None and not batch.papers:
        raise DomainError(_("Choisissez la question à poser, ou les papiers à demander."), field="question")

    def ask(reference: str) -> None:
        words = _words(agent, reference, ready, network=network, now=now) if ready else ""
        actions.ask(agent, reference, words=words, papers=batch.papers, now=now)

    return _done(ask)


def _done(act: Callable[[str], None]) -> Callable[[str], bool]:
    """An act that never waits for a second agent."""

    def run(reference: str) -> bool:
        act(reference)
        return True

    return run


def _ready(wanted: str, *, use: str) -> ReadyWords | None:
    return next((one for one in settings.PROFILE.desk.ready if (one.id, one.use) == (wanted, use)), None)


def _words(agent: AgentViewer, reference: str, ready: ReadyWords, *, network: str, now: datetime) -> str:
    """Ready words filled in. They name the member: filling them in is reading the request, and is noted."""
    found = open_request(agent, reference, network=network, now=now)
    if found is None:
        raise DomainError(_("Aucune demande n’a cette référence."))
    return filled(ready, found)
