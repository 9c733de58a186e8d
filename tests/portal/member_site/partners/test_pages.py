"""Pages of partners: what each does, number and hours, the way there (ASSI-01, ASSI-02, JUR-01, VAC-01)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import translation

from entraide.portal.domain.library.models import Document
from entraide.portal.domain.members.models import Member
from entraide.portal.foundation.web.opening import opening_now
from entraide.profiles import PAGE_ADDRESSES, PARTNER_PAGES, Text, partner_of_kind
from tests.conftest import Household
from tests.portal.member_site.access.steps import SIGN_IN, words
from tests.portal.partners import BEACHES, DOCTORS, HELPERS, in_the_demo, with_partners

__all__ = ["in_the_demo", "with_partners"]
pytestmark = pytest.mark.django_db
PAGES = sorted(PARTNER_PAGES)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_partner_of_the_mutual_has_its_page_for_each_of_its_segments(
    member_client: Client, household: Household, settings: LazySettings, page: str, lang: str
) -> None:
    """X15, PLAT-03: everything that the mutual's folder says of it, and nobody else's partner."""
    for segment in settings.PROFILE.segments:
        Member.objects.update(segment=segment.id)
        found = partner_of_kind(settings.PROFILE.partners, page, segment=segment.id)
        answer = member_client.get(PAGE_ADDRESSES[page], headers={"Accept-Language": lang})
        if found is None:
            assert answer.status_code == 404
            continue
        shown = words(answer)
        told = [found.title, *found.paragraphs, *(point for one in found.services for point in one.points)]
        for one in told:
            assert " ".join(one.in_language(lang).split()) in shown
        assert (found.phone or settings.PROFILE.contacts.phone) in shown
        with translation.override(lang):
            assert opening_now(found.hours, datetime.now(UTC)).sentence.split(",")[0] in shown


@pytest.mark.parametrize("page", PAGES)
def test_partners_are_for_who_is_signed_in(client: Client, page: str) -> None:
    assert client.get(PAGE_ADDRESSES[page]).headers["Location"].startswith(SIGN_IN)


@pytest.mark.parametrize("page", PAGES)
def test_a_partner_page_takes_no_form(member_client: Client, page: str) -> None:
    assert member_client.post(PAGE_ADDRESSES[page]).status_code == 405


@pytest.mark.usefixtures("with_partners")
def test_a_number_can_be_called_and_says_whether_somebody_answers_now(member_client: Client) -> None:
    page = member_client.get("/vacances/").content.decode()

    assert 'href="tel:0199009012"' in page
    assert "Ouvert jour et nuit" in page
    assert "Ouvert aussi les jours fériés" in page


@pytest.mark.usefixtures("with_partners")
def test_a_mutual_without_a_kind_of_partner_has_no_such_page(member_client: Client) -> None:
    assert member_client.get("/protection-juridique/").status_code == 404


def test_a_partner_of_another_segment_has_neither_page_nor_way_out(
    member_client: Client, settings: LazySettings
) -> None:
    """PLAT-03: nobody is handed over to a partner that their contract does not have."""
    partner = replace(HELPERS, website="https://secours.example")
    for segments, status in (((), 200), (("ailleurs",), 404)):
        settings.PROFILE = replace(settings.PROFILE, partners=(replace(partner, segments=segments),))
        assert member_client.get("/assistance/").status_code == status
        assert member_client.get("/passage/secours/").status_code == status
        assert member_client.post("/passage/secours/").status_code == status


def test_of_two_partners_of_a_kind_each_segment_has_its_own(
    member_client: Client, household: Household, settings: LazySettings
) -> None:
    theirs = replace(HELPERS, id="ailleurs", name="D’ailleurs", title=Text("Ailleurs", "Elsewhere"))
    pair = (replace(theirs, segments=("ailleurs",)), replace(HELPERS, segments=(household.member.segment,)))
    settings.PROFILE = replace(settings.PROFILE, partners=pair)

    shown = words(member_client.get("/assistance/"))

    assert "Mon secours" in shown
    assert "D’ailleurs" not in shown


def test_a_partner_whose_number_is_not_known_is_reached_through_the_mutual(
    member_client: Client, settings: LazySettings
) -> None:
    """ASSI-01: the number stands in the notice."""
    partner = replace(HELPERS, phone=None, through_mutual=True, hours=())
    settings.PROFILE = replace(settings.PROFILE, partners=(partner,))

    shown = words(member_client.get("/assistance/"))

    assert "Son numéro figure dans la notice" in shown
    assert settings.PROFILE.contacts.phone in shown


@pytest.mark.usefixtures("with_partners")
def test_the_newest_notice_is_one_click_away(member_client: Client, household: Household) -> None:
    """ASSI-01"""
    assert "/documents/" in member_client.get("/assistance/").content.decode()
    ids = {year: uuid4() for year in (2025, 2026)}
    for year, found in ids.items():
        Document.objects.create(
            id=found, reference=f"notice-{year}", shelf="contract", kind="assistance-notice",
            title_fr="Notice", title_en="Notice", segment="", published_on=date(year, 1, 1),
            stored_name="x", size=3, sha256="0" * 64,
        )  # fmt: skip

    page = member_client.get("/assistance/").content.decode()

    assert f"/documents/{ids[2026]}.pdf" in page
    assert str(ids[2025]) not in page


@pytest.mark.usefixtures("with_partners")
@pytest.mark.parametrize("page", ["/assistance/", "/vacances/", "/teleconsultation/"])
def test_a_partner_page_asks_few_questions(
    member_client: Client, django_assert_max_num_queries: object, page: str
) -> None:
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert member_client.get(page).status_code == 200


def test_partners_of_the_tests_are_partners_that_a_profile_could_hold() -> None:
    for one in (DOCTORS, HELPERS, BEACHES):
        assert one.phone
        assert one.hours
