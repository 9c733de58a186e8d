"""A request that is over is opened for a reason, which its people read in their journal (A68)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.consultations.reasons import reason_in_words
from entraide.portal.domain.handling.models import Proposal, StatedReason
from entraide.portal.domain.requests.models import Request
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household
from tests.portal.agent_site.steps import words
from tests.portal.agent_site.test_requests import act, page_of, request_, signed_in

__all__ = ["request_"]


@pytest.fixture
def over(request_: Request) -> Request:
    Request.objects.update(state="done", closed_at=timezone.now() - timedelta(days=9))
    return request_


def say(client: Client, request: Request, why: str = "", more: str = "") -> Any:
    return client.post(page_of(request, "motif/"), {"why": why, "words": more})


def test_nothing_of_it_is_shown_before_a_reason_which_then_stands_in_the_journal(
    agent_client: Client, member_client: Client, over: Request
) -> None:
    asked = words(agent_client.get(page_of(over)))
    assert "Pourquoi ouvrir cette demande" in asked
    assert "Anne Vautrin" not in asked
    drain()
    assert not Consultation.objects.exists()

    assert say(agent_client, over, "other", "Courrier du médiateur").headers["Location"] == page_of(over)

    assert "Anne Vautrin" in words(agent_client.get(page_of(over)))
    drain()
    assert "Courrier du médiateur" in words(member_client.get("/droits/journal/"))
    assert Entry.objects.get(kind="ReasonStated").data["why"] == "other"


def test_its_pieces_and_its_acts_are_no_way_around(agent_client: Client, over: Request) -> None:
    piece = over.files.get().pk

    for part in (f"pieces/{piece}/", f"pieces/{piece}/1.jpg", "pieces/"):
        assert agent_client.get(page_of(over, part)).headers["Location"] == page_of(over)
    assert act(agent_client, over, "note", words="Vu").headers["Location"] == page_of(over)

    over.files.update(scan_state="received")
    assert agent_client.get(page_of(over, "pieces/")).headers["Location"] == page_of(over)

    over.files.update(scan_state="clean")
    say(agent_client, over, "check")
    assert agent_client.get(page_of(over, f"pieces/{piece}/")).status_code == 200


def test_a_reason_is_chosen_or_told_and_holds_for_an_hour(agent_client: Client, over: Request) -> None:
    for why, more, told in (
        ("", "", "Choisissez un motif."),
        ("other", " ", "Écrivez votre motif"),
        ("check", "é" * 201, "Ce texte est trop long"),
    ):
        wrong = say(agent_client, over, why, more)
        assert (wrong.status_code, told in words(wrong)) == (422, True)
    assert not StatedReason.objects.exists()

    say(agent_client, over, "check")
    StatedReason.objects.update(at=timezone.now() - timedelta(minutes=61))

    assert "Pourquoi ouvrir cette demande" in words(agent_client.get(page_of(over)))
    say(agent_client, over, "compare")
    assert reason_in_words(StatedReason.objects.get().words) == "Comparaison avec une autre demande"


def test_who_has_just_ended_it_is_not_asked(agent_client: Client, request_: Request) -> None:
    Request.objects.update(type="remove-beneficiary")
    act(agent_client, request_, "answer", words="Entendu")
    supervisor = signed_in(Role.SUPERVISOR)
    act(supervisor, request_, "approve", binding=Proposal.objects.get().binding)

    for client in (agent_client, supervisor):
        assert "Entendu" in words(client.get(page_of(request_)))
    assert "Pourquoi ouvrir" in words(signed_in(Role.HANDLER, "Zoé Marlin").get(page_of(request_)))


def test_a_reason_is_nobody_elses_and_opens_no_family(
    agent_client: Client, household: Household, over: Request
) -> None:
    cousin, dpo = signed_in(Role.HANDLER, name=household.spouse.full_name), signed_in(Role.DPO)
    say(agent_client, over, "check")

    assert "Pourquoi ouvrir" in words(signed_in(Role.READER).get(page_of(over)))
    assert say(cousin, over, "check").status_code == 404
    assert say(dpo, over, "check").status_code == 403
    assert agent_client.post("/gestion/demandes/TEST-0000-0000/motif/", {"why": "check"}).status_code == 404
    assert agent_client.get(page_of(over, "motif/")).status_code == 405
