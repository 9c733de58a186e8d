"""Information pages: what a service is, how to reach it today (PLAT-03, AIDE-01…03, ASSI-01, RET-01)."""

import pytest
from django.conf import settings
from django.test import Client

from entraide.portal.domain.members.models import Member
from entraide.profiles import PAGE_ADDRESSES, PAGES_WITH_A_SCREEN, information_page
from tests.conftest import Household
from tests.portal.member_site.access.steps import SIGN_IN, words

pytestmark = pytest.mark.django_db
SEGMENTS = [one.id for one in settings.PROFILE.segments]
PAGES = sorted(set(PAGE_ADDRESSES) - PAGES_WITH_A_SCREEN)
PUBLIC: set[str] = set()


@pytest.mark.parametrize("segment", SEGMENTS)
def test_every_page_that_the_mutual_offers_to_a_segment_is_there_and_no_other(
    member_client: Client, household: Household, segment: str
) -> None:
    """PLAT-03"""
    Member.objects.update(segment=segment)
    for page in PAGES:
        offered = information_page(settings.PROFILE, page, segment=segment)
        response = member_client.get(PAGE_ADDRESSES[page])
        assert response.status_code == (404 if offered is None else 200), page
        if offered is not None:
            shown = words(response)
            assert " ".join(offered.title.fr.split()) in shown
            assert offered.phone is None or offered.phone in shown


@pytest.mark.parametrize("page", PAGES)
def test_what_teaches_is_open_to_all_and_the_rest_is_private(client: Client, page: str) -> None:
    response = client.get(PAGE_ADDRESSES[page])

    if page in PUBLIC:
        assert response.status_code in {200, 404}
    else:
        assert response.headers["Location"].startswith(SIGN_IN)


@pytest.mark.parametrize("page", PAGES)
def test_an_information_page_takes_no_form(member_client: Client, page: str) -> None:
    assert member_client.post(PAGE_ADDRESSES[page]).status_code == 405


def test_information_pages_exist_in_english(member_client: Client) -> None:
    page = information_page(settings.PROFILE, "network", segment=SEGMENTS[0])
    assert page is not None

    shown = words(member_client.get("/reseau/", headers={"Accept-Language": "en"}))

    assert " ".join(page.title.en.split()) in shown


def test_leaving_for_a_partner_passes_nothing_and_says_so(
    member_client: Client, household: Household
) -> None:
    """A58: no identifier in the address, no referrer."""
    found = 0
    for page in PAGES:
        body = member_client.get(PAGE_ADDRESSES[page]).content.decode()
        for link in body.split('<a href="https://')[1:]:
            found += 1
            tag = link.split(">", 1)[0]
            assert "noreferrer" in tag
            assert "?" not in tag.split('"')[0]
            assert household.member.number not in tag
    assert found
