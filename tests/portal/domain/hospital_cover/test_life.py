"""What may still happen to a request whose answer is a letter: one answer, and no half ones (PEC-05)."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling import actions as desk
from entraide.portal.domain.hospital_cover.deciding import accept_cover, refuse_cover
from entraide.portal.domain.hospital_cover.models import CoverLetter
from entraide.portal.domain.hospital_cover.queries import cover_answer
from entraide.portal.domain.hospital_cover.sending import letter_leaves
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.messaging import OutMail
from entraide.portal.domain.requests.models import Request
from entraide.portal.domain.requests.queries import request_of
from entraide.portal.domain.requests.replying import withdraw
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.gateways.outbox import Outbox
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household, Post
from tests.portal.domain.hospital_cover.stays import agent, ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_sent(by_agents: None, viewer: Viewer, household: Household) -> Request:
    return ask(viewer, household.child.pk)


def state_of(request: Request) -> str:
    request.refresh_from_db()
    return request.state


def may_withdraw(viewer: Viewer, request: Request) -> bool:
    found = request_of(viewer, request.reference)
    assert found is not None
    return found.may_withdraw


def test_words_alone_are_no_answer_and_lead_to_the_decision(request_sent: Request) -> None:
    _row, ada = agent()

    with pytest.raises(DomainError, match="accordez la prise en charge, ou refusez-la"):
        desk.answer(ada, request_sent.reference, words="C’est fait.", now=timezone.now())

    assert state_of(request_sent) == "received"


def test_words_are_no_answer_while_the_letter_is_on_its_way_either(request_sent: Request) -> None:
    _row, ada = agent()
    accept_cover(ada, request_sent.reference, now=timezone.now())

    with pytest.raises(DomainError, match="lettre"):
        desk.answer(ada, request_sent.reference, words="C’est fait.", now=timezone.now())


def test_papers_sent_under_the_same_type_are_answered_in_words(request_sent: Request) -> None:
    Request.objects.update(answers="")
    _row, ada = agent()

    assert desk.answer(ada, request_sent.reference, words="Bien reçu.", now=timezone.now())


def test_the_refusal_of_the_desk_is_that_of_the_command(request_sent: Request) -> None:
    _row, ada = agent()

    desk.refuse(ada, request_sent.reference, code="card-enough", now=timezone.now())

    with pytest.raises(DomainError, match="terminée"):
        accept_cover(ada, request_sent.reference, now=timezone.now())
    assert state_of(request_sent) == "refused"


def test_a_reason_that_is_about_other_requests_is_not_taken(request_sent: Request) -> None:
    _row, ada = agent()
    Request.objects.update(category="dental", type="dental-care")

    with pytest.raises(DomainError, match="motif"):
        desk.refuse(ada, request_sent.reference, code="card-enough", now=timezone.now())


def test_a_request_that_a_colleague_holds_is_not_decided(request_sent: Request) -> None:
    _row, ada = agent()
    _other, eve = agent("eve@example.org", "Ève Morin")
    desk.take(ada, request_sent.reference, now=timezone.now())

    for decide in (
        lambda: accept_cover(eve, request_sent.reference, now=timezone.now()),
        lambda: refuse_cover(eve, request_sent.reference, code="card-enough", now=timezone.now()),
    ):
        with pytest.raises(DomainError, match="collègue"):
            decide()


def test_the_answer_is_the_agents_who_decided_it(
    request_sent: Request, sent: Callable[[], list[Post]]
) -> None:
    row, ada = agent()

    accept_cover(ada, request_sent.reference, now=timezone.now())
    posts = sent()

    assert [(one.state, one.by, one.actor) for one in request_sent.steps.all()][1:] == [
        ("in_progress", "agent", row.account_id),
        ("done", "agent", row.account_id),
    ]
    assert sorted(one.notice for one in posts) == ["deposit_received", "hospital_letter", "request_answered"]


def test_a_question_to_the_member_does_not_stop_a_letter(request_sent: Request) -> None:
    _row, ada = agent()
    desk.ask(ada, request_sent.reference, words="Quel service ?", now=timezone.now())

    accept_cover(ada, request_sent.reference, now=timezone.now())
    drain()

    assert state_of(request_sent) == "done"


def test_before_a_decision_the_member_withdraws(request_sent: Request, viewer: Viewer) -> None:
    _row, ada = agent()

    withdraw(viewer, request_sent.reference, now=timezone.now())

    with pytest.raises(DomainError, match="terminée"):
        accept_cover(ada, request_sent.reference, now=timezone.now())


def test_a_letter_that_has_not_left_is_withdrawn_and_never_leaves(
    request_sent: Request, viewer: Viewer
) -> None:
    _row, ada = agent()
    accept_cover(ada, request_sent.reference, now=timezone.now())
    assert may_withdraw(viewer, request_sent)

    withdraw(viewer, request_sent.reference, now=timezone.now())
    drain()

    assert state_of(request_sent) == "withdrawn"
    assert CoverLetter.objects.get().sent_at is None
    assert Delivery.objects.get(notice="hospital_letter").state == "expired"
    assert cover_answer(viewer, request_sent.reference) is None


def test_once_it_may_be_at_the_hospital_it_is_neither_withdrawn_nor_refused(
    request_sent: Request, viewer: Viewer
) -> None:
    _row, ada = agent()
    accept_cover(ada, request_sent.reference, now=timezone.now())
    assert letter_leaves(request_sent.pk, sending=1, now=timezone.now())

    assert not may_withdraw(viewer, request_sent)
    with pytest.raises(DomainError, match="appelez-nous"):
        withdraw(viewer, request_sent.reference, now=timezone.now())
    with pytest.raises(DomainError, match="peut-être déjà"):
        desk.refuse(ada, request_sent.reference, code="card-enough", now=timezone.now())


def test_a_mail_server_that_says_no_leaves_the_request_free(
    request_sent: Request, viewer: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no(_self: Outbox, _mail: OutMail) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(Outbox, "send_mail", no)
    _row, ada = agent()
    accept_cover(ada, request_sent.reference, now=timezone.now())
    drain()

    assert may_withdraw(viewer, request_sent)
    refuse_cover(ada, request_sent.reference, code="card-enough", now=timezone.now())
    assert state_of(request_sent) == "refused"
