"""Agents are told of what happens to their access, as members are (A15, A74)."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from entraide.portal.domain.access.actions.entering import Arrival
from entraide.portal.domain.access.factors.adding import remove_factor
from entraide.portal.domain.access.factors.recovery import make_recovery_codes, use_recovery_code
from entraide.portal.domain.access.factors.totp import confirm_totp, start_totp, use_totp
from entraide.portal.domain.access.models import Factor, SafetyLink
from entraide.portal.domain.agents.actions.passwords import change_agent_password
from entraide.portal.domain.agents.actions.people import end_agent, invite_agent, reset_agent
from entraide.portal.domain.agents.actions.sign_in import check_agent_credentials, come_in_as_agent
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.tasks.models import Job
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from entraide.portal.notifications.samples import written
from tests.conftest import Household
from tests.portal.agents import AGENT_PASSWORD, app_code, make_agent

pytestmark = pytest.mark.django_db
NOW = timezone.now()
EMAIL = "ines.belmont@example.org"


@pytest.fixture
def agent(db: None) -> Agent:
    return make_agent(EMAIL, "Inès Belmont", role=Role.HANDLER, since=NOW - timedelta(days=10), with_app=True)


def wrong_passwords(identifier: str) -> None:
    for turn in range(5):
        check_agent_credentials(identifier, "wrong", source=f"192.0.2.{turn}", now=NOW)


def add_app(agent: Agent) -> None:
    enrolment = start_totp(agent.account, now=timezone.now())
    confirm_totp(
        account=agent.account,
        enrolment=enrolment,
        code=app_code(secret=enrolment.secret_base32),
        name="",
        language="fr",
        now=timezone.now(),
    )


def remove_app(agent: Agent) -> None:
    remove_factor(account=agent.account, factor_id=Factor.objects.get().pk, language="fr", now=NOW)


def change_password(agent: Agent) -> None:
    change_agent_password(
        account=agent.account, old=AGENT_PASSWORD, new="Trois phares & une marée", language="fr", now=NOW
    )


def come_in(agent: Agent, *, first: bool = False, at: datetime = NOW) -> None:
    arrival = Arrival(
        key="k", device="Chrome|windows", words="Chrome sur Windows", network="192.0.2.1", browser="",
        is_first=first,
    )  # fmt: skip
    come_in_as_agent(account=agent.account, arrival=arrival, now=at)


def codes_of(agent: Agent) -> list[str]:
    return make_recovery_codes(account=agent.account, language="fr", now=NOW)


def guess(agent: Agent) -> None:
    for turn in range(10):
        with suppress(DomainError):
            use_totp(account=agent.account, code="000000", attempt=f"attempt {turn // 5}", now=NOW)


def recover(agent: Agent) -> None:
    (code,) = codes_of(agent)[:1]
    Job.objects.all().delete()
    use_recovery_code(account=agent.account, code=code, attempt="one", language="fr", now=NOW)


@pytest.mark.parametrize(
    ("happens", "notice", "said"),
    [
        (lambda one: wrong_passwords(EMAIL), "agent_locked", "bloqué par sécurité"),
        (add_app, "agent_factor_added", "application de codes vient d’être ajoutée"),
        (remove_app, "agent_factor_removed", "application de codes vient d’être retirée"),
        (change_password, "agent_password_set", "nouveau mot de passe est en service"),
        (come_in, "agent_new_browser", "Chrome sur Windows"),
        (guess, "agent_factor_guessed", "codes faux de votre application"),
        (codes_of, "agent_recovery_codes_made", "Les anciens ne servent plus"),
        (recover, "agent_recovery_used", "9."),
    ],
    ids=["locked", "factor added", "removed", "password", "new browser", "guessed", "codes", "recovery"],
)
def test_an_agent_is_told_what_happened_to_the_access_and_whom_to_call(
    agent: Agent, happens: Callable[[Agent], Any], notice: str, said: str
) -> None:
    """A15: one mail to their own address, without a link."""
    happens(agent)
    drain()
    drain()

    (sent,) = Delivery.objects.all()
    assert (sent.notice, sent.to, sent.recipient) == (notice, EMAIL, agent.pk)
    assert said in sent.body
    assert "Bonjour Inès Belmont" in sent.body
    assert "la personne qui gère les accès" in sent.body
    assert "http" not in sent.body
    assert not SafetyLink.objects.exists()


@pytest.mark.parametrize("factor_lost", [False, True])
def test_a_new_link_also_goes_to_the_address_of_the_agent(agent: Agent, factor_lost: bool) -> None:
    """A13, A15: who resets an access behind the agent's back is seen."""
    token = reset_agent(email=EMAIL, factor_lost=factor_lost, now=NOW)
    drain()

    (sent,) = Delivery.objects.all()
    assert (sent.notice, sent.to) == ("agent_invited", EMAIL)
    assert f"/gestion/invitation/{token}/" in sent.body
    assert "24 heures" in sent.body
    assert ("codes de secours sont retirés" in sent.body) is factor_lost


def test_who_comes_to_work_here_is_invited_by_mail_in_their_language() -> None:
    invite_agent(email="lea.morvan@example.org", full_name="Léa Morvan", role=Role.READER, now=NOW)
    drain()

    (sent,) = Delivery.objects.all()
    assert (sent.notice, sent.to) == ("agent_invited", "lea.morvan@example.org")
    assert "Bonjour Léa Morvan" in sent.body
    assert Account.objects.get().language == "fr"


def test_the_first_browser_of_an_agent_and_a_known_one_are_nothing_to_write_about(agent: Agent) -> None:
    come_in(agent, first=True)
    drain()

    assert not Delivery.objects.exists()


def test_nobody_and_who_has_left_are_told_nothing(agent: Agent, household: Household) -> None:
    """A1: an address typed for nobody sends no mail, a member's number neither."""
    wrong_passwords("nobody@example.org")
    wrong_passwords(household.primary.number)
    add_app(agent)
    end_agent(email=EMAIL, now=NOW)
    drain()

    assert not Delivery.objects.exists()


def test_the_mail_of_a_lock_says_for_whom_it_is_locked() -> None:
    """A10"""
    strangers = written("agent_locked", language="fr", everywhere=False).body
    everyone = written("agent_locked", language="fr", everywhere=True).body

    assert "sauf sur les appareils" in strangers
    assert "personne ne peut se connecter" in everyone
    assert "24 heures" in strangers
    assert "24 heures" in everyone
