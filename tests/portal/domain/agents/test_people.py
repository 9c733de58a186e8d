"""Inviting, resetting, ending: nobody chooses a password for somebody else (A5, A13, A30)."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone

from entraide.portal.domain.access.models import Factor, OpenSession
from entraide.portal.domain.agents.actions.passwords import accept_invitation, open_invitation
from entraide.portal.domain.agents.actions.people import end_agent, invite_agent, reset_agent
from entraide.portal.domain.agents.actions.sign_in import check_agent_credentials
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent, Invitation
from entraide.portal.domain.agents.queries import agent_entrant, agent_of, agents
from entraide.portal.domain.agents.tasks import tidy
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.models import Entry
from tests.portal.agents import AGENT_PASSWORD, make_agent

GOOD = "Une grande marée, 3 phares"


def invite(email: str = "noe.tallec@example.org", name: str = "Noé Tallec", role: Role = Role.HANDLER) -> str:
    return invite_agent(email=email, full_name=name, role=role, now=timezone.now())


def accept(token: str, password: str = GOOD, *, later: timedelta = timedelta()) -> Account:
    return accept_invitation(token=token, password=password, language="fr", now=timezone.now() + later)


def signs_in(identifier: str, password: str) -> bool:
    outcome = check_agent_credentials(identifier, password, source="192.0.2.1", now=timezone.now())
    return outcome.account is not None and not outcome.must_reset


@pytest.mark.django_db
def test_an_invited_agent_chooses_a_password_and_is_known_by_role() -> None:
    """A13, A74"""
    account = accept(invite())
    found = agent_of(account.pk)

    assert signs_in("noe.tallec@example.org", GOOD)
    assert found is not None
    assert (found.full_name, found.role, found.initials) == ("Noé Tallec", Role.HANDLER, "NT")


@pytest.mark.django_db
def test_before_the_link_was_used_nothing_opens() -> None:
    invite()

    assert not signs_in("noe.tallec@example.org", "")
    assert not signs_in("noe.tallec@example.org", GOOD)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("Quinze-caract-15", None),
        ("Quinze-carac-15", "au moins 16"),
        ("noe.tallec et 2 phares", "nom"),
        ("aucune autre sorte", "deux de ces trois"),
        ("Monmotdepasse-12", "listes"),
    ],
)
def test_the_password_of_an_agent_follows_the_rule_for_agents(password: str, why: str | None) -> None:
    """A12, A74: 16 characters at least, and the members' other rules."""
    token = invite()
    if why is None:
        accept(token, password)
        return
    with pytest.raises(DomainError, match=why) as refusal:
        accept(token, password)

    assert refusal.value.field == "new_password1"
    assert open_invitation(token, now=timezone.now())


@pytest.mark.django_db
def test_a_password_used_before_is_refused() -> None:
    """PWD-10"""
    accept(invite())
    token = reset_agent(email="noe.tallec@example.org", factor_lost=False, now=timezone.now())

    with pytest.raises(DomainError, match="déjà utilisé"):
        accept(token)


@pytest.mark.django_db
def test_a_link_serves_once_lasts_a_day_and_ends_with_a_newer_one() -> None:
    """A5"""
    first = invite()
    second = reset_agent(email="noe.tallec@example.org", factor_lost=False, now=timezone.now())
    for token, later in ((first, timedelta()), (second, timedelta(hours=24)), ("unknown", timedelta())):
        with pytest.raises(DomainError, match="plus valable"):
            accept(token, later=later)
    accept(second, later=timedelta(hours=23))
    with pytest.raises(DomainError, match="plus valable"):
        accept(second, "Une petite marée, 4 phares")


@pytest.mark.django_db(transaction=True)
def test_fifty_parallel_uses_of_one_link_are_one_success() -> None:
    """A5"""
    token = invite()
    done: list[str] = []

    def use(number: int) -> None:
        try:
            accept(token, f"Une grande marée, {number} phares")
            done.append("set")
        except DomainError:
            done.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=use, args=(number,)) for number in range(100, 150)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(done) == ["refused"] * 49 + ["set"]


@pytest.mark.django_db
def test_only_the_hash_of_a_link_is_kept(whole_database: Callable[[], str]) -> None:
    """A5, A66: neither token, nor password, nor the name in the journal."""
    token = invite()
    accept(token)
    journal = " ".join(str(one.data) for one in Entry.objects.all())

    assert token not in whole_database()
    assert GOOD not in whole_database()
    for word in ("Tallec", "example.org"):
        assert word not in journal


