"""A gateway away, slow or wrong, a worker stopped in the middle: at most one fax, or a doubt that is told."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import timezone

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.hospital_cover.deciding import accept_cover
from entraide.portal.domain.hospital_cover.enums import LetterChannel
from entraide.portal.domain.hospital_cover.models import CoverLetter
from entraide.portal.domain.hospital_cover.resending import has_arrived, send_again
from entraide.portal.domain.hospital_cover.sending import LetterState, letter_leaves, state_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.messaging import InDoubt, OutMail
from entraide.portal.domain.requests.models import Request
from entraide.portal.foundation.sweeps.findings import look_everywhere
from entraide.portal.foundation.tasks.models import Job
from entraide.portal.foundation.tasks.queue import drain, rescue_lost
from entraide.portal.gateways.fax import HttpFax
from entraide.portal.gateways.outbox import Outbox
from entraide.portal.notifications import hospital_letter
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household
from tests.portal.domain.hospital_cover.stays import a_stay, agent, ask

pytestmark = pytest.mark.django_db
ELSEWHERE = "+33472009999"
Fax = dict[str, Any]


class Killed(BaseException):
    """What the program meets when its process is killed: nothing after it runs."""


@pytest.fixture
def faxed(by_agents: None, viewer: Viewer, household: Household) -> Request:
    return ask(viewer, household.child.pk, a_stay(email=""))


@pytest.fixture
def faxes(monkeypatch: pytest.MonkeyPatch) -> list[Fax]:
    """What the fax service was given."""
    taken: list[Fax] = []

    def send(_self: Outbox, **fax: object) -> None:
        taken.append(dict(fax))

    monkeypatch.setattr(Outbox, "send_fax", send)
    return taken


def ends_with(monkeypatch: pytest.MonkeyPatch, faxes: list[Fax], *errors: BaseException | None) -> None:
    """The next faxes are given to the service and end so, one after the other; then all is well."""
    rest = list(errors)

    def send(_self: Outbox, **fax: object) -> None:
        faxes.append(dict(fax))
        error = rest.pop(0) if rest else None
        if error is not None:
            raise error

    monkeypatch.setattr(Outbox, "send_fax", send)


def letter() -> CoverLetter:
    return CoverLetter.objects.get()


def standing(*, minutes: int = 0) -> LetterState:
    return state_of(letter(), now=timezone.now() + timedelta(minutes=minutes))


def run_again() -> None:
    """As if the wait before the next try were over."""
    Job.objects.filter(state="queued").update(run_at=timezone.now())
    drain()


def answers() -> int:
    return Delivery.objects.filter(notice="request_answered").count()


def test_a_service_that_is_away_is_tried_again_and_the_member_is_told_once(
    faxed: Request, faxes: list[Fax], monkeypatch: pytest.MonkeyPatch
) -> None:
    ends_with(monkeypatch, faxes, ConnectionRefusedError(), OSError("503"))
    _row, ada = agent()

    accept_cover(ada, faxed.reference, now=timezone.now())
    drain()
    assert (standing(), answers()) == (LetterState.NOT_TAKEN, 0)
    run_again()
    assert (standing(), answers()) == (LetterState.NOT_TAKEN, 0)
    run_again()

    assert (standing(), answers()) == (LetterState.SENT, 1)
    assert len({one["key"] for one in faxes}) == 1
    run_again()
    assert len(faxes) == 3


def test_a_service_that_does_not_answer_leaves_a_doubt_and_no_second_fax(
    faxed: Request, faxes: list[Fax], monkeypatch: pytest.MonkeyPatch
) -> None:
    ends_with(monkeypatch, faxes, InDoubt("silence"))
    _row, ada = agent()

    accept_cover(ada, faxed.reference, now=timezone.now())
    drain()
    run_again()

    assert (standing(), len(faxes), answers()) == (LetterState.DOUBTFUL, 1, 0)


def test_a_worker_killed_while_it_sends_leaves_a_doubt_and_no_second_fax(
    faxed: Request, faxes: list[Fax], monkeypatch: pytest.MonkeyPatch
) -> None:
    ends_with(monkeypatch, faxes, Killed())
    _row, ada = agent()
    accept_cover(ada, faxed.reference, now=timezone.now())

    with pytest.raises(Killed):
        drain()
    Job.objects.filter(state="running").update(lease_until=timezone.now() - timedelta(seconds=1))
    rescue_lost()
    run_again()

    assert (standing(), standing(minutes=6)) == (LetterState.LEAVING, LetterState.DOUBTFUL)
    assert (len(faxes), answers()) == (1, 0)
    assert Job.objects.get(kind="notifications.hospital_fax").state == "unknown"


def test_a_worker_killed_between_sending_and_recording_leaves_a_doubt_that_an_agent_ends(
    faxed: Request, faxes: list[Fax], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_values: object, **_more: object) -> None:
        raise Killed

    monkeypatch.setattr(hospital_letter, "note_sent", killed)
    _row, ada = agent()
    accept_cover(ada, faxed.reference, now=timezone.now())
    with pytest.raises(Killed):
        drain()
    Job.objects.filter(state="running").update(lease_until=timezone.now() - timedelta(seconds=1))
    rescue_lost()
    run_again()
    assert len(faxes) == 1
    with pytest.raises(DomainError, match="cinq minutes"):
        has_arrived(ada, faxed.reference, now=timezone.now())

    has_arrived(ada, faxed.reference, now=timezone.now() + timedelta(minutes=6))
    drain()

    assert (standing(), answers()) == (LetterState.SENT, 1)


def test_a_mail_that_was_taken_is_not_sent_again_when_the_rest_fails(
    by_agents: None, viewer: Viewer, household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = ask(viewer, household.child.pk)
    mails: list[OutMail] = []
    monkeypatch.setattr(Outbox, "send_mail", lambda _self, mail: mails.append(mail))
    recorded = hospital_letter.letter_has_left

    def fails_once(*values: Any, **more: Any) -> None:
        monkeypatch.setattr(hospital_letter, "letter_has_left", recorded)
        raise OSError("the database is away")

    monkeypatch.setattr(hospital_letter, "letter_has_left", fails_once)
    _row, ada = agent()
    accept_cover(ada, request.reference, now=timezone.now())
    drain()
    run_again()

    assert standing() == LetterState.SENT
    assert len([one for one in mails if one.attachments]) == 1


def test_a_number_that_changed_meanwhile_is_the_only_one_that_gets_the_letter(
    faxed: Request, faxes: list[Fax], monkeypatch: pytest.MonkeyPatch
) -> None:
    ends_with(monkeypatch, faxes, ConnectionRefusedError())
    _row, ada = agent()
    accept_cover(ada, faxed.reference, now=timezone.now())
    drain()
    faxes.clear()

    send_again(ada, faxed.reference, channel=LetterChannel.FAX, to=ELSEWHERE, now=timezone.now())
    run_again()

    assert [one["to"] for one in faxes] == [ELSEWHERE]
    assert sorted(Delivery.objects.filter(notice="hospital_letter").values_list("state", flat=True)) == [
        "expired",
        "sent",
    ]


def test_a_number_that_changes_twice_before_the_worker_comes_gets_one_letter(
    faxed: Request, faxes: list[Fax], monkeypatch: pytest.MonkeyPatch
) -> None:
    ends_with(monkeypatch, faxes, ConnectionRefusedError())
    _row, ada = agent()
    accept_cover(ada, faxed.reference, now=timezone.now())
    drain()
    faxes.clear()

    send_again(ada, faxed.reference, channel=LetterChannel.FAX, to="+33472008888", now=timezone.now())
    with pytest.raises(DomainError, match="en cours"):
        send_again(ada, faxed.reference, channel=LetterChannel.FAX, to=ELSEWHERE, now=timezone.now())
    run_again()

    assert [one["to"] for one in faxes] == ["+33472008888"]


def test_after_a_doubt_the_request_stays_bound_whatever_the_next_try_says(
    faxed: Request, faxes: list[Fax], monkeypatch: pytest.MonkeyPatch
) -> None:
    ends_with(monkeypatch, faxes, InDoubt("silence"), ConnectionRefusedError())
    _row, ada = agent()
    accept_cover(ada, faxed.reference, now=timezone.now())
    drain()

    send_again(ada, faxed.reference, channel=LetterChannel.FAX, to=ELSEWHERE, now=timezone.now())
    drain()

    assert letter().may_be_there
    assert standing() == LetterState.DOUBTFUL


def test_without_a_fax_service_the_letter_goes_by_mail(
    faxed: Request, faxes: list[Fax], settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends_with(monkeypatch, faxes, ConnectionRefusedError())
    _row, ada = agent()
    accept_cover(ada, faxed.reference, now=timezone.now())
    drain()

    send_again(
        ada,
        faxed.reference,
        channel=LetterChannel.EMAIL,
        to="bureau@clinique.example.org",
        now=timezone.now(),
    )
    run_again()

    assert standing() == LetterState.SENT
    assert Delivery.objects.get(notice="hospital_letter", state="sent").channel == "email"


def test_the_daily_look_finds_a_letter_that_stays(
    faxed: Request, faxes: list[Fax], monkeypatch: pytest.MonkeyPatch
) -> None:
    ends_with(monkeypatch, faxes, InDoubt("silence"))
    _row, ada = agent()
    accept_cover(ada, faxed.reference, now=timezone.now())
    drain()

    def found(hours: int) -> list[str]:
        later = timezone.now() + timedelta(hours=hours)
        return [
            one.about for one in look_everywhere(later).findings if one.what == "hospital_letter_not_sent"
        ]

    assert (found(1), found(3)) == ([], [faxed.reference])
    has_arrived(ada, faxed.reference, now=timezone.now())
    assert found(3) == []


def test_a_try_that_never_told_its_end_is_remembered(faxed: Request, faxes: list[Fax]) -> None:
    _row, ada = agent()
    accept_cover(ada, faxed.reference, now=timezone.now())

    assert letter_leaves(faxed.pk, sending=1, now=timezone.now())
    assert letter_leaves(faxed.pk, sending=1, now=timezone.now())

    assert letter().maybe_there
    assert not letter_leaves(faxed.pk, sending=2, now=timezone.now())


@pytest.fixture
def silent() -> Iterator[Callable[[int], str]]:
    """A fax service that takes the whole letter, and hangs up (0) or answers this."""

    servers: list[ThreadingHTTPServer] = []

    def listen(status: int) -> str:
        class Answer(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                if status:
                    self.send_response(status)
                    self.end_headers()

            def log_message(self, *_values: object) -> None:
                """Quiet."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        servers.append(server)
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/send"

    yield listen
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("status", [0, 502, 504])
def test_a_connection_that_ends_without_the_services_answer_is_a_doubt(
    silent: Callable[[int], str], status: int
) -> None:
    with pytest.raises(InDoubt):
        HttpFax(silent(status)).send_fax(to=ELSEWHERE, name="x.pdf", document=b"%PDF", key="k")


def test_a_port_where_nobody_listens_is_no_doubt() -> None:
    with pytest.raises(OSError) as error:
        HttpFax("http://127.0.0.1:9/send").send_fax(to=ELSEWHERE, name="x.pdf", document=b"%PDF", key="k")

    assert not isinstance(error.value, InDoubt)
