"""What agents do with requests: by right, one at a time, two where the mutual asks (A75, A78)."""

from collections.abc import Callable
from functools import partial

import pytest
from django.conf import settings

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling import actions
from entraide.portal.domain.handling.models import Note, Proposal
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.life import NotNow
from entraide.portal.domain.requests.models import Message, Request
from entraide.portal.foundation.events.models import Entry
from tests.conftest import Household
from tests.portal.bank import Staff, agent
from tests.portal.domain.handling.conftest import MONDAY, Asked, reference

SECOND_LOOK = "remove-beneficiary"


def state_of(request: Request) -> str:
    return Request.objects.get(pk=request.pk).state


def test_an_agent_takes_asks_and_answers(asked: Asked, staff: Staff) -> None:
    request, hugo = asked(), staff.handler

    actions.take(hugo, request.reference, now=MONDAY)
    actions.ask(hugo, request.reference, words="La facture ?", now=MONDAY)
    done = actions.answer(hugo, request.reference, words="C’est payé", now=MONDAY)

    request.refresh_from_db()
    assert done
    assert (request.state, request.handler) == ("done", hugo.id)
    assert [one.words for one in Message.objects.order_by("step")] == ["La facture ?", "C’est payé"]
    kinds = set(Entry.objects.filter(actor=hugo.account_id).values_list("kind", flat=True))
    assert kinds == {"RequestTaken", "RequestQuestionAsked", "RequestAnswered"}


