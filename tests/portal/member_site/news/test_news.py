"""The page of the news: what the profile says stands there whole too (HOME-02)."""

from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.conftest import Household
from tests.portal.member_site.requests.conftest import text_of

PAGE = "/actualites/"


def test_news_of_the_profile_stand_beside_those_of_agents(
    member_client: Client, household: Household
) -> None:
    page, today = text_of(member_client.get(PAGE)), timezone.localdate()

    for item in settings.PROFILE.news:
        is_mine = not item.segments or household.member.segment in item.segments
        runs = item.starts <= today and (item.ends is None or today <= item.ends)
        assert (f'id="actualite-{item.id}"' in page) == (is_mine and runs)


def test_strangers_sign_in_first_and_nothing_is_sent_here(member_client: Client) -> None:
    assert Client().get(PAGE).headers["Location"].startswith("/connexion/")
    assert member_client.post(PAGE).status_code == 405
