"""The page of figures: for who leads the teams, in both languages, in a few questions (B-14, A75)."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.requests.models import Request, Satisfaction, Step
from tests.conftest import Household
from tests.portal.agents import make_agent, sign_in_agent
from tests.portal.domain.figures.answered import answered
from tests.portal.member_site.access.steps import words

PAGE = "/gestion/chiffres/"


@pytest.fixture
def lead(db: None) -> Client:
    now = timezone.now()
    return sign_in_agent(
        Client(),
        make_agent("s@example.org", "Solène Abgrall", role=Role.SUPERVISOR, since=now, with_app=True),
    )


def test_a_supervisor_reads_what_came_what_was_said_and_where_it_waits(
    lead: Client, household: Household
) -> None:
    now = timezone.now()
    done = answered(household.primary, [("received", now), ("done", now)])
    answered(household.primary, [("received", now), ("refused", now)])
    Step.objects.filter(state="refused").update(refusal="too-old")
    Satisfaction.objects.create(request=done, score=4, words="", at=now)

    page = words(lead.get(PAGE))

    reason = settings.PROFILE.desk.refusal_named("too-old")
    assert reason is not None
    assert "Reçues 2 0 2 0" in page
    assert f"dont : {reason.label.fr} 1 0 1 0" in page.replace("\xa0", " ")
    assert "Note moyenne sur 5 4,0 — 4,0 —" in page
    assert f"{settings.PROFILE.desk.teams[0].label.fr} 0 0 0" in page
    assert PAGE in lead.get("/gestion/").content.decode()


def test_it_is_nobody_elses_and_takes_no_form(lead: Client, agent_client: Client) -> None:
    assert agent_client.get(PAGE).status_code == 403
    assert PAGE not in agent_client.get("/gestion/").content.decode()
    assert lead.post(PAGE).status_code == 405
    assert Client().get(PAGE).headers["Location"].startswith("/gestion/connexion/")


def test_it_is_in_english_and_asks_little(lead: Client) -> None:
    lead.get(PAGE)

    with CaptureQueriesContext(connection) as asked:
        page = words(lead.get(PAGE, headers={"Accept-Language": "en"}))

    assert "last 30 days" in page
    assert len(asked) <= 12


def test_what_members_wrote_stands_without_a_name_and_nothing_of_the_social_fund(
    lead: Client, household: Household
) -> None:
    now = timezone.now()

    def said(words: str, **changes: str) -> str:
        done = answered(household.primary, [("received", now), ("done", now)])
        Satisfaction.objects.create(request=done, score=2, words=words, at=now)
        Request.objects.filter(pk=done.pk).update(**changes)
        return done.reference

    first = said("Trop long à mon goût", handler=uuid4())
    said("")
    said("Merci au fonds", kind="social_fund")

    page = words(lead.get(PAGE))

    assert page.count(" sur 5,") == 1
    assert "Trop long à mon goût" in page
    assert "Merci au fonds" not in page
    assert household.primary.last_name not in page
    assert first not in page
