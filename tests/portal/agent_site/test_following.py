"""From an answered request to the next of the queue as it was filtered, in one click."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.requests.models import Request
from tests.portal.agent_site.steps import words
from tests.portal.agent_site.test_requests import QUEUE, act, page_of, signed_in
from tests.portal.agents import make_agent
from tests.portal.domain.handling.conftest import Asked, asked

__all__ = ["asked"]
NEXT = f"{QUEUE}suivante/"
OTHER = settings.PROFILE.desk.teams[-1].id


@pytest.fixture
def four(asked: Asked) -> list[Request]:
    """Due one after the other: the second is of another team, the third held by a colleague."""
    today = timezone.localdate()
    found = [asked(due_on=today + timedelta(days=days)) for days in (1, 2, 3, 4)]
    colleague = make_agent("z@example.org", "Élodie Barsac", role=Role.HANDLER, since=timezone.now())
    Request.objects.filter(pk=found[1].pk).update(team=OTHER)
    Request.objects.filter(pk=found[2].pk).update(handler=colleague.pk, state="in_progress")
    return found


def led_to(client: Client, after: Request) -> str:
    return client.get(NEXT, {"after": after.reference}).headers["Location"]


def test_after_an_answer_one_click_opens_the_next_of_the_filtered_queue(
    agent_client: Client, four: list[Request]
) -> None:
    first, _other_team, _held, last = four
    agent_client.get(QUEUE, {"team": first.team, "after": "x"})
    assert "Demande suivante" not in words(agent_client.get(page_of(first)))

    act(agent_client, first, "answer", words="C’est payé")

    page = agent_client.get(page_of(first)).content.decode()
    assert f"{NEXT}?after={first.reference}" in page
    assert f'href="{QUEUE}?team={first.team}"' in page
    assert led_to(agent_client, first) == page_of(last)


def test_at_the_end_the_queue_begins_again_and_with_nothing_left_it_says_so(
    agent_client: Client, handler: Agent, four: list[Request]
) -> None:
    first, other, held, last = four

    assert led_to(agent_client, last) == page_of(first)
    agent_client.get(QUEUE, {"team": OTHER})
    assert led_to(agent_client, other) == f"{QUEUE}?team={OTHER}"
    assert "Plus rien à traiter" in words(agent_client.get(NEXT, {"after": other.reference}, follow=True))
    Request.objects.filter(pk=held.pk).update(handler=handler.pk)
    agent_client.get(QUEUE)
    assert led_to(agent_client, other) == page_of(held)


def test_what_waits_for_its_member_is_passed_over(agent_client: Client, four: list[Request]) -> None:
    first, other, _held, last = four

    act(agent_client, other, "ask", words="La facture ?")

    assert "Demande suivante" in words(agent_client.get(page_of(other)))
    assert led_to(agent_client, first) == page_of(last)


def test_it_is_for_who_answers_requests(four: list[Request]) -> None:
    """A75"""
    reader = signed_in(Role.READER)

    assert reader.get(NEXT).status_code == 403
    assert "Demande suivante" not in words(reader.get(page_of(four[2])))
    assert signed_in(Role.HANDLER).post(NEXT).status_code == 405


def test_of_two_that_are_due_the_same_day_none_is_passed_over(agent_client: Client, asked: Asked) -> None:
    on = timezone.localdate()
    first, second = sorted((asked(due_on=on), asked(due_on=on)), key=lambda one: one.pk)
    asked(due_on=on + timedelta(days=1))

    assert led_to(agent_client, first) == page_of(second)
