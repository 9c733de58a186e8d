"""The life of a request: one table of moves, one way to make them (B-01, I-ledger)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.enums import FINAL_STATES, By, Move, RequestKind, RequestState
from entraide.portal.domain.requests.life import MOVES, Hand, NotNow, Said, make_move, may_move
from entraide.portal.domain.requests.models import Message, Request, Step
from entraide.portal.foundation.events.models import Entry
from tests.conftest import Household
from tests.portal.domain.correspondence.history import ask

# A Monday without a holiday in the two weeks after it.
MONDAY = datetime(2026, 6, 8, 9, tzinfo=UTC)
AGENT, MEMBER, SYSTEM = Hand(by=By.AGENT, actor=uuid4()), Hand(by=By.MEMBER), Hand(by=By.SYSTEM)
CORE = Hand(by=By.CORE)
HANDS = {By.AGENT: AGENT, By.MEMBER: MEMBER, By.SYSTEM: SYSTEM, By.CORE: CORE}


def asked(sender: Beneficiary) -> Request:
    request = ask(sender, at=MONDAY, files=())
    Request.objects.filter(pk=request.pk).update(due_on=date(2026, 6, 19))
    request.refresh_from_db()
    return request


@pytest.fixture
def request_(household: Household) -> Request:
    return asked(household.primary)


def test_what_the_mutual_does_from_question_to_answer(request_: Request) -> None:
    make_move(request_.pk, move=Move.TAKE, hand=AGENT, now=MONDAY)
    make_move(request_.pk, move=Move.ASK, hand=AGENT, said=Said(words="La facture ?"), now=MONDAY)
    make_move(request_.pk, move=Move.REPLY, hand=MEMBER, said=Said(words="La voici", key=uuid4()), now=MONDAY)
    make_move(request_.pk, move=Move.ANSWER, hand=AGENT, said=Said(words="C’est payé"), now=MONDAY)

    request_.refresh_from_db()
    steps = Step.objects.filter(request=request_)
    assert request_.state == RequestState.DONE
    assert request_.closed_at == MONDAY
    assert [one.by for one in steps] == ["member", "agent", "agent", "member", "agent"]
    assert [one.words for one in Message.objects.order_by("step_id")] == [
        "La facture ?", "La voici", "C’est payé"
    ]  # fmt: skip


def test_each_move_is_a_fact_without_its_words(request_: Request) -> None:
    make_move(
        request_.pk, move=Move.REFUSE, hand=AGENT, said=Said(words="Trop tard", refusal="late"), now=MONDAY
    )

    fact = Entry.objects.get()

    assert (fact.kind, fact.actor, fact.about) == ("RequestRefused", AGENT.actor, request_.sender_id)
    assert fact.data == {
        "request_id": str(request_.pk), "reference": request_.reference, "by": "agent", "language": "fr",
        "legal_clock": False, "enclosed": 0, "refusal": "late",
    }  # fmt: skip


def test_what_is_said_is_sealed(request_: Request, whole_database: object) -> None:
    make_move(request_.pk, move=Move.ASK, hand=AGENT, said=Said(words="Cardiologie"), now=MONDAY)

    assert "Cardiologie" not in whole_database()  # type: ignore[operator]


def every_move() -> Iterator[tuple[RequestState, Move, By]]:
    return ((state, move, by) for state in RequestState for move in Move for by in By)


def test_nothing_but_a_message_moves_once_it_is_over_and_nobody_does_what_is_the_other_side_s() -> None:
    allowed = {one for one in every_move() if may_move(one[0], one[1], by=one[2])}

    over = {one for one in allowed if one[0] in FINAL_STATES}
    assert over == {(RequestState.DONE, Move.REOPEN, By.MEMBER)}
    assert MOVES[Move.REOPEN].kinds == {RequestKind.MESSAGE}
    assert {one[1] for one in allowed if one[2] == By.MEMBER} == {
        Move.REPLY,
        Move.WITHDRAW,
        Move.REOPEN,
        Move.ADD,
    }
    assert {one[1] for one in allowed if one[2] == By.SYSTEM} == {Move.CHECK, Move.ASK, Move.ANSWER}
    assert {one[1] for one in allowed if one[2] == By.CORE} == {Move.ANSWER, Move.REFUSE}
    assert {one[0] for one in allowed if one[1] == Move.WITHDRAW} == set(RequestState) - set(FINAL_STATES)
    assert {one[0] for one in allowed if one[1] == Move.REPLY} == {RequestState.WAITING_FOR_MEMBER}


PLAYED = st.lists(
    st.tuples(st.sampled_from(list(Move)), st.sampled_from(list(By)), st.integers(0, 100)), max_size=8
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PLAYED)
def test_whatever_is_tried_in_whatever_order_the_table_is_kept(
    household: Household, played: list[tuple[Move, By, int]]
) -> None:
    """Against a model that knows the table alone: states, steps, facts, and the time that we waited."""
    request = asked(household.primary)
    state, now, waited, since = RequestState.RECEIVED, MONDAY, 0, MONDAY
    reached, facts = [state], Entry.objects.count()

    for move, by, hours in played:
        now += timedelta(hours=hours)
        # The request that is played with is no message: once over, it stays so.
        if move == Move.REOPEN or not may_move(state, move, by=by):
            with pytest.raises(NotNow):
                make_move(request.pk, move=move, hand=HANDS[by], now=now)
            continue
        make_move(request.pk, move=move, hand=HANDS[by], now=now)
        if state == RequestState.WAITING_FOR_MEMBER:
            waited += int((now - since).total_seconds())
        state, since = MOVES[move].end or state, now
        reached.append(state)

    request.refresh_from_db()
    assert request.state == state
    assert [one.state for one in request.steps.order_by("pk")] == reached
    assert Entry.objects.count() - facts == len(reached) - 1
    assert request.waited_seconds == waited
    assert (request.waiting_since is not None) == (state == RequestState.WAITING_FOR_MEMBER)
    assert (request.closed_at is not None) == (state in FINAL_STATES)
    assert request.due_on >= date(2026, 6, 19)


@pytest.mark.parametrize(
    ("asked_on", "replied_on", "due"),
    [
        (datetime(2026, 6, 8, 9, tzinfo=UTC), datetime(2026, 6, 8, 18, tzinfo=UTC), date(2026, 6, 19)),
        (datetime(2026, 6, 8, 9, tzinfo=UTC), datetime(2026, 6, 11, 9, tzinfo=UTC), date(2026, 6, 24)),
        (datetime(2026, 6, 12, 9, tzinfo=UTC), datetime(2026, 6, 14, 9, tzinfo=UTC), date(2026, 6, 19)),
        # Half past eleven in the evening, universal time, is the next day in France.
        (datetime(2026, 6, 8, 9, tzinfo=UTC), datetime(2026, 6, 8, 23, 30, tzinfo=UTC), date(2026, 6, 22)),
    ],
)
def test_the_promise_stands_still_while_we_wait_for_the_member(
    request_: Request, asked_on: datetime, replied_on: datetime, due: date
) -> None:
    make_move(request_.pk, move=Move.ASK, hand=AGENT, now=asked_on)
    make_move(request_.pk, move=Move.REPLY, hand=MEMBER, said=Said(key=uuid4()), now=replied_on)

    request_.refresh_from_db()

    assert request_.due_on == due
    assert request_.waited_seconds == (replied_on - asked_on).total_seconds()
    assert request_.promised_on == MONDAY.date()


def test_a_table_that_was_written_past_the_moves_is_refused(request_: Request) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.update(state=RequestState.WAITING_FOR_MEMBER)


def test_somebody_may_ask_again_after_a_withdrawal(household: Household) -> None:
    first, second = asked(household.primary), asked(household.primary)
    Request.objects.filter(pk=first.pk).update(subject="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.filter(pk=second.pk).update(subject="x")

    make_move(first.pk, move=Move.WITHDRAW, hand=MEMBER, now=MONDAY)

    assert Request.objects.filter(pk=second.pk).update(subject="x") == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("first", "second"),
    [((Move.TAKE, AGENT), (Move.TAKE, AGENT)), ((Move.ANSWER, AGENT), (Move.WITHDRAW, MEMBER))],
)
def test_of_two_moves_at_once_one_wins(
    household: Household, first: tuple[Move, Hand], second: tuple[Move, Hand]
) -> None:
    request, results = asked(household.primary), []
    start = Barrier(2)

    def run(move: Move, hand: Hand) -> None:
        start.wait()
        try:
            make_move(request.pk, move=move, hand=hand, now=MONDAY)
            results.append("won")
        except NotNow:
            results.append("late")
        finally:
            connection.close()

    threads = [Thread(target=run, args=one) for one in (first, second)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert sorted(results) == ["late", "won"]
    assert Step.objects.filter(request=request).count() == 2
