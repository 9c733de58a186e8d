"""/beneficiaires/<id>/: one person (PROF-03, X10, security 2.4)."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.timezone import localdate

from entraide.portal.domain.members.models import Beneficiary
from tests.conftest import Household
from tests.portal.domain.claims.care import Care, pay
from tests.portal.member_site.access.steps import words

SignIn = Callable[[Client, Beneficiary], Client]


def _page(client: Client, person: Beneficiary) -> str:
    response = client.get(f"/beneficiaires/{person.pk}/")
    assert response.status_code == 200
    return response.content.decode()


def _read(client: Client, person: Beneficiary) -> str:
    """What a reader sees: hidden tokens hold any three letters once in a while."""
    return words(client.get(f"/beneficiaires/{person.pk}/"))


def test_own_page_shows_identity_scheme_and_account_masked(
    member_client: Client, household: Household
) -> None:
    """PROF-03, X10."""
    page = _page(member_client, household.primary)

    for told in (
        "Anne",
        "2 84 01 •• ••• ••• ••",
        "01-381-0000",
        "FR76 •••• •••• •••• •••• ••• 0189",
        "AGRI••••",
    ):
        assert told in page


def test_nothing_unmasked_reaches_the_page(member_client: Client, household: Household) -> None:
    """X10: not in a word, an attribute or a comment."""
    page = _page(member_client, household.primary).replace(" ", "")

    for secret in ("284013818500187", "2840138", "FR7630006000011234567890189", "30006", "AGRIFRPP"):
        assert secret not in page


@pytest.mark.parametrize(
    ("state", "words"),
    [("on", "Activée"), ("off", "Désactivée"), ("never", "Jamais activée")],
)
def test_the_claim_feed_is_told_in_plain_words(
    member_client: Client, household: Household, state: str, words: str
) -> None:
    Beneficiary.objects.filter(pk=household.primary.pk).update(claim_feed=state)

    page = _page(member_client, household.primary)

    assert words in page
    assert ("envoyez-nous vos décomptes" in page) is (state != "on")


@pytest.mark.parametrize("role", ["spouse", "adult_child"])
def test_of_another_adult_only_name_role_and_cover_appear(
    member_client: Client, household: Household, role: str
) -> None:
    """Security 2.4, identity: with a sentence that says why."""
    person = getattr(household, role)

    page = _read(member_client, person)

    assert person.full_name in page
    assert "ne s’affichent que dans son propre espace" in page
    assert "C40SOCLE" in page
    assert not [word for word in ("Date de naissance", "NIR", "IBAN", "01-381-0000", "••••") if word in page]


@pytest.mark.parametrize("role", ["teen", "child"])
def test_a_parent_sees_the_identity_of_a_minor(
    member_client: Client, household: Household, role: str
) -> None:
    page = _page(member_client, getattr(household, role))

    assert "Date de naissance" in page
    assert "C’est le compte de l’assuré principal." in page


def test_a_dependant_without_account_of_own_does_not_see_that_of_the_primary_insured(
    client: Client, household: Household, sign_in: SignIn
) -> None:
    page = _read(sign_in(client, household.spouse), household.spouse)

    assert "sur le compte de l’assuré principal" in page
    assert "0189" not in page


def test_a_dependant_opens_no_page_but_own(client: Client, household: Household, sign_in: SignIn) -> None:
    """A36."""
    sign_in(client, household.adult_child)

    found = {one.first_name: client.get(f"/beneficiaires/{one.pk}/").status_code for one in household.people}

    assert found == {"Anne": 404, "Bruno": 404, "Chloé": 200, "Denis": 404, "Elsa": 404}


def test_a_stranger_finds_nothing(
    client: Client, household: Household, stranger: Beneficiary, sign_in: SignIn
) -> None:
    sign_in(client, stranger)

    for person in household.people:
        assert client.get(f"/beneficiaires/{person.pk}/").status_code == 404


def test_a_person_without_number_or_account_on_file_has_a_page(
    client: Client, stranger: Beneficiary, sign_in: SignIn
) -> None:
    Beneficiary.objects.filter(pk=stranger.pk).update(
        nir=b"", iban=b"", scheme_code="", fund_code="", office_code=""
    )

    page = _page(sign_in(client, stranger), stranger)

    assert "Non enregistré" in page
    assert "par chèque" in page


def test_anonymous_goes_to_sign_in(client: Client, household: Household) -> None:
    response = client.get(f"/beneficiaires/{household.primary.pk}/")

    assert response.headers["Location"].startswith("/connexion/?next=")


def test_posting_is_not_allowed(member_client: Client, household: Household) -> None:
    assert member_client.post(f"/beneficiaires/{household.primary.pk}/").status_code == 405


def test_what_is_left_of_the_year_is_told(member_client: Client, household: Household, tables: None) -> None:
    """B-06"""
    session = Care(
        person=household.primary, kind="alternative", act="OST", charged=5500, base=0, rate=0, amo=0,
        amc=2500, day=localdate(),
    )  # fmt: skip
    pay(household.member, session, on=localdate())

    page = _page(member_client, household.primary)

    assert "Ce qu’il reste cette année" in page
    assert "Il en reste 2 sur 3" in page


def test_what_is_left_of_a_child_is_told_to_the_member(
    member_client: Client, household: Household, tables: None
) -> None:
    assert "Il en reste 3 sur 3" in _page(member_client, household.child)


@pytest.mark.parametrize("role", ["spouse", "adult_child", "teen"])
def test_what_is_left_of_another_adult_is_not_told(
    member_client: Client, household: Household, tables: None, role: str
) -> None:
    """A36, B-06: what is left tells what was done."""
    response = member_client.get(f"/beneficiaires/{getattr(household, role).pk}/")

    assert "Ce qu’il reste cette année" not in response.content.decode()
