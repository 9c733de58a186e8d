"""A reimbursement asked for online (DEP-04), and the same care found before it is sent twice."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.timezone import localdate

from entraide.portal.domain.adjudication.models import AdjudicatedLine
from entraide.portal.domain.claims.models import PaymentLine
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.requests.enums import RequestKind, RequestState
from entraide.portal.domain.requests.models import Request, RequestFile
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.foundation.web.wording import day
from tests.conftest import Household
from tests.portal.domain.claims.care import Care, pay
from tests.portal.domain.claims.tables import tables
from tests.portal.feeds import take_in, visit
from tests.portal.member_site.requests.conftest import text_of, upload

__all__ = ["tables"]
pytestmark = pytest.mark.django_db
PAGE = "/remboursements/demande/"
ANSWERS = {"care": "pharmacy", "paid": "all", "feed": "off"}
# Not long ago whenever this runs.
CARE_DAY = localdate() - timedelta(days=20)
PAID_ON = localdate() - timedelta(days=10)
DOUBLE = "C’est peut-être déjà remboursé"
Claim = Callable[..., dict[str, object]]


@pytest.fixture
def claim(household: Household) -> Claim:
    """Everything that a claim needs; an argument changes a field, None leaves it out."""

    def fill(**changes: object) -> dict[str, object]:
        values: dict[str, object] = {
            **ANSWERS,
            "request_key": str(uuid4()),
            "beneficiary": str(household.primary.pk),
            "care_date": f"{CARE_DAY:%d/%m/%Y}",
            "professional": "Pharmacie des Tilleuls",
            "amount": "30,00",
            "piece-statement": [upload()],
        }
        return {name: value for name, value in (values | changes).items() if value is not None}

    return fill


class TestThePage:
    def test_two_questions_come_first_then_the_form_with_its_papers(self, member_client: Client) -> None:
        first = text_of(member_client.get(PAGE))
        then = text_of(member_client.get(PAGE, ANSWERS))

        assert 'name="paid"' in first
        assert 'name="amount"' not in first
        assert 'name="amount"' in then
        assert 'name="piece-statement"' in then

    def test_what_the_feed_brings_needs_no_claim(self, member_client: Client) -> None:
        page = text_of(member_client.get(PAGE, {**ANSWERS, "feed": "on"}))

        assert "Rien à envoyer" in page
        assert 'name="amount"' not in page

    def test_signed_out_it_leads_to_the_door(self, client: Client) -> None:
        assert client.get(PAGE).headers["Location"].startswith("/connexion/")
        assert client.post(PAGE, ANSWERS).headers["Location"].startswith("/connexion/")

    def test_it_is_in_english_too(self, member_client: Client) -> None:
        member_client.post("/langue/", {"language": "en", "next": "/"})

        assert "What Social Security paid" in text_of(member_client.get(PAGE, ANSWERS))

    def test_the_way_to_it_stands_with_the_reimbursements(self, member_client: Client) -> None:
        assert f'href="{PAGE}"' in text_of(member_client.get("/remboursements/"))


class TestSending:
    def test_it_becomes_a_request_that_says_everything_and_is_acknowledged(
        self, member_client: Client, household: Household, claim: Claim
    ) -> None:
        response = member_client.post(PAGE, claim(amount="1 234,50 €", compulsory="20.10"))

        request = Request.objects.get()
        page = text_of(member_client.get(response.headers["Location"]))
        assert response.status_code == 303
        assert (request.kind, request.category, request.type) == (
            RequestKind.CLAIM, "everyday-care", "pharmacy",
        )  # fmt: skip
        assert request.concerns_id == household.primary.pk
        assert [one.piece for one in request.files.all()] == ["pharmacy/statement"]
        assert Entry.objects.filter(kind__endswith="DepositReceived").count() == 1
        for words in (
            "1 234,50 €",
            "20,10 €",
            day(CARE_DAY).replace("\xa0", " "),
            "Pharmacie des Tilleuls",
            "Tous les frais",
        ):
            assert words in page

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"amount": "0"}, "plus de 0 €"),
            ({"amount": "-12"}, "ne peut pas être négatif"),
            ({"amount": "douze"}, "Écrivez un montant en euros"),
            ({"amount": "12,345"}, "Écrivez un montant en euros"),
            ({"amount": "9999999"}, "trop grand"),
            ({"amount": None}, "Écrivez un montant en euros"),
            ({"compulsory": "30,01"}, "C’est plus que ce que vous avez payé"),
            ({"care_date": "01/01/2199"}, "dans le futur"),
            ({"care_date": "32/13/2026"}, "Écrivez la date en chiffres"),
            ({"care_date": "02/11/26"}, "Écrivez la date en chiffres"),
            ({"professional": " "}, "Tapez le nom du professionnel"),
            ({"professional": "P" * 121}, "120 caractères au plus"),
            ({"beneficiary": str(uuid4())}, "Choisissez une personne de votre contrat"),
            ({"piece-statement": None}, "Ajoutez ce papier"),
            ({"description": "x" * 2001}, "2 000 signes"),
        ],
        ids=lambda value: str(value)[:40],
    )
    def test_what_cannot_be_is_told_at_its_field_and_nothing_is_stored(
        self, member_client: Client, claim: Claim, changes: dict[str, object], words: str
    ) -> None:
        response = member_client.post(PAGE, claim(**changes))

        page = text_of(response)
        assert response.status_code == 422
        assert words in page
        assert "Tilleuls" in page or "professional" in changes
        assert not Request.objects.exists()

    def test_files_stay_while_the_rest_is_corrected(self, member_client: Client, claim: Claim) -> None:
        given = claim(amount="")
        page = text_of(member_client.post(PAGE, given))

        again = claim(request_key=given["request_key"], **{"piece-statement": None})

        assert "Ajouté : 1 fichier" in page
        assert member_client.post(PAGE, again).status_code == 303
        assert Request.objects.get().files.count() == 1

    def test_a_file_is_taken_off_again(self, member_client: Client, claim: Claim) -> None:
        given = claim(amount="")
        member_client.post(PAGE, given)
        wrong = RequestFile.objects.get()

        page = text_of(
            member_client.post(PAGE, claim(request_key=given["request_key"], action=f"remove:{wrong.pk}"))
        )

        assert "Ajouté :" not in page
        assert "error-summary" not in page
        assert not RequestFile.objects.exists()

    def test_the_same_form_twice_is_one_claim(self, member_client: Client, claim: Claim) -> None:
        given = claim()

        answers = [member_client.post(PAGE, {**given, "piece-statement": [upload()]}) for _ in range(2)]

        assert [one.status_code for one in answers] == [303, 303]
        assert Request.objects.count() == 1

    def test_the_form_sent_again_with_another_amount_is_refused(
        self, member_client: Client, claim: Claim
    ) -> None:
        given = claim()
        member_client.post(PAGE, given)

        response = member_client.post(PAGE, {**given, "amount": "31", "piece-statement": [upload()]})

        assert response.status_code == 409
        assert Request.objects.get().reference in text_of(response)

    def test_a_post_without_its_two_answers_asks_them_again(
        self, member_client: Client, claim: Claim
    ) -> None:
        response = member_client.post(PAGE, claim(care="astrologie"))

        assert response.status_code == 422
        assert "Choisissez le soin dans la liste" in text_of(response)

    def test_who_may_send_only_for_oneself_claims_only_for_oneself(
        self, client: Client, household: Household, claim: Claim, sign_in: Any
    ) -> None:
        sign_in(client, household.spouse)

        assert client.post(PAGE, claim()).status_code == 422
        assert client.post(PAGE, claim(beneficiary=str(household.spouse.pk))).status_code == 303

    def test_a_care_of_more_than_two_years_is_told_and_sent_anyway(
        self, member_client: Client, claim: Claim
    ) -> None:
        old = f"{localdate() - timedelta(days=735):%d/%m/%Y}"
        given = claim(care_date=old)

        told = member_client.post(PAGE, given)
        sent = member_client.post(PAGE, claim(care_date=old, request_key=given["request_key"], anyway="on"))

        assert [told.status_code, sent.status_code] == [422, 303]
        assert "Il date de plus de 24 mois" in text_of(told)
        assert "Malgré l’avertissement" in text_of(member_client.get(sent.headers["Location"]))


class TestDoubles:
    def test_an_earlier_claim_is_shown_and_a_second_is_sent_only_on_purpose(
        self, member_client: Client, claim: Claim
    ) -> None:
        member_client.post(PAGE, claim())
        earlier = Request.objects.get().reference
        given = claim(amount="30")

        told = member_client.post(PAGE, given)
        sent = member_client.post(
            PAGE, claim(request_key=given["request_key"], anyway="on", **{"piece-statement": None})
        )

        page = text_of(told)
        assert [told.status_code, sent.status_code] == [422, 303]
        assert DOUBLE in page
        assert f"/demandes/{earlier}/" in page
        assert 'name="anyway"' in page
        assert Request.objects.count() == 2

    @pytest.mark.parametrize(
        "changes", [{"amount": "30,01"}, {"care_date": f"{CARE_DAY + timedelta(days=1):%d/%m/%Y}"}]
    )
    def test_another_day_or_amount_is_another_care(
        self, member_client: Client, claim: Claim, changes: dict[str, str]
    ) -> None:
        member_client.post(PAGE, claim())

        assert member_client.post(PAGE, claim(**changes)).status_code == 303

    def test_the_same_care_under_another_name_is_found(self, member_client: Client, claim: Claim) -> None:
        member_client.post(PAGE, claim())

        assert DOUBLE in text_of(member_client.post(PAGE, claim(professional="Pharm. Tilleuls")))

    def test_another_person_is_another_care(
        self, member_client: Client, household: Household, claim: Claim
    ) -> None:
        member_client.post(PAGE, claim())

        assert member_client.post(PAGE, claim(beneficiary=str(household.child.pk))).status_code == 303

    @pytest.mark.parametrize("state", [RequestState.REFUSED, RequestState.WITHDRAWN])
    def test_a_claim_that_was_refused_or_withdrawn_stands_in_nobodys_way(
        self, member_client: Client, claim: Claim, state: RequestState
    ) -> None:
        member_client.post(PAGE, claim())
        Request.objects.update(state=state)

        assert member_client.post(PAGE, claim()).status_code == 303

    @pytest.mark.parametrize("amount", ["30", "11"])
    def test_a_paid_line_is_shown_with_its_link(
        self, member_client: Client, household: Household, claim: Claim, amount: str
    ) -> None:
        """The whole price, or what the compulsory scheme left of it."""
        pay(household.member, Care(day=CARE_DAY, person=household.primary), on=PAID_ON)

        page = text_of(member_client.post(PAGE, claim(amount=amount)))

        assert DOUBLE in page
        assert f"/remboursements/{PaymentLine.objects.get().pk}/" in page
        assert day(PAID_ON).replace("\xa0", " ") in page

    @pytest.mark.parametrize("amount", ["150,00", "112,00"])
    def test_the_lines_of_one_claim_count_together(
        self, member_client: Client, household: Household, claim: Claim, amount: str
    ) -> None:
        """Their whole price, or what the compulsory scheme left of it."""
        frame, lenses = (
            Care(day=CARE_DAY, person=household.primary),
            Care(day=CARE_DAY, person=household.primary, charged=12000),
        )
        pay(household.member, frame, lenses, on=PAID_ON)

        page = text_of(member_client.post(PAGE, claim(amount=amount)))

        assert page.count("Un remboursement versé le") == 1

    def test_a_line_that_was_taken_back_stands_in_nobodys_way(
        self, member_client: Client, household: Household, claim: Claim
    ) -> None:
        care = Care(day=CARE_DAY, person=household.primary)
        back = Care(day=CARE_DAY, person=household.primary, charged=-3000, amo=-1900, amc=-900, base=-3000)
        pay(household.member, care, back, on=PAID_ON)

        assert member_client.post(PAGE, claim()).status_code == 303

    def test_a_line_of_the_feed_that_waits_is_shown(
        self, tables: None, member_client: Client, claim: Claim, tmp_path: Path
    ) -> None:
        take_in(tmp_path, visit(1))
        line = AdjudicatedLine.objects.get()
        given = claim(
            care_date=f"{line.care_date:%d/%m/%Y}", amount=f"{line.charged // 100},{line.charged % 100:02d}"
        )

        page = text_of(member_client.post(PAGE, given))

        assert DOUBLE in page
        assert "le remboursement est en route" in page

    def test_the_care_of_another_adult_is_never_told_by_a_double(
        self, member_client: Client, household: Household, claim: Claim
    ) -> None:
        """A36: guessing a day and an amount must not find what the spouse had done."""
        pay(household.member, Care(day=CARE_DAY, person=household.spouse), on=PAID_ON)

        response = member_client.post(PAGE, claim(beneficiary=str(household.spouse.pk)))

        assert response.status_code == 303

    def test_what_another_one_claimed_is_not_told(
        self, client: Client, member_client: Client, household: Household, claim: Claim, sign_in: Any
    ) -> None:
        sign_in(client, household.spouse)
        his = claim(beneficiary=str(household.spouse.pk))
        assert client.post(PAGE, his).status_code == 303

        response = member_client.post(PAGE, claim(beneficiary=str(household.spouse.pk)))

        assert response.status_code == 303

    def test_seeing_the_care_of_a_child_goes_to_their_journal(
        self, member_client: Client, household: Household, claim: Claim
    ) -> None:
        """A68"""
        pay(household.member, Care(day=CARE_DAY, person=household.child), on=PAID_ON)

        page = text_of(member_client.post(PAGE, claim(beneficiary=str(household.child.pk))))
        drain()

        assert DOUBLE in page
        assert Consultation.objects.filter(person=household.child.pk).exists()

    def test_a_long_history_takes_no_more_questions(
        self,
        member_client: Client,
        household: Household,
        claim: Claim,
        django_assert_max_num_queries: Callable[..., Any],
    ) -> None:
        for number in range(30):
            many = [Care(day=CARE_DAY, person=household.primary, charged=4000 + number) for _ in range(3)]
            pay(household.member, *many, on=CARE_DAY)
        with django_assert_max_num_queries(12):
            assert member_client.get(PAGE, ANSWERS).status_code == 200
        with django_assert_max_num_queries(12):
            assert member_client.get(PAGE).status_code == 200
