"""Asking for a change: the electronic feed, somebody more or less on the contract (PROF-03, PROF-06)."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from entraide.portal.domain.adjudication.models import AdjudicatedLine
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.enums import RequestState
from entraide.portal.domain.requests.models import Request
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.web.sessions import FRESH_FACTOR
from tests.conftest import Household, Post
from tests.portal.domain.claims.tables import tables
from tests.portal.feeds import take_in, visit
from tests.portal.member_site.requests.conftest import upload

__all__ = ["tables"]
pytestmark = pytest.mark.django_db
SignIn = Callable[[Client, Beneficiary], Client]


def words(response: HttpResponse) -> str:
    return " ".join(response.content.decode().replace("&#39;", "’").split())


def feed_of(person: Beneficiary) -> str:
    return f"/beneficiaires/{person.pk}/teletransmission/"


def newcomer(**changes: object) -> dict[str, object]:
    told: dict[str, object] = {
        "request_key": str(uuid4()), "civility": "mme", "last_name": "L'Hermitte-Étoile", "first_name": "Noé",
        "birth_date": "12/11/2026", "nir": "", "since": "12/11/2026", "comment": "", "files": [upload()],
    }  # fmt: skip
    return told | changes


class TestFeed:
    def test_a_working_feed_shows_its_exchanges(
        self, tables: None, household: Household, member_client: Client, tmp_path: Path
    ) -> None:
        """B-09"""
        take_in(tmp_path, visit(1), visit(2, care_start="2026-11-05"))
        AdjudicatedLine.objects.get(reference="L1").feed.__class__.objects.update(taken_in_at=timezone.now())

        page = words(member_client.get(feed_of(household.primary)))

        assert "Elle fonctionne" in page
        assert "2 soins, décompte du 10 novembre 2026 (caisse 01-381-0000)" in page
        assert "Demander l’arrêt" in page

    @pytest.mark.parametrize(
        ("state", "fund", "told"),
        [
            ("on", "381", "Elle est activée, rien n’est encore arrivé"),
            ("off", "381", "Elle est arrêtée"),
            ("never", "381", "Elle n’a jamais été activée"),
            ("never", "", "Il nous manque vos droits"),
        ],
    )
    def test_each_state_says_its_cause_and_what_to_do(
        self, household: Household, member_client: Client, state: str, fund: str, told: str
    ) -> None:
        """B-09"""
        Beneficiary.objects.filter(pk=household.primary.pk).update(claim_feed=state, fund_code=fund)

        assert told in words(member_client.get(feed_of(household.primary)))

    def test_asking_becomes_a_request_that_can_be_followed_and_is_acknowledged(
        self, household: Household, member_client: Client, sent: Callable[[], list[Post]]
    ) -> None:
        """PROF-03, DEP-03: a request without files has words of its own."""
        response = member_client.post(feed_of(household.child), {"request_key": str(uuid4()), "comment": ""})

        request = Request.objects.get()
        assert response.status_code == 303
        assert (request.category, request.type, request.concerns_id) == (
            "social-security",
            "claim-feed",
            household.child.pk,
        )
        page = words(member_client.get(response.headers["Location"]))
        assert "Votre demande est bien arrivée" in page
        assert "À arrêter" in page
        (mail,) = sent()
        assert "0 fichier" not in mail.body
        assert f"Nous avons reçu votre demande, sous la référence {request.reference}" in mail.body
        assert member_client.get(f"/demandes/{request.reference}/recu.pdf").content.startswith(b"%PDF")

    def test_a_second_request_while_one_is_open_names_the_first(
        self, household: Household, member_client: Client
    ) -> None:
        address = feed_of(household.primary)
        member_client.post(address, {"request_key": str(uuid4()), "comment": ""})
        first = Request.objects.get()

        again = member_client.post(address, {"request_key": str(uuid4()), "comment": "Encore moi"})

        assert again.status_code == 409
        assert first.reference in words(again)
        assert "Encore moi" in words(again)
        assert Request.objects.count() == 1
        Request.objects.update(state=RequestState.DONE)
        third = member_client.post(address, {"request_key": str(uuid4()), "comment": ""})
        assert third.status_code == 303

    def test_the_same_form_twice_is_one_request(self, household: Household, member_client: Client) -> None:
        form = {"request_key": str(uuid4()), "comment": ""}

        first = member_client.post(feed_of(household.primary), form)
        second = member_client.post(feed_of(household.primary), form)

        assert first.headers["Location"] == second.headers["Location"]
        assert Request.objects.count() == 1


class TestJoining:
    def test_each_case_says_its_papers_first(self, household: Household, member_client: Client) -> None:
        """PROF-06"""
        assert "Ajouter un enfant" in words(member_client.get("/beneficiaires/ajouter/"))
        assert "acte de naissance" in words(member_client.get("/beneficiaires/ajouter/child/"))

    def test_asking_stores_every_answer_and_shows_it(
        self, household: Household, member_client: Client, whole_database: Callable[[], str]
    ) -> None:
        """PROF-06, A62: apostrophes and accents pass, and nothing of it lies open in the database."""
        response = member_client.post("/beneficiaires/ajouter/child/", newcomer(nir="2 95 10 99 126 111 93"))

        page = words(member_client.get(response.headers["Location"]))
        assert response.status_code == 303
        assert "L’Hermitte-Étoile" in page.replace("&#x27;", "’").replace("'", "’")
        assert "12 novembre 2026" in page
        assert "295109912611193" not in page
        assert "Noé" not in whole_database()

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"birth_date": "12/11/2126"}, "Cette date est dans le futur."),
            ({"since": "01/01/2019"}, "Cette date est avant la naissance."),
            ({"since": "01/01/2099"}, "C’est dans plus d’un an"),
            ({"nir": "2 95 10 99 126 111 94"}, "La clé (les 2 derniers chiffres) ne correspond pas"),
            ({"last_name": ""}, "Tapez le nom."),
            ({"files": []}, "Ajoutez au moins un fichier."),
            ({"files": [upload("virus.exe", b"MZ")]}, "n’est ni un PDF ni une photo"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
        self, household: Household, member_client: Client, changes: dict[str, object], told: str
    ) -> None:
        response = member_client.post("/beneficiaires/ajouter/child/", newcomer(**changes))

        assert response.status_code == 422
        assert told in words(response).replace("\xa0", " ")
        assert "Noé" in words(response)
        assert not Request.objects.exists()

    def test_the_same_person_is_asked_for_once(self, household: Household, member_client: Client) -> None:
        member_client.post("/beneficiaires/ajouter/child/", newcomer())

        again = member_client.post("/beneficiaires/ajouter/child/", newcomer(first_name="NOÉ"))
        twin = member_client.post("/beneficiaires/ajouter/child/", newcomer(first_name="Zoé"))

        assert (again.status_code, twin.status_code) == (409, 303)

    def test_only_the_primary_insured_adds_somebody(
        self, household: Household, client: Client, sign_in: SignIn
    ) -> None:
        spouse = sign_in(client, household.spouse)

        assert spouse.get("/beneficiaires/ajouter/").status_code == 404
        assert spouse.post("/beneficiaires/ajouter/child/", newcomer()).status_code == 404
        assert not Request.objects.exists()
        assert spouse.get("/beneficiaires/ajouter/nobody/").status_code == 404


class TestLeaving:
    def test_asking_to_leave_becomes_a_request(self, household: Household, member_client: Client) -> None:
        """PROF-06"""
        form = {
            "request_key": str(uuid4()), "reason": "independent", "last_day": "31/12/2026", "comment": "",
            "files": [upload()],
        }  # fmt: skip

        response = member_client.post(f"/beneficiaires/{household.adult_child.pk}/retirer/", form)

        page = words(member_client.get(response.headers["Location"]))
        assert "Un enfant devenu indépendant" in page
        assert "31 décembre 2026" in page
        assert Request.objects.get().concerns_id == household.adult_child.pk

    def test_the_primary_insured_does_not_leave_here(
        self, household: Household, member_client: Client
    ) -> None:
        assert member_client.get(f"/beneficiaires/{household.primary.pk}/retirer/").status_code == 404

    def test_an_adult_may_ask_for_herself_and_for_nobody_else(
        self, household: Household, client: Client, sign_in: SignIn
    ) -> None:
        chloe = sign_in(client, household.adult_child)

        assert chloe.get(f"/beneficiaires/{household.adult_child.pk}/retirer/").status_code == 200
        assert chloe.get(f"/beneficiaires/{household.spouse.pk}/retirer/").status_code == 404


class TestHealthNumber:
    def test_the_number_is_shown_after_a_button_and_noted(
        self, household: Household, member_client: Client
    ) -> None:
        """X10, A63"""
        address = f"/beneficiaires/{household.primary.pk}/numero/"
        assert "284013818500187" not in member_client.get(address).content.decode().replace(" ", "")
        assert not Entry.objects.filter(kind="HealthNumberShown").exists()

        page = member_client.post(address).content.decode().replace("\xa0", "").replace(" ", "")

        assert "284013818500187" in page
        noted = Entry.objects.get(kind="HealthNumberShown")
        assert (noted.actor, noted.about) == (household.primary.account_id, household.primary.pk)
        assert "2840" not in str(noted.data)

    def test_without_a_fresh_proof_it_asks_for_one(self, household: Household, member_client: Client) -> None:
        """A32"""
        session = member_client.session
        session[FRESH_FACTOR] = 0
        session.save()

        response = member_client.post(f"/beneficiaires/{household.primary.pk}/numero/")

        assert response.status_code == 302
        assert "next=" in response.headers["Location"]
        assert not Entry.objects.filter(kind="HealthNumberShown").exists()


@pytest.mark.parametrize("page", ["teletransmission", "numero"])
def test_another_adults_is_not_there(
    household: Household, stranger: Beneficiary, member_client: Client, page: str
) -> None:
    """A36"""
    for person in (household.spouse, household.adult_child, stranger):
        address = f"/beneficiaires/{person.pk}/{page}/"
        assert member_client.get(address).status_code == 404
        assert member_client.post(address, {"request_key": str(uuid4())}).status_code == 404
    assert not Request.objects.exists()


@pytest.mark.parametrize("page", ["teletransmission/", "numero/", "retirer/"])
def test_anonymous_is_led_to_the_door_and_other_methods_are_refused(
    household: Household, client: Client, member_client: Client, page: str
) -> None:
    address = f"/beneficiaires/{household.child.pk}/{page}"

    assert client.get(address).status_code == 302
    assert member_client.put(address).status_code == 405


def test_pages_need_few_queries(tables: None, household: Household, member_client: Client) -> None:
    pages = (
        feed_of(household.child), "/beneficiaires/ajouter/", "/beneficiaires/ajouter/child/",
        f"/beneficiaires/{household.child.pk}/retirer/", f"/beneficiaires/{household.child.pk}/numero/",
    )  # fmt: skip
    for page in pages:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert member_client.get(page).status_code == 200
        assert len(queries) <= 12, page


def test_a_feed_that_brought_nothing_for_a_year_says_so(
    tables: None, household: Household, member_client: Client, tmp_path: Path
) -> None:
    take_in(tmp_path, visit(1))
    feed = AdjudicatedLine.objects.get().feed
    feed.taken_in_at = timezone.now() - timedelta(days=500)
    feed.save()

    assert "rien n’arrive depuis un an" in words(member_client.get(feed_of(household.primary)))
    assert date(2026, 1, 1) < timezone.localdate()
