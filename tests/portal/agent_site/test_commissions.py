"""The commissions of the social fund: who sees which files, what is missing, what was decided (SOC-01)."""

from datetime import date

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.requests.enums import RequestState
from entraide.portal.domain.requests.models import Request
from entraide.portal.domain.social_fund.models import AidDecision, AidFile
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household
from tests.portal.agent_site.test_social_fund import PAPERS, somebody
from tests.portal.member_site.access.steps import words
from tests.portal.social_fund import asked, with_a_fund

__all__ = ["asked", "with_a_fund"]

LIST = "/gestion/fonds-social/commissions/"


@pytest.fixture
def clara(db: None) -> Client:
    return somebody("Clara Vermeil")


@pytest.fixture
def coming(settings: LazySettings) -> date:
    """The commission for which there is still time."""
    found: date = settings.PROFILE.social_fund.commission_for(timezone.localdate())
    return found


def on_agenda(request: Request, day: date) -> None:
    AidFile.objects.update_or_create(
        request=request, defaults={"papers": ",".join(PAPERS), "commission_on": day}
    )


def page_of(day: date) -> str:
    return f"{LIST}{day.isoformat()}/"


def test_a_commission_shows_its_files_with_what_is_there_and_what_was_decided(
    asked: Request, clara: Client, coming: date
) -> None:
    before = words(clara.get(page_of(coming)))
    on_agenda(asked, coming)
    AidDecision.objects.create(
        request=asked, outcome="granted", commission_on=coming, amount=35000, payee="La clinique",
        proposed_by=Agent.objects.get(), proposed_at=timezone.now(),
    )  # fmt: skip

    days, after = words(clara.get(LIST)), words(clara.get(page_of(coming)))

    assert "Pas encore inscrits" in before
    assert "1 sur 3" in before
    assert "Le dernier avis d’impôt sur le revenu" in before
    assert "1 dossier" in days
    assert f"{asked.sender.full_name} {asked.reference}" in after
    assert "Complet, 3 sur 3" in after
    assert "Aide accordée 350,00 € à confirmer" in after
    assert "Pas encore inscrits" not in after


def test_each_person_named_finds_the_reading_and_the_fund_is_not_named(
    asked: Request, clara: Client, coming: date
) -> None:
    on_agenda(asked, coming)

    clara.get(page_of(coming))
    drain()

    noted = Consultation.objects.get(person_id=asked.sender_id)
    assert noted.object_id == asked.pk
    assert "fonds" not in noted.reason


def test_a_file_of_the_agents_own_family_stays_without_a_name(
    asked: Request, coming: date, household: Household
) -> None:
    on_agenda(asked, coming)

    page = words(somebody(household.spouse.full_name).get(page_of(coming)))
    drain()

    assert f"Une personne de votre famille {asked.reference}" in page
    assert asked.sender.full_name not in page
    assert not Consultation.objects.exists()


def test_what_was_withdrawn_is_looked_at_by_nobody(asked: Request, clara: Client, coming: date) -> None:
    on_agenda(asked, coming)
    Request.objects.update(state=RequestState.WITHDRAWN)

    assert "Aucun dossier inscrit" in words(clara.get(page_of(coming)))


def test_the_commissions_are_closed_to_every_other_role_and_to_other_days(
    clara: Client, coming: date, client: Client
) -> None:
    supervisor = somebody("Inès Belmont", Role.SUPERVISOR)

    for page in (LIST, page_of(coming)):
        assert supervisor.get(page).status_code == 403
        assert client.get(page).status_code == 302
        assert clara.post(page).status_code == 405
    assert clara.get(f"{LIST}2026-11-01/").status_code == 404
    assert clara.get(f"{LIST}demain/").status_code == 404
