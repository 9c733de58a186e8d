"""The daily look at the desk: what it found, what to do, and nothing of what is out of sight (issue 6)."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from entraide.portal.agent_site.desk.checks_words import finding_words
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.requests.models import Request
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.sweeps.models import Run
from entraide.portal.foundation.sweeps.tasks import reconcile
from entraide.portal.foundation.tasks.models import Job
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.portal.agents import make_agent, sign_in_agent
from tests.portal.domain.handling.conftest import Asked, asked
from tests.portal.kept_rows import as_the_owner
from tests.portal.member_site.access.steps import words

__all__ = ["asked"]
PAGE, RUN = "/gestion/controles/", "/gestion/controles/lancer/"
DOCUMENTED = Path(__file__).resolve().parents[3] / "docs/operations/reconciliation.md"


@pytest.fixture
def lead(db: None) -> Client:
    now = timezone.now()
    agent = make_agent("s@example.org", "Solène Abgrall", role=Role.SUPERVISOR, since=now, with_app=True)
    return sign_in_agent(Client(), agent)


@pytest.fixture
def late(asked: Asked) -> Request:
    return asked(at=timezone.now(), due_on=timezone.localdate() - timedelta(days=2))


def test_a_finding_is_told_with_its_reference_and_what_to_do_and_supervisors_get_one_mail(
    lead: Client, late: Request
) -> None:
    with as_the_owner():
        Entry.objects.all().delete()
    reconcile()
    drain()

    page = words(lead.get(PAGE))

    assert "2 points attendent quelqu’un" in page
    title, what_to_do = finding_words("request_late")
    assert f"{title} (1) {what_to_do} {late.reference}" in page
    assert "Contrôles (2 à voir)" in words(lead.get("/gestion/"))
    mail = Delivery.objects.get(notice="checks_need_somebody")
    assert Entry.objects.get(kind="ChecksNeedSomebody").data["agent"] == str(mail.recipient)


def test_nothing_found_is_calm_and_tells_nobody(lead: Client) -> None:
    reconcile()
    drain()

    assert "Rien à signaler" in words(lead.get(PAGE))
    assert "à voir" not in words(lead.get("/gestion/"))
    assert not Delivery.objects.filter(notice="checks_need_somebody").exists()


def test_what_is_out_of_a_supervisors_sight_is_not_named(lead: Client, late: Request) -> None:
    """SOC-01"""
    Request.objects.update(kind="social_fund", team="social-fund")
    reconcile()

    page = words(lead.get(PAGE))

    assert late.reference not in page
    assert finding_words("request_late")[0] not in page
    assert "Une équipe à part" in page


def test_a_run_that_did_not_come_is_an_alarm(lead: Client) -> None:
    assert "Le contrôle du jour n’a pas eu lieu" in words(lead.get(PAGE))
    reconcile()
    Run.objects.update(at=timezone.now() - timedelta(hours=25))
    assert "Le contrôle du jour" not in words(lead.get(PAGE))

    Run.objects.update(at=timezone.now() - timedelta(hours=27))

    assert "Le contrôle du jour n’a pas eu lieu" in words(lead.get(PAGE))
    assert "Le contrôle du jour n’a pas eu lieu" in words(lead.get("/gestion/"))


def test_runs_are_kept_for_thirty_days(lead: Client) -> None:
    for days in (29, 31):
        Run.objects.create(at=timezone.now() - timedelta(days=days), repaired=0, left=0)

    reconcile()

    assert Run.objects.count() == 2


def test_pressed_the_worker_does_it_and_a_second_press_waits(lead: Client) -> None:
    assert lead.post(RUN).status_code == 303
    assert Run.objects.count() == 0
    assert "Un contrôle est en cours" in words(lead.get(PAGE))
    assert "déjà en cours" in words(lead.post(RUN, follow=True))

    drain()

    assert Run.objects.count() == Entry.objects.filter(kind="ChecksAsked").count() == 1
    assert Job.objects.filter(kind="sweeps.daily").count() == 1


def test_it_is_nobody_elses(
    lead: Client, agent_client: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    """A75"""
    assert agent_client.get(PAGE).status_code == agent_client.post(RUN).status_code == 403
    assert PAGE not in agent_client.get("/gestion/").content.decode()
    assert lead.post(PAGE).status_code == lead.get(RUN).status_code == 405
    assert Client().get(PAGE).headers["Location"].startswith("/gestion/connexion/")
    with django_assert_max_num_queries(12):
        assert "Nothing to report" not in words(lead.get(PAGE, headers={"Accept-Language": "en"}))


def test_every_code_of_the_documentation_has_its_words() -> None:
    rows = [line.split("|")[1] for line in DOCUMENTED.read_text().splitlines() if line.startswith("| `")]
    codes = {code for row in rows for code in re.findall(r"`(\w+)`", row)}

    assert {code for code in codes if finding_words(code)[0] == code} == set()
