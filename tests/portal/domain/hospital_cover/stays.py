"""Stays to ask for, a directory, agents, and a fax service that notes what it gets."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.agents.queries import agent_of
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.facilities.loading import FacilityRow, load_facilities
from entraide.portal.domain.hospital_cover.asking import Stay, ask_cover
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.models import Request
from tests.portal.agents import make_agent

LYON = "690999909"


def fill_directory() -> None:
    row = FacilityRow(
        finess=LYON, name="CLINIQUE DES DEUX RIVES", address="4 rue du Lac", postcode="69009", city="LYON",
        kind="Clinique", phone="",
    )  # fmt: skip
    load_facilities([row], file="test")


def a_stay(**changes: object) -> Stay:
    told: dict[str, object] = {
        "facility_name": "Clinique des Deux Rives", "finess": LYON,
        "facility_address": "4 rue du Lac, 69009 Lyon",
        "department": "surgery", "admission_date": timezone.localdate() + timedelta(days=12),
        "fax": "+33472001234", "email": "admissions@clinique.example.org",
    }  # fmt: skip
    return Stay(**(told | changes))  # type: ignore[arg-type]


def ask(viewer: Viewer, person_id: UUID, stay: Stay | None = None) -> Request:
    reference = ask_cover(
        viewer, stay or a_stay(), person_id=person_id, request_key=uuid4(), language="fr", now=timezone.now()
    )
    return Request.objects.get(reference=reference)


def agent(
    email: str = "ada@example.org", name: str = "Ada Aron", role: Role = Role.HANDLER
) -> tuple[Agent, AgentViewer]:
    row = make_agent(email, name, role=role, since=timezone.now())
    found = agent_of(row.account_id)
    assert found is not None
    return row, found


def profile_with(**changes: object) -> object:
    """The tests' profile with another hospital cover."""
    return replace(settings.PROFILE, hospital=replace(settings.PROFILE.hospital, **changes))


def days_from_now(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)