@pytest.mark.django_db
def test_nobody_is_invited_twice_and_who_left_may_come_back(handler: Agent) -> None:
    email = handler.account.identifier
    with pytest.raises(DomainError, match="déjà un accès"):
        invite(email=email.upper())
    end_agent(email=email, now=timezone.now())
    token = invite(email=email, name="Inès Belmont-Roy", role=Role.READER)

    assert not signs_in(email, AGENT_PASSWORD)
    with pytest.raises(DomainError, match="déjà utilisé"):
        accept(token, AGENT_PASSWORD)
    found = agent_of(accept(token).pk)
    assert found is not None
    assert (found.full_name, found.role) == ("Inès Belmont-Roy", Role.READER)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "email", ["", "nobody", "a@b", "two words@example.org", "x@example.org\r\nBcc: y@z.fr"]
)
def test_what_is_no_address_is_not_invited(email: str) -> None:
    with pytest.raises(DomainError, match="adresse"):
        invite(email=email)

    assert not Agent.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "Eve\x00", "a\u202eb"])
def test_a_name_is_one_readable_line(name: str) -> None:
    with pytest.raises(DomainError, match="nom"):
        invite(name=name)


@pytest.mark.django_db
def test_a_reset_closes_the_old_password_and_the_sessions_but_keeps_the_app() -> None:
    """A6, A13"""
    agent = make_agent("a@example.org", "Ada Aron", role=Role.PAYER, since=timezone.now(), with_app=True)
    open_somewhere(agent)

    reset_agent(email="A@example.org ", factor_lost=False, now=timezone.now())

    assert not signs_in("a@example.org", AGENT_PASSWORD)
    assert not OpenSession.objects.exists()
    assert Factor.objects.count() == 1
    assert Entry.objects.get(kind="AgentInvited").data["reason"] == "password_lost"


@pytest.mark.django_db
def test_a_lost_factor_goes_together_with_the_password() -> None:
    """A25: whoever holds the password alone cannot enrol an app of their own."""
    agent = make_agent("a@example.org", "Ada Aron", role=Role.PAYER, since=timezone.now(), with_app=True)

    reset_agent(email=agent.account.identifier, factor_lost=True, now=timezone.now())

    assert not Factor.objects.exists()
    assert not signs_in("a@example.org", AGENT_PASSWORD)


@pytest.mark.django_db
def test_an_ended_agent_is_out_at_once() -> None:
    """A30"""
    agent = make_agent("a@example.org", "Ada Aron", role=Role.PAYER, since=timezone.now(), with_app=True)
    open_somewhere(agent)
    token = reset_agent(email="a@example.org", factor_lost=False, now=timezone.now())

    end_agent(email="a@example.org", now=timezone.now())

    assert agent_of(agent.account_id) is None
    assert not signs_in("a@example.org", AGENT_PASSWORD)
    assert not Factor.objects.exists()
    assert not Invitation.objects.filter(ended_at=None).exists()
    with pytest.raises(DomainError):
        accept(token)
    for again in (end_agent, lambda **v: reset_agent(factor_lost=False, **v)):
        with pytest.raises(DomainError, match="Personne"):
            again(email="a@example.org", now=timezone.now())


@pytest.mark.django_db
def test_the_list_holds_no_secret(handler: Agent) -> None:
    """A13"""
    (row,) = agents()

    assert (row.identifier, row.full_name, row.role) == (
        "ines.belmont@example.org",
        "Inès Belmont",
        "handler",
    )
    assert handler.account.password not in str(row)


def open_somewhere(agent: Agent) -> None:
    now = timezone.now()
    OpenSession.objects.create(
        account=agent.account, session_key="k", label="x", network="", started_at=now, seen_at=now
    )


@pytest.mark.django_db
def test_invitations_are_forgotten_a_month_after_their_end() -> None:
    invite()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=29))
    tidy({})
    assert Invitation.objects.exists()

    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=31))
    tidy({})
    assert not Invitation.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("closed", ["ended", "frozen", "inactive"])
def test_who_may_not_come_in_is_no_agent_any_more(handler: Agent, closed: str) -> None:
    """A30: each of the three alone is enough."""
    now = timezone.now()
    {
        "ended": lambda: Agent.objects.update(ended_at=now),
        "frozen": lambda: Account.objects.update(frozen_at=now),
        "inactive": lambda: Account.objects.update(is_active=False),
    }[closed]()

    assert agent_of(handler.account_id) is None
    assert agent_entrant(handler.account_id) is None
