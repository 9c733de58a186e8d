"""Of two who agree at the same moment one carries it out; two who end each other do not both go (A75)."""

from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent, Invitation
from entraide.portal.domain.staff.models import AccessChange
from entraide.portal.foundation.events.models import Entry
from tests.portal.agent_site.test_requests import signed_in

PAGE = "/gestion/equipe/"


@pytest.fixture
def team(transactional_db: None) -> list[Client]:
    return [signed_in(Role.SECURITY_ADMIN, name) for name in ("Alma Quéré", "Basile Hénaff", "Cléo Rannou")]


def at_once(*presses: tuple[Client, str, dict[str, str]]) -> None:
    start = Barrier(len(presses))

    def press(client: Client, address: str, form: dict[str, str]) -> None:
        start.wait()
        try:
            client.post(address, form)
        finally:
            connection.close()

    threads = [Thread(target=press, args=one) for one in presses]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


@pytest.mark.parametrize("other", ["agree", "refuse"])
def test_of_two_answers_at_the_same_moment_one_counts(team: list[Client], other: str) -> None:
    """Two agreements send one link; beside a refusal an agreement sends one or is told that it is late."""
    asker, *others = team
    lea = {"full_name": "Léa Morvan", "identifier": "lea.morvan@example.org", "role": "reader"}
    asker.post(f"{PAGE}inviter/", {**lea, "request_key": str(uuid4())})
    change = AccessChange.objects.get()
    address = f"{PAGE}demandes/{change.pk}/decider/"
    forms = [{"act": act, "binding": change.binding} for act in ("agree", other)]

    at_once(*((one, address, form) for one, form in zip(others, forms, strict=True)))

    change.refresh_from_db()
    agreed = change.state == "done"
    assert agreed or (other, change.state) == ("refuse", "refused")
    assert Invitation.objects.count() == agreed
    kinds = list(Entry.objects.values_list("kind", flat=True))
    moves = [kinds.count(kind) for kind in ("AccessChangeAgreed", "AgentInvited", "AccessChangeRefused")]
    assert moves == ([1, 1, 0] if agreed else [0, 0, 1])


def test_of_two_who_end_each_other_one_stays(team: list[Client]) -> None:
    alma, basile = (Agent.objects.get(full_name=name) for name in ("Alma Quéré", "Basile Hénaff"))

    at_once((team[0], f"{PAGE}{basile.pk}/fermer/", {}), (team[1], f"{PAGE}{alma.pk}/fermer/", {}))

    assert Agent.objects.filter(pk__in=[alma.pk, basile.pk], ended_at=None).count() == 1
