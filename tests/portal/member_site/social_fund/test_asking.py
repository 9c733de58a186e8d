"""Asking the social fund: what is said before, what is kept, and who knows nothing of it (SOC-01)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.queries import agent_named
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling import actions, queries
from entraide.portal.domain.handling.queries import Wanted
from entraide.portal.domain.members.enums import HelpScope
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.viewer import Helping, Viewer
from entraide.portal.domain.requests.models import Request
from entraide.portal.domain.requests.queries import page_of_requests, request_of
from entraide.portal.domain.social_fund.agenda import answer_day, meetings, the_fund
from entraide.portal.domain.social_fund.sweeps import agenda_at_its_end
from tests.conftest import Household, Post
from tests.portal.agents import make_agent, sign_in_agent
from tests.portal.member_site.requests.conftest import text_of, upload
from tests.portal.social_fund import ASK, WORDS, asked, body, with_a_fund

__all__ = ["asked", "with_a_fund"]

PAGE = "/fonds-social/"


def somebody(role: Role) -> tuple[AgentViewer, Client]:
    agent = make_agent(
        f"{role.value}@example.org", f"Agent {role.value}", role=role, since=timezone.now(), with_app=True
    )
    viewer = agent_named(agent.email)
    assert viewer is not None
    return viewer, sign_in_agent(Client(), agent)


def test_the_page_tells_the_aids_the_confidence_and_the_next_days(member_client: Client) -> None:
    with CaptureQueriesContext(connection) as asked_of_it:
        page = text_of(member_client.get(PAGE))

    assert "Aide pour des soins restés à payer" in page
    assert "Votre famille et les proches qui vous aident ne la voient pas non plus" in page
    assert "Les prochaines commissions" in page
    assert len(asked_of_it) <= 12


def test_a_mutual_without_a_fund_says_whom_to_ask(member_client: Client, settings: LazySettings) -> None:
    settings.PROFILE = replace(settings.PROFILE, social_fund=None)

    page = text_of(member_client.get(PAGE))

    assert "CCAS" in page
    assert member_client.get(ASK).status_code == 404


def test_what_was_asked_is_kept_with_its_papers_and_answered_after_the_commission(
    member_client: Client, household: Household
) -> None:
    told = body()

    first = member_client.post(ASK, told)
    again = member_client.post(ASK, told | {"piece-unpaid-care": [upload("facture.pdf")]})

    request = Request.objects.get()
    page = text_of(member_client.get(first.headers["Location"]))
    fund = the_fund()
    assert fund is not None
    assert (first.status_code, again.status_code) == (303, 303)
    assert (request.kind, request.type, request.team) == ("social_fund", "aid-care", "social-fund")
    assert request.concerns_id == request.sender_id == household.primary.pk
    assert [one.piece for one in request.files.all()] == ["aid-care/unpaid-care"]
    assert request.promised_on == answer_day(fund, on=timezone.localdate())
    assert WORDS in page
    assert "412,50 €" in page
    assert "Le dernier avis d’impôt sur le revenu" in page


def test_a_form_with_mistakes_keeps_what_was_typed_and_stores_nothing(member_client: Client) -> None:
    answer = member_client.post(
        ASK, body(amount="beaucoup", phone="+49 30 1234567", incomplete="", **{"piece-unpaid-care": []})
    )

    page = text_of(answer)
    assert answer.status_code == 422
    assert WORDS in page
    assert "Écrivez un montant en euros" in page
    assert "Ajoutez ce papier" in page
    assert not Request.objects.exists()


def test_the_same_aid_is_asked_for_once_at_a_time(member_client: Client, asked: Request) -> None:
    again = member_client.post(ASK, body())

    assert again.status_code == 409
    assert asked.reference in text_of(again)
    assert Request.objects.count() == 1


def test_the_mails_do_not_say_what_it_is_about(asked: Request, sent: Callable[[], list[Post]]) -> None:
    mails = sent()

    words = " ".join(one.body for one in mails).lower()
    assert asked.reference.lower() in words
    assert "fonds" not in words
    assert "social" not in words


def test_nobody_who_helps_reads_it_though_the_sender_does(viewer: Viewer, asked: Request) -> None:
    helping = Helping(uuid4(), uuid4(), "Zoé", frozenset(HelpScope), timezone.localdate())
    helper = replace(viewer, helping=helping)
    Request.objects.update(subject="")

    assert request_of(viewer, asked.reference) is not None
    assert request_of(helper, asked.reference) is None
    assert list(page_of_requests(helper, page=None, per_page=10)) == []


@pytest.mark.parametrize("role", [Role.READER, Role.HANDLER, Role.SUPERVISOR, Role.PAYER])
def test_an_agent_who_is_not_there_for_it_finds_no_trace(
    asked: Request, household: Household, role: Role
) -> None:
    """Not in the queue, nor in counts, search or a batch, and its address is that of nothing."""
    agent, client = somebody(role)
    now, on = timezone.now(), timezone.localdate()

    page = client.get(f"/gestion/demandes/{asked.reference}/")

    assert queries.queue(agent, Wanted(), on=on).rows == ()
    assert queries.queue(agent, Wanted(team="social-fund"), on=on).rows == ()
    assert queries.counts(agent) == {}
    for text in (asked.reference, household.primary.number, household.primary.last_name):
        assert queries.search(agent, text, now=now) == ()
    assert queries.named(agent, [asked.reference], on=on) == ()
    assert page.status_code == 404
    assert 'value="social-fund"' not in client.get("/gestion/demandes/").content.decode()
    with pytest.raises(DomainError, match=r"Aucune demande|rôle"):
        actions.take(agent, asked.reference, now=now)
    asked.refresh_from_db()
    assert asked.state == "received"


def test_the_people_of_the_fund_see_its_requests_and_no_others(
    asked: Request, household: Household, stranger: Beneficiary, member_client: Client
) -> None:
    other = member_client.post(
        "/contact/",
        {
            "reason": "message-other", "beneficiary": str(household.primary.pk), "message": "Une question",
            "request_key": str(uuid4()),
        },
    )  # fmt: skip
    agent, client = somebody(Role.SOCIAL_FUND)
    on = timezone.localdate()

    rows = queries.queue(agent, Wanted(), on=on).rows

    assert other.status_code == 303
    assert [one.reference for one in rows] == [asked.reference]
    assert WORDS in text_of(client.get(f"/gestion/demandes/{asked.reference}/"))
    with pytest.raises(DomainError, match="équipe n’existe pas"):
        actions.hand_over(agent, asked.reference, team="care")


def test_past_the_last_day_the_page_says_so_and_the_daily_look_sounds(member_client: Client) -> None:
    fund = the_fund()
    assert fund is not None
    last = fund.commissions[-1]
    late, early = last + timedelta(days=1), fund.commissions[0] - timedelta(days=12)

    found, quiet = (
        list(agenda_at_its_end(timezone.make_aware(datetime.combine(day, time(9))))) for day in (late, early)
    )

    assert [(one.what, one.about) for one in found] == [("commission_not_fixed", last.isoformat())]
    assert quiet == []
    assert meetings(fund, on=late) == ()
    assert answer_day(fund, on=late) is None
    assert answer_day(fund, on=date(2026, 11, 22)) == date(2026, 12, 22)
