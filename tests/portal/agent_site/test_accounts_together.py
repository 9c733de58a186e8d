"""Of two agents who decide on one change of account at the same moment, one is told (A71, A73)."""

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.bank.deciding import check_change
from entraide.portal.domain.bank.models import AccountChange
from entraide.portal.foundation.events.models import Entry
from tests.conftest import Household, Post
from tests.portal.agent_site.steps import words
from tests.portal.agent_site.test_requests import signed_in
from tests.portal.bank import agent, ask, viewer_for

REFUSAL = "paper_mismatch"


@pytest.fixture
def pair(transactional_db: None) -> tuple[Client, Client]:
    return signed_in(Role.PAYER, "Paul Ormont"), signed_in(Role.PAYER, "Paula Dervin")


@pytest.fixture
def change(transactional_db: None, household: Household) -> AccountChange:
    return ask(viewer_for(household.primary), now=timezone.now())


def both(pair: tuple[Client, Client], change: AccountChange, acts: tuple[str, str]) -> dict[str, list[Any]]:
    """The answers to each act, when both have read the same page and press at once."""
    start, answers = Barrier(2), {what: [] for what in acts}

    def press(client: Client, what: str) -> None:
        form = {"act": what, "binding": change.binding, "reason": REFUSAL}
        start.wait()
        try:
            answers[what].append(client.post(f"/gestion/comptes/{change.reference}/agir/", form))
        finally:
            connection.close()

    threads = [Thread(target=press, args=(client, what)) for client, what in zip(pair, acts, strict=True)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return answers


def journal(kind: str) -> int:
    return Entry.objects.filter(kind=kind).count()


@pytest.mark.parametrize(
    ("act", "kind", "why"),
    [
        ("check", "AccountChangeChecked", "Ce changement est déjà contrôlé."),
        ("approve", "AccountChangeApproved", "Ce changement est déjà approuvé."),
        ("refuse", "AccountChangeRefused", "Ce changement n’attend plus de décision."),
    ],
)
def test_of_two_who_press_the_same_button_one_wins_and_the_other_reads_why(
    pair: tuple[Client, Client], change: AccountChange, act: str, kind: str, why: str, sent: Any
) -> None:
    if act == "approve":
        third = agent("sam@example.org", "Sam Loriol", Role.PAYER)
        check_change(third, reference=change.reference, now=timezone.now())

    answers = both(pair, change, (act, act))[act]

    assert sorted(one.status_code for one in answers) == [303, 422]
    (late,) = [one for one in answers if one.status_code == 422]
    assert why in words(late)
    assert journal(kind) == 1
    told: list[Post] = [one for one in sent() if one.notice == "account_change_refused"]
    assert len(told) == (act == "refuse")


def test_a_no_stands_whichever_comes_first(
    pair: tuple[Client, Client], change: AccountChange, sent: Any
) -> None:
    """A yes that comes after it is told so; one that came before counts for nothing any more."""
    answers = both(pair, change, ("check", "refuse"))

    change.refresh_from_db()
    assert (change.state, change.refusal) == ("refused", REFUSAL)
    assert [one.status_code for one in answers["refuse"]] == [303]
    (agreed,) = answers["check"]
    assert agreed.status_code == 303 or "n’attend plus de décision" in words(agreed)
    assert journal("AccountChangeChecked") == change.approvals.count() == (agreed.status_code == 303)
    assert journal("AccountChangeRefused") == 1
    assert len([one for one in sent() if one.notice == "account_change_refused"]) == 1
