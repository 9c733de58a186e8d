"""The decision on a hospital stay, on one screen: what is known, the letter, its way (PEC-05, B-14)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.error import HTTPError

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.contracts.models import Coverage
from entraide.portal.domain.hospital_cover.models import CoverLetter
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.messaging import InDoubt
from entraide.portal.domain.requests.models import Request, RequestFile
from entraide.portal.foundation.tasks.models import Job
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.gateways.outbox import Outbox
from entraide.portal.notifications.models import Delivery
from entraide.portal.notifications.queries import messages_sent
from entraide.profiles import CardRule, FacilityChoice, Text
from tests.conftest import Household
from tests.portal.agents import sign_in_agent
from tests.portal.domain.claims.tables import tables
from tests.portal.domain.correspondence.history import ask as with_papers
from tests.portal.domain.hospital_cover.conftest import by_agents
from tests.portal.domain.hospital_cover.stays import LYON, a_stay, agent, ask, days_from_now, profile_with
from tests.portal.member_site.requests.conftest import text_of

__all__ = ["by_agents", "tables"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def request_(by_agents: None, viewer: Viewer, household: Household) -> Request:
    return ask(viewer, household.child.pk)


@pytest.fixture
def by_fax(by_agents: None, viewer: Viewer, household: Household) -> Request:
    return ask(viewer, household.child.pk, a_stay(email=""))


def page_of(request: Request, part: str = "") -> str:
    return f"/gestion/demandes/{request.reference}/{part}"


def act(client: Client, request: Request, what: str, **more: str) -> Any:
    return client.post(page_of(request, "prise-en-charge/"), {"act": what, **more})


def shown(client: Client, request: Request) -> str:
    return " ".join(text_of(client.get(page_of(request))).replace("\xa0", " ").split())


def fails(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(_self: Outbox, **_fax: object) -> None:
        raise error

    monkeypatch.setattr(Outbox, "send_fax", fail)


class TestWhatIsKnown:
    def test_the_screen_shows_what_decides(
        self, tables: None, agent_client: Client, request_: Request
    ) -> None:
        page = shown(agent_client, request_)

        assert "Clinique des Deux Rives" in page
        assert "Couverte le jour de l’entrée : Contrat santé" in page
        assert "Établissement connu de FINESS : CLINIQUE DES DEUX RIVES" in page
        assert "La carte ne suffit pas dans cet établissement." in page
        assert "Aucune autre demande pour le même séjour." in page
        assert "La lettre part par e-mail à admissions@clinique.example.org." in page
        assert "Accorder la prise en charge" in page
        assert "Répondre et terminer" not in page
        # Taking a request is not granting a stay: the two must not read alike.
        assert ">Prendre en charge<" not in page
        assert "M’en occuper" in page

    def test_another_request_for_the_same_day_is_named(
        self, agent_client: Client, request_: Request, viewer: Viewer, household: Household
    ) -> None:
        elsewhere = a_stay(finess="", facility_name="Autre clinique")
        other = ask(viewer, household.child.pk, elsewhere)
        of_another_day = a_stay(
            finess="", facility_name="Ailleurs", admission_date=timezone.localdate() + timedelta(days=90)
        )
        later = ask(viewer, household.child.pk, of_another_day)

        page = shown(agent_client, request_)

        assert other.reference in page
        assert later.reference not in page

    def test_who_is_not_covered_any_more_is_not_accepted_here(
        self, agent_client: Client, request_: Request, household: Household
    ) -> None:
        Coverage.objects.filter(beneficiary=household.child).update(ends_on=days_from_now(-1))

        page = shown(agent_client, request_)

        assert "Aucun contrat en vigueur le jour de l’entrée." in page
        assert "Accorder la prise en charge" not in page
        assert agent_client.get(page_of(request_, "prise-en-charge.pdf")).status_code == 404

    def test_where_the_card_is_enough_the_agent_is_told(
        self, agent_client: Client, request_: Request, settings: LazySettings
    ) -> None:
        rule = CardRule(id="lyon", label=Text("Lyon", "Lyon"), where=FacilityChoice(finess=(LYON,)))
        settings.PROFILE = profile_with(card_rules=(rule,))

        page = shown(agent_client, request_)

        assert "La carte suffit :</strong> aucune prise en charge n’est demandée pour Lyon." in page

    def test_without_a_fax_service_the_agent_is_told_what_to_do(
        self, agent_client: Client, by_fax: Request, settings: LazySettings
    ) -> None:
        settings.ENTRAIDE = replace(settings.ENTRAIDE, fax_url="")

        page = shown(agent_client, by_fax)

        assert "La lettre ne peut pas partir" in page
        assert "Accorder la prise en charge" not in page

    def test_papers_of_the_same_type_are_an_ordinary_request(
        self, agent_client: Client, request_: Request
    ) -> None:
        Request.objects.update(answers="")

        assert "Répondre et terminer" in shown(agent_client, request_)
        assert agent_client.get(page_of(request_, "prise-en-charge/")).status_code == 404
        assert agent_client.get(page_of(request_, "prise-en-charge.pdf")).status_code == 404

    def test_it_asks_the_same_whatever_was_asked_before(
        self,
        agent_client: Client,
        request_: Request,
        viewer: Viewer,
        household: Household,
        handler: Agent,
        django_assert_max_num_queries: Callable[..., Any],
    ) -> None:
        """Also with colleagues to name and a paper that another request of the person holds."""
        for days in range(20, 32):
            ask(viewer, household.child.pk, a_stay(admission_date=days_from_now(days)))
        papers = [with_papers(household.child, at=timezone.now()) for _ in range(2)]
        RequestFile.objects.filter(request=papers[0]).update(request=request_)
        Request.objects.update(handler=handler.pk, type=request_.type)

        assert f"{papers[1].reference} · " in shown(agent_client, request_)
        with django_assert_max_num_queries(12):
            assert agent_client.get(page_of(request_)).status_code == 200
        with django_assert_max_num_queries(12):
            assert agent_client.get(page_of(request_, "prise-en-charge/")).status_code == 200


class TestDeciding:
    def test_a_letter_is_read_before_it_is_granted_and_then_leaves(
        self, agent_client: Client, member_client: Client, request_: Request
    ) -> None:
        paper = agent_client.get(page_of(request_, "prise-en-charge.pdf"))

        answer = act(agent_client, request_, "accept")
        drain()

        assert paper.content.startswith(b"%PDF")
        assert (answer.status_code, answer.headers["Location"]) == (303, page_of(request_))
        assert "Partie par e-mail à admissions@clinique.example.org" in shown(agent_client, request_)
        member_page = text_of(member_client.get(f"/demandes/{request_.reference}/"))
        assert "La prise en charge est accordée" in member_page

    def test_a_refusal_takes_a_reason(self, agent_client: Client, request_: Request) -> None:
        without = act(agent_client, request_, "refuse", code="")
        done = act(agent_client, request_, "refuse", code="card-enough")

        assert (without.status_code, done.status_code) == (422, 303)
        assert "Choisissez le motif du refus dans la liste." in text_of(without)
        request_.refresh_from_db()
        assert request_.state == "refused"

    def test_what_cannot_be_done_is_told(self, agent_client: Client, request_: Request) -> None:
        act(agent_client, request_, "accept")

        twice = act(agent_client, request_, "accept")
        unknown = act(agent_client, request_, "dance")
        nothing = act(agent_client, request_, "arrived")

        assert (twice.status_code, unknown.status_code, nothing.status_code) == (422, 422, 422)
        assert "déjà accordée" in text_of(twice)

    def test_words_alone_lead_to_the_decision(self, agent_client: Client, request_: Request) -> None:
        answer = agent_client.post(page_of(request_, "agir/"), {"act": "answer", "words": "C’est fait."})

        assert answer.status_code == 422
        assert "accordez la prise en charge" in text_of(answer)

    def test_each_look_at_the_letter_is_in_the_journal(self, agent_client: Client, request_: Request) -> None:
        agent_client.get(page_of(request_, "prise-en-charge.pdf"))
        drain()

        assert Consultation.objects.filter(reader_kind="agent").exists()

    def test_a_relative_meets_a_page_that_is_not_there(self, request_: Request) -> None:
        row, _viewer = agent("bruno@example.org", "Bruno Vautrin")
        client = sign_in_agent(Client(), row)

        for part in ("prise-en-charge/", "prise-en-charge.pdf"):
            assert client.get(page_of(request_, part)).status_code in {302, 404}

    def test_without_a_session_and_with_another_method(
        self, client: Client, agent_client: Client, request_: Request
    ) -> None:
        for part in ("prise-en-charge/", "prise-en-charge.pdf"):
            assert "/gestion/connexion/" in client.get(page_of(request_, part)).headers["Location"]
            assert agent_client.delete(page_of(request_, part)).status_code == 405

    def test_in_english(self, agent_client: Client, request_: Request) -> None:
        agent_client.post("/gestion/langue/", {"language": "en", "next": page_of(request_)})

        assert "Grant the cover" in shown(agent_client, request_)


class TestTrouble:
    def test_a_fax_that_was_not_taken_goes_elsewhere_and_nowhere_else(
        self, agent_client: Client, by_fax: Request, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fails(monkeypatch, HTTPError("https://fax", 422, "no", None, None))  # type: ignore[arg-type]
        act(agent_client, by_fax, "accept")
        drain()
        assert "La lettre n’est pas partie" in shown(agent_client, by_fax)
        monkeypatch.undo()

        wrong = act(agent_client, by_fax, "send_again", channel="fax", to="12")
        done = act(agent_client, by_fax, "send_again", channel="fax", to="04 72 00 99 99")
        Job.objects.filter(state="queued").update(run_at=timezone.now())
        drain()

        assert (wrong.status_code, done.status_code) == (422, 303)
        assert 'value="12"' in text_of(wrong)
        assert [one.to for one in messages_sent(channel="fax")] == ["+33472009999"]
        assert "Partie par fax au 04 72 00 99 99" in shown(agent_client, by_fax)

    def test_a_fax_without_an_answer_is_in_doubt_until_somebody_has_asked(
        self, agent_client: Client, by_fax: Request, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fails(monkeypatch, InDoubt("silence"))
        act(agent_client, by_fax, "accept")
        drain()

        assert "Personne ne sait si la lettre est arrivée" in shown(agent_client, by_fax)
        assert act(agent_client, by_fax, "refuse", code="card-enough").status_code == 422
        assert act(agent_client, by_fax, "arrived").status_code == 303
        drain()

        by_fax.refresh_from_db()
        assert by_fax.state == "done"
        assert CoverLetter.objects.get().sent_at is not None
        assert Delivery.objects.filter(notice="request_answered").count() == 1
