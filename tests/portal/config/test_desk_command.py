"""`entraide desk`: a request walked from the queue to its answer without a page."""

import io
import json

import pytest
from django.utils import timezone

from entraide.portal.config.cli import REQUEST_STATES, main
from entraide.portal.domain.requests.enums import FINAL_STATES, RequestState
from entraide.portal.domain.requests.models import Message, Request
from tests.conftest import Household
from tests.portal.bank import make_staff
from tests.portal.domain.correspondence.history import ask
from tests.portal.domain.handling.conftest import reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_(household: Household) -> Request:
    make_staff()
    request = ask(household.primary, at=timezone.now())
    request.reference = reference(7)
    request.save()
    return request


def says(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(words))


def run(*arguments: str, agent: str = "hugo@example.org") -> int:
    return main(["desk", *arguments, "--agent", agent])


def test_from_the_queue_to_the_answer(
    request_: Request, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("list", "--state", "received") == 0
    listed = json.loads(capsys.readouterr().out)
    assert (listed["reference"], listed["state"]) == (request_.reference, "received")
    assert "Vautrin" not in str(listed)

    assert run("take", request_.reference) == 0
    says(monkeypatch, "La facture ?")
    assert run("ask", request_.reference) == 0
    capsys.readouterr()
    assert run("show", request_.reference) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["history"][-1][1:] == ["waiting_for_member", "agent", "Hugo Planche", "La facture ?"]
    says(monkeypatch, "C’est payé")
    assert run("answer", request_.reference) == 0

    request_.refresh_from_db()
    assert request_.state == "done"
    assert [one.words for one in Message.objects.order_by("step")] == ["La facture ?", "C’est payé"]
    capsys.readouterr()
    assert run("search", "vautrin") == 0
    assert json.loads(capsys.readouterr().out)["state"] == "done"


def test_what_the_rules_refuse_is_told_and_changes_nothing(
    request_: Request, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    says(monkeypatch, "")
    assert run("take", request_.reference, agent="paul@example.org") == 1
    assert "your role" in capsys.readouterr().err.lower()
    assert run("take", request_.reference, agent="nobody@example.org") == 1
    assert run("answer", request_.reference) == 1
    assert run("refuse", request_.reference, "--code", "because") == 1
    assert run("show", "TEST-0000-0000") == 1
    assert Request.objects.get().state == "received"

    assert run("hand-over", request_.reference, "--to", "sam@example.org") == 0
    assert run("refuse", request_.reference, "--code", "unreadable", agent="sam@example.org") == 0
    assert Request.objects.get().state == "refused"


def test_two_agents_answer_where_the_profile_asks(
    request_: Request, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Request.objects.update(type="remove-beneficiary")
    says(monkeypatch, "Oui")
    assert run("answer", request_.reference) == 0
    capsys.readouterr()
    run("show", request_.reference, agent="sam@example.org")
    binding = json.loads(capsys.readouterr().out)["proposed"][2]

    run("hand-over", request_.reference, "--to", "sam@example.org")
    assert run("approve", request_.reference, "--binding", "0" * 64, agent="sam@example.org") == 1
    assert run("approve", request_.reference, "--binding", binding, agent="sam@example.org") == 0
    says(monkeypatch, "Trop tard")
    assert run("note", request_.reference) == 0

    assert Request.objects.get().state == "done"


def test_the_states_of_the_command_are_those_of_an_open_request() -> None:
    assert set(REQUEST_STATES) - {""} == set(RequestState) - set(FINAL_STATES)
