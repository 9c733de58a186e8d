"""Before retirement: both contracts, the examples, the form with one's own data (RET-01)."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from django.conf import LazySettings, settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.contracts.examples import examples_by_heading
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.simulations.retiring import retirement_view
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.foundation.web.wording import day, money
from entraide.profiles import Text
from entraide.profiles.retirement import AgeContribution, Difference, Retirement, Scale
from tests.conftest import Household, years_ago
from tests.portal.member_site.reimbursements.pdf_text import text_of as words_of
from tests.portal.member_site.requests.conftest import text_of

PAGE, FORM = "/retraite/", "/retraite/adhesion.pdf"
SignIn = Callable[[Client, Beneficiary], Client]
pytestmark = pytest.mark.django_db


def said(words: str) -> Text:
    return Text(words, f"{words} (en)")


def individual() -> str:
    """The number of an individual base contract of this mutual."""
    tables = settings.PROFILE.guarantees.values()
    return next(one[-1].number for one in tables if not one[-1].group and one[-1].tier.value == "base")


@pytest.fixture
def retiring(household: Household, settings: LazySettings) -> Retirement:
    """Anne's contract is a group one, and the mutual has something for who retires from it."""
    retirement = Retirement(
        segments=(household.member.segment,),
        paragraphs=(said("Le contrat s’arrête avec votre emploi."),),
        reason="message-other",
        note=said("Exemples inventés."),
        enclose=(said("Un RIB"), said("La dernière fiche de paie")),
        differences=(
            Difference(topic=said("Qui paie"), group=said("Vous et l’employeur"), individual=said("Vous")),
        ),
        scales=(
            Scale(
                contracts=(individual(),),
                year=2020,
                ages=(
                    AgeContribution(age=40, monthly_cents=5432),
                    AgeContribution(age=60, monthly_cents=9876),
                ),
            ),
        ),
        documents=(),
    )
    settings.PROFILE = replace(settings.PROFILE, retirement=retirement)
    return retirement


def test_the_page_lays_both_contracts_side_by_side(member_client: Client, retiring: Retirement) -> None:
    page = text_of(member_client.get(PAGE))

    for words in ("Qui paie", "Vous et l’employeur", "Exemples inventés.", "La dernière fiche de paie"):
        assert words in page
    assert f'href="{FORM}"' in page
    assert 'href="/contact/rappel/?reason=message-other"' in page
    assert 'href="/contact/?reason=message-other"' in page


def test_examples_of_contributions_stand_by_age_with_their_year(
    member_client: Client, retiring: Retirement
) -> None:
    page = text_of(member_client.get(PAGE))

    assert "en 2020" in page
    for cents in (5432, 9876, 12 * 5432):
        assert money(cents).replace("\xa0", " ") in page
    # Anne is 44: the row of 40 is hers.
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    assert [("40 ans" in row) for row in rows if "le plus proche de votre âge" in row] == [True]


def test_what_is_left_is_what_the_engine_says_under_each_contract(
    viewer: Viewer, retiring: Retirement
) -> None:
    on = timezone.localdate()
    found = retirement_view(viewer, on=on)
    assert found is not None

    told = [one for one in (found.current, *(each.level for each in found.levels)) if one is not None]
    assert found.headings
    for place, level in enumerate(told):
        tables = [versions[-1] for versions in level.versions]
        expected = {
            (heading, row.label): (row.shares.spend, row.shares.left)
            for heading, rows in examples_by_heading(tables, on=on).items()
            for row in rows
        }
        shown = {
            (heading, row.label): (row.price, row.left[place])
            for heading, rows in found.headings
            for row in rows
        }
        assert shown == expected
    assert all(not one.level.group for one in found.levels)


def test_the_form_is_filled_in_with_what_is_on_file_and_signed_by_nobody(
    member_client: Client, retiring: Retirement, household: Household
) -> None:
    answer = member_client.get(FORM)
    words = " ".join(words_of(answer.content).split())

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    for one in household.people:
        assert one.full_name in words
    assert day(household.primary.birth_date).replace("\xa0", " ") in words.replace("\xa0", " ")
    assert household.member.number in words
    assert "38000 Grenoble" in words
    assert "La dernière fiche de paie" in words
    assert "Signature" in words
    # X10: never the whole number, and never the account.
    assert "284013818500187" not in words.replace(" ", "").replace("\xa0", "")
    assert "FR76" not in words.replace(" ", "")


def test_the_form_is_tagged_and_the_same_bytes_each_time(member_client: Client, retiring: Retirement) -> None:
    first, second = (member_client.get(FORM).content for _ in range(2))

    assert first == second
    with pikepdf.open(BytesIO(first)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.docinfo["/Title"]) == "Demande d’adhésion au contrat individuel"
    name = member_client.get(f"{FORM}?download=1").headers["Content-Disposition"]
    assert name.startswith("attachment")
    assert "Vautrin" not in name


def test_what_is_shown_of_relatives_is_noted_in_their_journal(
    member_client: Client, retiring: Retirement, household: Household
) -> None:
    member_client.get(PAGE)
    drain()
    before = Consultation.objects.count()
    member_client.get(FORM)
    drain()

    noted = set(Consultation.objects.values_list("person", flat=True))
    assert before == 0
    assert noted == {one.pk for one in household.people} - {household.primary.pk}


def test_a_spouse_prints_themself_and_nobody_else(
    household: Household, retiring: Retirement, sign_in: SignIn
) -> None:
    words = " ".join(words_of(sign_in(Client(), household.spouse).get(FORM).content).split())

    assert household.spouse.full_name in words
    assert not any(one.full_name in words for one in household.people if one != household.spouse)


def test_other_segments_and_mutuals_without_it_find_nothing(
    member_client: Client, retiring: Retirement, household: Household, settings: LazySettings
) -> None:
    elsewhere = replace(retiring, segments=("autre",))
    for retirement in (elsewhere, None):
        settings.PROFILE = replace(settings.PROFILE, retirement=retirement)
        for address in (PAGE, FORM):
            assert member_client.get(address).status_code == 404


def test_a_person_without_contacts_and_a_young_one_get_a_form_to_complete(
    member_client: Client, retiring: Retirement, household: Household
) -> None:
    person = household.primary
    person.email = person.mobile = person.phone = person.address_line1 = person.postcode = person.city = ""
    person.nir, person.birth_date = "", years_ago(25)
    person.save()

    page, form = member_client.get(PAGE), member_client.get(FORM)

    assert "le plus proche de votre âge" not in text_of(page)
    assert person.full_name in words_of(form.content)


def test_both_speak_english_and_take_few_questions(member_client: Client, retiring: Retirement) -> None:
    english = {"Accept-Language": "en"}
    page, form = (member_client.get(one, headers=english) for one in (PAGE, FORM))

    assert "Examples of contributions" in text_of(page)
    assert "Application to join" in words_of(form.content)
    for address in (PAGE, FORM):
        with CaptureQueriesContext(connection) as queries:
            assert member_client.get(address).status_code == 200
        assert len(queries) <= 12


def test_anonymous_goes_to_sign_in_and_posting_is_not_allowed(member_client: Client, db: None) -> None:
    for address in (PAGE, FORM):
        assert Client().get(address).status_code == 302
        assert member_client.post(address).status_code == 405
