"""/coordonnees/: what is on file, changing it, and saying that it is right (PROF-04, PROF-05, REMB-03)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from entraide.portal.domain.contacts.models import Place
from entraide.portal.domain.members.models import Beneficiary, Member
from entraide.portal.foundation.events.models import Entry
from tests.conftest import Household, make_person, years_ago
from tests.portal.member_site.access.steps import SIGN_IN, words
from tests.portal.member_site.contacts.conftest import hidden

PAGE, ADDRESS, PHONE, MAILS = (
    "/coordonnees/",
    "/coordonnees/adresse/",
    "/coordonnees/telephone/",
    "/coordonnees/messages/",
)
MOVED = {
    "address_line1": "3 rue de l’Écluse",
    "address_line2": "",
    "address_postcode": "38 400",
    "address_city": "Saint-Martin-d’Hères",
}
pytestmark = pytest.mark.django_db
Fill = Callable[..., HttpResponse]
SignIn = Callable[[Client, Beneficiary], Client]


@pytest.fixture
def places() -> None:
    Place.objects.bulk_create(
        Place(postcode=code, city=city, key=city.lower())
        for code, city in [("38000", "GRENOBLE"), ("38400", "SAINT MARTIN D HERES"), ("38500", "VOIRON"),
                           ("38500", "COUBLEVIE")]
    )  # fmt: skip


def test_the_page_shows_what_is_on_file_with_the_advice(member_client: Client, household: Household) -> None:
    """PROF-04, PROF-05"""
    shown = words(member_client.get(PAGE))

    for what in ("Mme Anne Vautrin", household.primary.email, "06 39 98 01 01", "38000 Grenoble"):
        assert what in shown
    assert "Plutôt une adresse personnelle que professionnelle" in shown
    assert "Elsa Vautrin" in shown


def test_nothing_of_another_adult_is_on_the_page(household: Household, sign_in: SignIn) -> None:
    """Matrix 2.4: each adult her own."""
    Beneficiary.objects.filter(pk=household.primary.pk).update(city="Mizoën")
    shown = words(sign_in(Client(), household.spouse).get(PAGE))

    assert household.spouse.email in shown
    for other in ("Mizoën", household.primary.email, household.adult_child.email, "Elsa"):
        assert other not in shown


@pytest.mark.parametrize("page", [PAGE, ADDRESS, PHONE, MAILS, "/coordonnees/email/", "/coordonnees/mobile/"])
def test_every_page_is_private_speaks_english_and_takes_get_and_post(
    member_client: Client, page: str
) -> None:
    answer = member_client.get(page, headers={"Accept-Language": "en"})

    assert answer.status_code == 200
    assert '<html lang="en"' in answer.content.decode()
    assert Client().get(page).headers["Location"].startswith(SIGN_IN)
    assert Client().post(page).headers["Location"].startswith(SIGN_IN)
    assert member_client.put(page).status_code == 405


@pytest.mark.parametrize("form", ["adresse", "telephone"])
def test_a_child_has_forms_and_nobody_else_exists(
    member_client: Client, household: Household, stranger: Beneficiary, sign_in: SignIn, form: str
) -> None:
    """A36"""
    spouse = sign_in(Client(), household.spouse)

    assert member_client.get(f"/coordonnees/{household.child.pk}/{form}/").status_code == 200
    for person_id in (household.spouse.pk, household.adult_child.pk, stranger.pk, uuid4()):
        page = f"/coordonnees/{person_id}/{form}/"
        assert member_client.get(page).status_code == 404
        assert member_client.post(page, {**MOVED, "phone": "", "seen": "x"}).status_code == 404
    assert spouse.get(f"/coordonnees/{household.child.pk}/{form}/").status_code == 404


@pytest.mark.parametrize("page", ["/", PAGE, ADDRESS, MAILS])
def test_a_page_asks_no_more_of_the_database_for_a_large_family(
    member_client: Client, household: Household, page: str
) -> None:
    member_client.get(page)
    with CaptureQueriesContext(connection) as small:
        member_client.get(page)
    for number in range(40):
        make_person(household.member, f"3005{number:04d}", "child", f"Lou{number}", born=years_ago(9))
    with CaptureQueriesContext(connection) as large:
        member_client.get(page)

    assert len(large) == len(small) <= 12


def test_a_new_address_is_stored_and_said(
    member_client: Client, household: Household, fill: Fill, sent: Callable[[], list]
) -> None:
    answer = fill(member_client, ADDRESS, **MOVED)

    assert answer.headers["Location"] == PAGE
    assert "Votre adresse est enregistrée" in words(member_client.get(PAGE))
    household.primary.refresh_from_db()
    assert (household.primary.postcode, household.primary.city) == ("38400", "Saint-Martin-d’Hères")
    assert [one.notice for one in sent()] == ["contacts_changed"]


def test_the_form_may_be_sent_to_the_page_itself(member_client: Client, household: Household) -> None:
    answer = member_client.post(PAGE, {**hidden(member_client, ADDRESS), **MOVED})

    assert answer.headers["Location"] == PAGE
    household.primary.refresh_from_db()
    assert household.primary.city == "Saint-Martin-d’Hères"


def test_a_form_that_is_none_of_the_page_is_refused(member_client: Client) -> None:
    assert member_client.post(PAGE, {"iban": "x"}).status_code == 400


def test_a_form_sent_twice_is_stored_once(member_client: Client) -> None:
    answers = {**hidden(member_client, ADDRESS), **MOVED}
    for _ in range(2):
        assert member_client.post(ADDRESS, answers).status_code == 302

    assert Entry.objects.filter(kind="ContactsChanged").count() == 1


@pytest.mark.parametrize("postcode", ["20000", "97400", "98800", "01000"])
def test_corsica_and_overseas_are_france(
    member_client: Client, household: Household, fill: Fill, postcode: str
) -> None:
    assert fill(member_client, ADDRESS, **{**MOVED, "address_postcode": postcode}).status_code == 302
    household.primary.refresh_from_db()
    assert household.primary.postcode == postcode


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"address_line1": ""}, "Écrivez le numéro et la rue"),
        ({"address_line1": "x" * 121}, "trop long"),
        ({"address_postcode": "1204"}, "compte 5 chiffres"),
        ({"address_postcode": "CH-1204"}, "à l’étranger"),
        ({"address_postcode": "99100"}, "compte 5 chiffres"),
        ({"address_postcode": ""}, "compte 5 chiffres"),
        ({"address_city": ""}, "nom de votre commune"),
        ({"seen": ""}, "incomplet"),
        ({"request_key": ""}, "incomplet"),
    ],
)
def test_a_wrong_address_is_explained_and_what_was_typed_is_kept(
    member_client: Client, household: Household, fill: Fill, changes: dict[str, str], reason: str
) -> None:
    answer = fill(member_client, ADDRESS, **{**MOVED, "address_line2": "Bât. Épicéa", **changes})

    assert answer.status_code == 422
    assert reason in words(answer)
    assert "Bât. Épicéa" in answer.content.decode()
    household.primary.refresh_from_db()
    assert household.primary.city == "Grenoble"


def test_a_line_break_in_a_line_becomes_a_space(
    member_client: Client, household: Household, fill: Fill
) -> None:
    fill(member_client, ADDRESS, **{**MOVED, "address_line1": "3 rue\r\nNeuve\u200b"})

    household.primary.refresh_from_db()
    assert household.primary.address_line1 == "3 rue Neuve"


def test_the_communes_of_a_postcode_are_offered_without_a_script(
    member_client: Client, household: Household, fill: Fill, places: None
) -> None:
    answer = fill(member_client, ADDRESS, action="search", address_line1="3 rue", address_postcode="38500")
    body = answer.content.decode()

    assert answer.status_code == 200
    assert 'value="VOIRON"' in body
    assert 'value="COUBLEVIE"' in body
    assert 'value="3 rue"' in body
    chosen = {**MOVED, "address_postcode": "38500", "address_city": "", "address_choice": "COUBLEVIE"}
    assert fill(member_client, ADDRESS, **chosen).status_code == 302
    household.primary.refresh_from_db()
    assert household.primary.city == "COUBLEVIE"


def test_a_postcode_of_one_commune_needs_no_name(
    member_client: Client, household: Household, fill: Fill, places: None
) -> None:
    fill(member_client, ADDRESS, **{**MOVED, "address_city": ""})

    household.primary.refresh_from_db()
    assert household.primary.city == "SAINT MARTIN D HERES"


def test_a_commune_of_another_postcode_is_refused_with_a_way_out(
    member_client: Client, household: Household, fill: Fill, places: None
) -> None:
    wrong = {**MOVED, "address_postcode": "38500"}
    answer = fill(member_client, ADDRESS, **wrong)

    assert answer.status_code == 422
    assert "n’a pas ce code postal" in words(answer)
    assert "Mon adresse est juste" in words(answer)
    assert fill(member_client, ADDRESS, **wrong, address_choice="as_typed").status_code == 302
    household.primary.refresh_from_db()
    assert (household.primary.postcode, household.primary.city) == ("38500", "Saint-Martin-d’Hères")


def test_an_unknown_postcode_is_told_and_may_still_be_right(
    member_client: Client, fill: Fill, places: None
) -> None:
    answer = fill(member_client, ADDRESS, **{**MOVED, "address_postcode": "38999"}, action="search")

    assert "pas de commune à ce code postal" in words(answer)
    cedex = {**MOVED, "address_postcode": "38999", "address_choice": "as_typed"}
    assert fill(member_client, ADDRESS, **cedex).status_code == 302


def test_two_tabs_do_not_undo_each_other(member_client: Client, household: Household, fill: Fill) -> None:
    """The second form says what changed meanwhile, keeps what was typed, and may then be sent again."""
    late = hidden(member_client, ADDRESS)
    fill(member_client, ADDRESS, **MOVED)
    mine = {**MOVED, "address_line1": "7 impasse du Puits"}
    answer = member_client.post(ADDRESS, {**late, **mine})
    body = answer.content.decode()

    assert answer.status_code == 409
    assert "3 rue de l’Écluse, 38400 Saint-Martin-d’Hères" in words(answer)
    assert 'value="7 impasse du Puits"' in body
    again = {**late, "seen": body.split('name="seen" value="')[1].split('"')[0], **mine}
    assert member_client.post(ADDRESS, again).status_code == 302
    household.primary.refresh_from_db()
    assert household.primary.address_line1 == "7 impasse du Puits"


def test_the_family_moves_with_one_tick(member_client: Client, household: Household, fill: Fill) -> None:
    fill(member_client, ADDRESS, **MOVED, address_family="on")

    household.child.refresh_from_db()
    assert household.child.address_line1 == MOVED["address_line1"]


def test_nobody_can_name_another_person_in_the_form(
    member_client: Client, household: Household, fill: Fill
) -> None:
    """A38"""
    fill(member_client, ADDRESS, **MOVED, person_id=str(household.spouse.pk), email="x@example.org")

    household.spouse.refresh_from_db()
    household.primary.refresh_from_db()
    assert household.spouse.address_line1 == ""
    assert household.primary.email == "anne@example.org"


def test_a_landline_is_stored_without_a_proof(
    member_client: Client, household: Household, fill: Fill
) -> None:
    assert fill(member_client, PHONE, phone="01 99 00 12 34").status_code == 302
    household.primary.refresh_from_db()
    assert household.primary.phone == "+33199001234"
    assert "01 99 00 12 34" in words(member_client.get(PAGE))


@pytest.mark.parametrize(
    ("typed", "reason"), [("123", "comme 04 76"), ("+44 20 7946 0123", "étranger"), ("0899123456", "service")]
)
def test_a_wrong_landline_is_refused_and_kept(
    member_client: Client, household: Household, fill: Fill, typed: str, reason: str
) -> None:
    answer = fill(member_client, PHONE, phone=typed)

    assert answer.status_code == 422
    assert reason in words(answer)
    assert f'value="{typed}"' in answer.content.decode()


def test_the_post_is_chosen_in_words_that_say_what_it_means(
    member_client: Client, household: Household, fill: Fill
) -> None:
    """REMB-03"""
    shown = words(member_client.get(MAILS))
    assert "à chaque versement" in shown
    assert "une fois par trimestre" in shown
    assert "Les messages de sécurité ne se coupent pas" in shown

    assert fill(member_client, MAILS, statement_delivery="post", mail_news="on").status_code == 302
    household.member.refresh_from_db()
    household.primary.refresh_from_db()
    assert household.member.statement_delivery == "post"
    assert household.primary.unwanted_mails == "statements requests"
    assert "par la poste" in words(member_client.get(PAGE))


def test_a_spouse_chooses_mails_but_not_how_statements_come(
    household: Household, sign_in: SignIn, fill: Fill
) -> None:
    spouse = sign_in(Client(), household.spouse)

    assert 'name="statement_delivery"' not in spouse.get(MAILS).content.decode()
    fill(spouse, MAILS, statement_delivery="post", mail_news="on")
    assert Member.objects.get(pk=household.member.pk).statement_delivery == "email"


def test_neither_mail_nor_post_is_no_choice(member_client: Client, fill: Fill) -> None:
    answer = fill(member_client, MAILS, statement_delivery="fax")

    assert answer.status_code == 422
    assert "Choisissez l’e-mail ou la poste" in words(answer)


def test_the_home_page_asks_once_a_year_and_never_stands_in_the_way(
    member_client: Client, household: Household
) -> None:
    question = "Vos coordonnées sont-elles toujours justes"
    assert question in words(member_client.get("/"))
    answer = member_client.post(PAGE, {"confirm": "home", **hidden(member_client, "/")})

    assert answer.headers["Location"] == "/"
    home = words(member_client.get("/"))
    assert question not in home
    assert "Nous vous le redemanderons dans un an" in home
    last_year = timezone.localdate() - timedelta(days=365)
    Beneficiary.objects.filter(pk=household.primary.pk).update(contacts_confirmed_on=last_year)
    assert question in words(member_client.get("/"))


def test_what_changed_since_the_page_was_opened_is_not_confirmed(
    member_client: Client, household: Household, fill: Fill
) -> None:
    seen = hidden(member_client, PAGE)
    fill(member_client, ADDRESS, **MOVED)
    answer = member_client.post(PAGE, {"confirm": "here", **seen}, follow=True)

    assert "a changé depuis" in words(answer)
    household.primary.refresh_from_db()
    assert household.primary.contacts_confirmed_on is None
