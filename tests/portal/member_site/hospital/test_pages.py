"""Hospital cover: search, "your card is enough", the form that becomes a request (PEC-01 to PEC-07, X11)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.queries import agent_of
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.contracts.models import Coverage
from entraide.portal.domain.facilities.loading import FacilityRow, load_facilities
from entraide.portal.domain.hospital_cover.deciding import accept_cover
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.models import Request
from entraide.portal.foundation.tasks.queue import drain
from entraide.profiles import CardRule, FacilityChoice, Text
from tests.conftest import Household, Post
from tests.portal.agents import make_agent

pytestmark = pytest.mark.django_db
PAGE = "/hospitalisation/"
LYON, GRENOBLE, VOIRON = "690999909", "380999904", "380999912"
SignIn = Callable[[Client, Beneficiary], Client]


def facility(number: str, name: str, postcode: str, city: str) -> FacilityRow:
    return FacilityRow(
        finess=number,
        name=name,
        address="4 rue du Lac",
        postcode=postcode,
        city=city,
        kind="Clinique",
        phone="",
    )


@pytest.fixture
def directory(db: None) -> None:
    rows = [
        facility(LYON, "CLINIQUE DES DEUX RIVES", "69009", "LYON"),
        facility(GRENOBLE, "HOPITAL DES TROIS MASSIFS", "38043", "GRENOBLE CEDEX 9"),
        facility(VOIRON, "CLINIQUE DE LA SOIERIE", "38500", "VOIRON"),
    ]
    load_facilities(rows, file="test")


@pytest.fixture
def rules(settings: LazySettings, directory: None) -> None:
    """The card is enough around Grenoble, but not at one clinic of Voiron."""
    area = FacilityChoice(communes=("Grenoble", "Voiron"), postcodes=("38",))
    rule = CardRule(
        id="area",
        label=Text("les établissements du bassin", "facilities of the valley"),
        where=area,
        exceptions=(FacilityChoice(communes=("Voiron",), postcodes=("38",), names=("Soierie",)),),
    )
    cover = replace(settings.PROFILE.hospital, card_rules=(rule,), automatic=False)
    settings.PROFILE = replace(settings.PROFILE, hospital=cover)


def words(response: HttpResponse) -> str:
    text = response.content.decode().replace("&#39;", "’").replace("\N{NO-BREAK SPACE}", " ")
    return " ".join(text.split())


def answers(household: Household, **changes: object) -> dict[str, object]:
    day = timezone.localdate() + timedelta(days=12)
    told: dict[str, object] = {
        "request_key": str(uuid4()), "person": str(household.child.pk), "fax": "04 72 00 12 34",
        "facility_name": "Clinique des Deux Rives",
        "finess": "69 099 990 9", "facility_address": "4 rue du Lac, 69009 Lyon", "department": "surgery",
        "admission_date": f"{day:%d/%m/%Y}", "email": "admissions@example.org",
    }  # fmt: skip
    return told | changes


class TestChoosing:
    def test_what_is_never_covered_is_said_first(self, directory: None, member_client: Client) -> None:
        """PEC-03"""
        page = words(member_client.get(PAGE))

        assert page.index("La télévision et le téléphone") < page.index("Dans quel hôpital")
        assert "dépassements d’honoraires" in page

    def test_the_search_lists_facilities_that_lead_to_the_form(
        self, directory: None, member_client: Client
    ) -> None:
        page = words(member_client.get(PAGE, {"q": "deux-rives lyon"}))

        assert "1 établissement trouvé" in page
        assert f'href="{PAGE}?choice={LYON}"' in page
        assert "Mon hôpital n’est pas dans la liste" in page

    def test_nothing_found_says_what_to_try(self, directory: None, member_client: Client) -> None:
        page = words(member_client.get(PAGE, {"q": "<script>"}))

        assert "Aucun établissement trouvé" in page
        assert "<script>alert" not in page

    def test_without_a_directory_the_form_comes_at_once(self, member_client: Client, db: None) -> None:
        page = words(member_client.get(PAGE))

        assert 'name="facility_name"' in page
        assert "La télévision et le téléphone" in page

    def test_a_chosen_facility_fills_its_name_address_and_number(
        self, rules: None, member_client: Client
    ) -> None:
        """X11"""
        page = words(member_client.get(PAGE, {"choice": LYON}))

        assert "4 rue du Lac, 69009 LYON" in page
        assert f'name="finess" value="{LYON}"' in page

    def test_where_the_card_is_enough_there_is_no_form(self, rules: None, member_client: Client) -> None:
        """PEC-04"""
        page = words(member_client.get(PAGE, {"choice": GRENOBLE}))

        assert "Votre carte suffit, rien à demander" in page
        assert "les établissements du bassin" in page
        assert 'name="admission_date"' not in page
        even_so = words(member_client.get(PAGE, {"choice": GRENOBLE, "ask": "1"}))
        assert 'name="admission_date"' in even_so

    def test_an_exception_of_the_area_gets_the_form(self, rules: None, member_client: Client) -> None:
        """PEC-04"""
        assert 'name="admission_date"' in words(member_client.get(PAGE, {"choice": VOIRON}))

    def test_a_mutual_without_rules_always_shows_the_form(
        self, rules: None, member_client: Client, settings: LazySettings
    ) -> None:
        cover = replace(settings.PROFILE.hospital, card_rules=())
        settings.PROFILE = replace(settings.PROFILE, hospital=cover)

        assert 'name="admission_date"' in words(member_client.get(PAGE, {"choice": GRENOBLE}))

    @pytest.mark.parametrize(
        "query", [{"choice": "x"}, {"choice": "999999999"}, {"q": "\x00" * 300}, {"other": ""}]
    )
    def test_any_address_is_a_page(self, rules: None, member_client: Client, query: dict[str, str]) -> None:
        assert member_client.get(PAGE, query).status_code == 200

    def test_in_english(self, rules: None, member_client: Client) -> None:
        member_client.post("/langue/", {"language": "en", "next": PAGE})

        page = words(member_client.get(PAGE, {"choice": GRENOBLE}))

        assert "Your card is enough, nothing to ask for" in page
        assert "facilities of the valley" in page


class TestAsking:
    def test_a_form_becomes_a_request_that_can_be_followed_and_is_acknowledged(
        self, rules: None, household: Household, member_client: Client, sent: Callable[[], list[Post]]
    ) -> None:
        """PEC-01, PEC-05, PEC-06"""
        response = member_client.post(PAGE, answers(household))

        request = Request.objects.get()
        assert response.status_code == 303
        assert (request.category, request.type) == ("hospital", "hospital-cover")
        assert request.concerns_id == household.child.pk
        page = words(member_client.get(response.headers["Location"]))
        assert "Votre demande est bien arrivée" in page
        assert "69 099 990 9" in page
        assert "04 72 00 12 34" in page
        assert "Chirurgie" in page
        (mail,) = sent()
        assert mail.notice == "deposit_received"
        assert "Clinique" not in mail.body

    def test_the_number_alone_fills_name_and_address(
        self, rules: None, household: Household, member_client: Client
    ) -> None:
        """X11"""
        member_client.post(PAGE, answers(household, facility_name="", facility_address=""))

        assert "CLINIQUE DES DEUX RIVES" in Request.objects.get().answers
        assert "4 rue du Lac, 69009 LYON" in Request.objects.get().answers

    @pytest.mark.parametrize("left", ["fax", "email"])
    def test_one_of_fax_and_mail_is_enough(
        self, rules: None, household: Household, member_client: Client, left: str
    ) -> None:
        """PEC-02"""
        assert member_client.post(PAGE, answers(household, **{left: ""})).status_code == 303

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"fax": "", "email": ""}, "il en faut au moins un"),
            ({"fax": "12", "email": ""}, "pas un numéro de fax français"),
            ({"fax": "06 39 98 01 01"}, "numéro de mobile"),
            ({"email": "admissions"}, "pas une adresse e-mail"),
            ({"finess": "690999908"}, "Ce numéro FINESS n’existe pas"),
            ({"finess": "69099990"}, "compte 9 caractères"),
            ({"finess": "<b>"}, "que des chiffres"),
            ({"facility_name": "", "finess": ""}, "Écrivez le nom de l’établissement"),
            ({"admission_date": "31/02/2027"}, "Écrivez la date en chiffres"),
            ({"admission_date": "01/01/2020"}, "date de plus de 30 jours"),
            ({"admission_date": "01/01/2099"}, "dans plus d’un an"),
            ({"person": ""}, "Choisissez la personne hospitalisée"),
            ({"person": str(uuid4())}, "Choisissez une personne de votre contrat"),
            ({"department": "x"}, "n’existe pas ou plus"),
        ],
    )
    def test_what_is_wrong_is_told_and_what_was_typed_stays(
        self, rules: None, household: Household, member_client: Client, changes: dict[str, str], told: str
    ) -> None:
        response = member_client.post(PAGE, answers(household, **changes))

        assert response.status_code == 422
        assert told in words(response)
        if "facility_address" not in changes:
            assert "4 rue du Lac, 69009 Lyon" in words(response)
        assert not Request.objects.exists()

    def test_somebody_already_there_may_be_told_a_few_days_later(
        self, rules: None, household: Household, member_client: Client
    ) -> None:
        day = timezone.localdate() - timedelta(days=30)

        assert (
            member_client.post(PAGE, answers(household, admission_date=f"{day:%d/%m/%Y}")).status_code == 303
        )

    def test_somebody_who_is_not_covered_that_day_is_told(
        self, rules: None, household: Household, member_client: Client
    ) -> None:
        Coverage.objects.filter(beneficiary=household.child).update(ends_on=date(2020, 1, 1))

        response = member_client.post(PAGE, answers(household))

        assert response.status_code == 422
        assert "pas couverte par votre contrat à cette date" in words(response)

    @pytest.mark.parametrize(
        ("name", "number", "address"),
        [
            ("X", GRENOBLE, ""),
            ("Clinique du Bois", "", "3 rue Haute\u00a0- 38000 Grenoble"),
            ("Y", "", "38500 VOIRON"),
        ],
    )
    def test_a_posted_facility_where_the_card_is_enough_asks_for_nothing_unless_one_insists(
        self, rules: None, household: Household, member_client: Client, name: str, number: str, address: str
    ) -> None:
        """PEC-04: also for one that is not chosen from the list."""
        told = answers(household, facility_name=name, finess=number, facility_address=address)

        response = member_client.post(PAGE, told)

        assert response.status_code == 422
        assert "Votre carte suffit, rien à demander" in words(response)
        assert not Request.objects.exists()
        assert member_client.post(f"{PAGE}?other=1&ask=1", told).status_code == 303

    def test_a_second_request_for_the_same_stay_names_the_first(
        self, rules: None, household: Household, member_client: Client
    ) -> None:
        member_client.post(PAGE, answers(household))

        again = member_client.post(PAGE, answers(household))
        other = member_client.post(PAGE, answers(household, person=str(household.primary.pk)))

        first = Request.objects.order_by("received_at")[0]
        assert again.status_code == 409
        assert first.reference in words(again)
        assert other.status_code == 303

    def test_the_same_form_twice_is_one_request(
        self, rules: None, household: Household, member_client: Client
    ) -> None:
        form = answers(household)

        first, second = member_client.post(PAGE, form), member_client.post(PAGE, form)

        assert first.headers["Location"] == second.headers["Location"]
        assert Request.objects.count() == 1

    def test_who_is_no_primary_insured_asks_for_oneself_only(
        self, rules: None, household: Household, sign_in: SignIn
    ) -> None:
        client = sign_in(Client(), household.spouse)

        assert household.child.full_name not in words(client.get(PAGE, {"choice": LYON}))
        assert client.post(PAGE, answers(household)).status_code == 422
        own = answers(household, person=str(household.spouse.pk))
        assert client.post(PAGE, own).status_code == 303

    def test_the_request_of_somebody_else_is_not_there(
        self, rules: None, household: Household, member_client: Client, stranger: Beneficiary, sign_in: SignIn
    ) -> None:
        place = member_client.post(PAGE, answers(household)).headers["Location"]

        assert sign_in(Client(), stranger).get(place).status_code == 404


def test_without_a_session_it_goes_to_the_door(client: Client, db: None) -> None:
    assert client.get(PAGE).headers["Location"].startswith("/connexion/")


def test_another_method_is_refused(member_client: Client) -> None:
    assert member_client.put(PAGE).status_code == 405


@pytest.mark.parametrize("query", [{}, {"q": "hopital grenoble"}, {"choice": LYON}, {"choice": GRENOBLE}])
def test_twelve_questions_are_enough(
    rules: None,
    member_client: Client,
    django_assert_max_num_queries: Callable[..., Any],
    query: dict[str, str],
) -> None:
    with django_assert_max_num_queries(12):
        assert member_client.get(PAGE, query).status_code == 200


class TestLetter:
    @pytest.fixture
    def reference(self, rules: None, household: Household, member_client: Client) -> str:
        """Anne's request for her daughter, accepted and sent."""
        member_client.post(PAGE, answers(household))
        reference = Request.objects.get().reference
        row = make_agent("ada@example.org", "Ada Aron", role=Role.HANDLER, since=timezone.now())
        ada = agent_of(row.account_id)
        assert ada is not None
        accept_cover(ada, reference, now=timezone.now())
        drain()
        return reference

    def test_the_member_reads_the_answer_and_opens_the_letter(
        self, reference: str, member_client: Client
    ) -> None:
        """PEC-05"""
        page = words(member_client.get(f"/demandes/{reference}/"))
        paper = member_client.get(f"{PAGE}{reference}.pdf")

        assert "La prise en charge est accordée" in page
        assert "Elle est partie par e-mail à l’établissement" in page
        assert f'href="{PAGE}{reference}.pdf"' in page
        assert paper.headers["Content-Type"] == "application/pdf"
        assert "Elsa" not in paper.headers["Content-Disposition"]
        assert paper.content.startswith(b"%PDF")

    def test_reading_the_letter_of_a_relative_is_noted(
        self, reference: str, household: Household, member_client: Client
    ) -> None:
        """A68"""
        member_client.get(f"{PAGE}{reference}.pdf")
        drain()

        assert Consultation.objects.filter(person=household.child.pk, reader=household.primary.pk).exists()

    def test_the_letter_of_somebody_else_is_not_there(
        self, reference: str, household: Household, stranger: Beneficiary, sign_in: SignIn
    ) -> None:
        for person in (stranger, household.spouse):
            assert sign_in(Client(), person).get(f"{PAGE}{reference}.pdf").status_code == 404

    def test_there_is_no_letter_before_an_answer(
        self, rules: None, household: Household, member_client: Client
    ) -> None:
        member_client.post(PAGE, answers(household))

        assert member_client.get(f"{PAGE}{Request.objects.get().reference}.pdf").status_code == 404

    def test_without_a_session_and_with_another_method(self, reference: str, member_client: Client) -> None:
        address = f"{PAGE}{reference}.pdf"

        assert Client().get(address).headers["Location"].startswith("/connexion/")
        assert member_client.post(address).status_code == 405

    def test_twelve_questions_are_enough(
        self, reference: str, member_client: Client, django_assert_max_num_queries: Callable[..., Any]
    ) -> None:
        for address in (f"{PAGE}{reference}.pdf", f"/demandes/{reference}/"):
            with django_assert_max_num_queries(12):
                assert member_client.get(address).status_code == 200

    def test_what_left_for_the_hospital_is_in_the_demos_mailbox(
        self, reference: str, member_client: Client
    ) -> None:
        rows = member_client.get("/demo/boite.json", {"to": "admissions@example.org"}).json()

        assert [one["attachments"][0]["name"] for one in rows] == [f"prise-en-charge-{reference}.pdf"]