ACTS: dict[str, Callable[[AgentViewer, str], object]] = {
    "take": lambda who, which: actions.take(who, which, now=MONDAY),
    "hand_back": lambda who, which: actions.hand_back(who, which, now=MONDAY),
    "hand_over": lambda who, which: actions.hand_over(who, which, team=settings.PROFILE.desk.teams[0].id),
    "ask": lambda who, which: actions.ask(who, which, words="?", now=MONDAY),
    "answer": lambda who, which: actions.answer(who, which, words="Oui", now=MONDAY),
    "refuse": lambda who, which: actions.refuse(who, which, code="unreadable", now=MONDAY),
    "note": lambda who, which: actions.note(who, which, words="Rappeler", now=MONDAY),
    "approve": lambda who, which: actions.approve(who, which, binding="", now=MONDAY),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", [Role.READER, Role.PAYER, Role.SECURITY_ADMIN, Role.DPO])
def test_who_does_not_answer_requests_does_nothing(asked: Asked, db: None, act: str, role: Role) -> None:
    request, somebody = asked(), agent("x@example.org", "Xavier Lormel", role)

    with pytest.raises(DomainError, match="Votre rôle"):
        ACTS[act](somebody, request.reference)

    assert state_of(request) == "received"
    assert not Note.objects.exists()


@pytest.mark.parametrize("act", ACTS)
def test_nobody_handles_what_their_own_family_asks(asked: Asked, household: Household, act: str) -> None:
    """A73: the same name, or the same address, is taken for the same person."""
    request = asked()
    bruno = agent("b@example.org", household.spouse.full_name, Role.SUPERVISOR)

    with pytest.raises(DomainError, match="de cette famille"):
        ACTS[act](bruno, request.reference)

    assert state_of(request) == "received"


def test_two_agents_do_not_answer_one_member(asked: Asked, staff: Staff) -> None:
    request = asked()
    actions.take(staff.handler, request.reference, now=MONDAY)

    for act in ("take", "ask", "answer", "refuse", "hand_back"):
        with pytest.raises(NotNow):
            ACTS[act](staff.supervisor, request.reference)

    actions.hand_over(staff.supervisor, request.reference, to="sam@example.org")
    actions.answer(staff.supervisor, request.reference, words="Oui", now=MONDAY)
    assert state_of(request) == "done"


def test_a_request_goes_to_another_team_or_back(asked: Asked, staff: Staff) -> None:
    request, other = asked(), settings.PROFILE.desk.teams[-1].id
    actions.take(staff.handler, request.reference, now=MONDAY)

    actions.hand_over(staff.handler, request.reference, team=other)
    request.refresh_from_db()
    assert (request.team, request.handler, request.state) == (other, None, "in_progress")

    actions.hand_back(staff.supervisor, request.reference, now=MONDAY)
    request.refresh_from_db()
    assert (request.handler, request.state) == (None, "checked")


@pytest.mark.parametrize(
    "wrong", [{"team": "nobody"}, {"to": "nobody@example.org"}, {"to": "paul@example.org"}]
)
def test_nothing_goes_to_who_cannot_answer(asked: Asked, staff: Staff, wrong: dict[str, str]) -> None:
    request = asked()

    with pytest.raises(DomainError):
        actions.hand_over(staff.handler, request.reference, **wrong)


def test_a_refusal_needs_a_code_of_the_list(asked: Asked, staff: Staff) -> None:
    request = asked()

    with pytest.raises(DomainError, match="motif") as refusal:
        actions.refuse(staff.handler, request.reference, code="because", now=MONDAY)

    assert refusal.value.field == "code"
    assert state_of(request) == "received"


def test_a_question_and_an_answer_need_words(asked: Asked, staff: Staff) -> None:
    request = asked()

    for act in (actions.ask, actions.answer, actions.note):
        for words in ("  ", "é" * 4001):
            with pytest.raises(DomainError):
                act(staff.handler, request.reference, words=words, now=MONDAY)


def test_some_answers_wait_for_a_second_agent(asked: Asked, staff: Staff) -> None:
    """A78: bound to the whole content; not by the same person under any account."""
    request = asked(type=SECOND_LOOK)

    done = actions.answer(staff.supervisor, request.reference, words="Oui", now=MONDAY)

    binding = Proposal.objects.get().binding
    assert not done
    assert state_of(request) == "received"
    with pytest.raises(DomainError, match="Une autre personne"):
        actions.approve(staff.supervisor, request.reference, binding=binding, now=MONDAY)
    with pytest.raises(DomainError, match="Votre rôle"):
        actions.approve(staff.handler, request.reference, binding=binding, now=MONDAY)
    actions.approve(
        agent("v@example.org", "Vera Nollet", Role.SUPERVISOR), request.reference, binding=binding, now=MONDAY
    )
    assert state_of(request) == "done"
    assert Message.objects.get().words == "Oui"


@pytest.mark.parametrize("change", ["words", "asked back", "file"])
def test_an_edit_after_the_proposal_voids_it(asked: Asked, staff: Staff, change: str) -> None:
    request = asked(type=SECOND_LOOK)
    actions.answer(staff.handler, request.reference, words="Oui", now=MONDAY)
    read = Proposal.objects.get().binding

    if change == "words":
        actions.answer(staff.handler, request.reference, words="Non", now=MONDAY)
    elif change == "asked back":
        actions.ask(staff.handler, request.reference, words="Sûr ?", now=MONDAY)
    else:
        request.files.update(sha256="0" * 64)

    with pytest.raises(DomainError, match="a changé"):
        actions.approve(staff.supervisor, request.reference, binding=read, now=MONDAY)
    assert state_of(request) != "done"


def test_alike_requests_are_answered_at_once_and_each_by_itself(
    asked: Asked, staff: Staff, stranger: Beneficiary
) -> None:
    first, over, other = asked(), asked(), asked(stranger)
    actions.answer(staff.handler, over.reference, words="Oui", now=MONDAY)
    say = partial(actions.answer, staff.handler, words="C’est payé", now=MONDAY)

    left = actions.on_each(staff.handler, [first.reference, over.reference, other.reference], say)

    assert [one.reference for one in left] == [over.reference]
    assert (state_of(first), state_of(other)) == ("done", "done")


def test_requests_of_different_kinds_are_not_answered_at_once(asked: Asked, staff: Staff) -> None:
    first, other = asked(), asked(type=SECOND_LOOK)
    take = partial(actions.take, staff.handler, now=MONDAY)

    with pytest.raises(DomainError, match="même sorte"):
        actions.on_each(staff.handler, [first.reference, other.reference], take)
    with pytest.raises(DomainError, match="100"):
        actions.on_each(staff.handler, [reference(one) for one in range(101)], take)

    assert state_of(first) == "received"
