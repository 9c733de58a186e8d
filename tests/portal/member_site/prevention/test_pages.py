"""Prevention as members meet it: to read, to join, to watch again (PREV-01, PREV-02)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.prevention.models import Registration
from entraide.portal.domain.publications.enums import PublicationKind
from entraide.portal.domain.publications.models import Edition
from entraide.profiles import own_articles
from tests.conftest import Household
from tests.portal.domain.prevention.announcing import NOW, announced
from tests.portal.member_site.access.steps import SIGN_IN, words

pytestmark = pytest.mark.django_db
SHELF = "/prevention/"
SignIn = Callable[[Client, Beneficiary], Client]


def page_of(publication: UUID) -> str:
    return f"{SHELF}rendez-vous/{publication}/"


def act(client: Client, publication: UUID, what: str = "register") -> Any:
    return client.post(f"{page_of(publication)}agir/", {"act": what})


@pytest.mark.parametrize("slug", settings.PROFILE.prevention.articles)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_article_of_our_own_can_be_read_in_both_languages(
    member_client: Client, slug: str, lang: str
) -> None:
    response = member_client.get(f"{SHELF}articles/{slug}/", headers={"Accept-Language": lang})

    assert response.status_code == 200
    assert " ".join(own_articles()[slug].title.in_language(lang).split()) in words(response)
    for source in own_articles()[slug].sources:
        assert source in words(response)


def test_the_shelf_shows_articles_with_their_time_and_what_comes_next_first(member_client: Client) -> None:
    later = announced(title="Plus tard", starts_at=NOW + timedelta(days=9))
    soon = announced(title="Bientôt", starts_at=NOW + timedelta(days=2))

    body = member_client.get(SHELF).content.decode()

    assert body.index(str(soon)) < body.index(str(later)) < body.index("sommeil/")
    assert "2 minutes de lecture" in words(member_client.get(SHELF))


def test_a_search_finds_words_and_themes_and_says_when_nothing_answers(member_client: Client) -> None:
    announced(title="Le sommeil des petits")
    found = member_client.get(SHELF, {"q": "SOMMEIL petit"}).content.decode()
    assert "Le sommeil des petits" in found
    assert "articles/dos/" not in found

    by_theme = member_client.get(SHELF, {"theme": "back"}).content.decode()
    assert "articles/dos/" in by_theme
    assert "Le sommeil des petits" not in by_theme

    assert "Rien ne répond" in words(member_client.get(SHELF, {"q": "zzz"}))


@pytest.mark.parametrize(("name", "value"), [("q", "x" * 61), ("theme", "astrologie")])
def test_a_wrong_search_is_refused_beside_its_field(member_client: Client, name: str, value: str) -> None:
    response = member_client.get(SHELF, {name: value})

    assert response.status_code == 422
    assert f'id="id_{name}_error"' in response.content.decode()


def test_only_its_segment_and_its_days_show_it(member_client: Client, household: Household) -> None:
    webinar = announced()
    assert member_client.get(page_of(webinar)).status_code == 200

    Edition.objects.update(segments=",ailleurs,")

    for address in (page_of(webinar), f"{SHELF}rendez-vous/{webinar}.ics"):
        assert member_client.get(address).status_code == 404
    assert act(member_client, webinar).status_code == 404
    assert str(webinar) not in member_client.get(SHELF).content.decode()


def test_one_registers_finds_the_link_and_the_calendar_and_leaves_again(member_client: Client) -> None:
    webinar = announced(live_url="https://direct.example.org/x")
    assert "direct.example.org" not in member_client.get(page_of(webinar)).content.decode()

    answer = act(member_client, webinar)
    assert answer.status_code == 303
    mine = member_client.get(page_of(webinar)).content.decode()
    assert 'href="https://direct.example.org/x" rel="noopener noreferrer external"' in mine
    shelf = words(member_client.get(SHELF))
    assert "Mes inscriptions" in shelf
    assert "Vous êtes inscrit(e)" in shelf
    calendar = member_client.get(f"{SHELF}rendez-vous/{webinar}.ics")
    assert calendar.headers["Content-Type"].startswith("text/calendar")
    assert f"{NOW + timedelta(days=5):DTSTART:%Y%m%dT%H%M%SZ}" in calendar.content.decode()
    assert f"{NOW + timedelta(days=5, minutes=45):DTEND:%Y%m%dT%H%M%SZ}" in calendar.content.decode()
    for secret in ("Bien dormir", "direct.example.org"):
        assert secret not in calendar.content.decode()
    assert member_client.get(f"{SHELF}rendez-vous/{webinar}.ics").content == calendar.content

    act(member_client, webinar, "leave")
    assert not Registration.objects.exists()


def test_what_is_asked_twice_or_too_late_is_answered_on_the_page(member_client: Client) -> None:
    over = announced(starts_at=NOW - timedelta(days=1))

    response = act(member_client, over)

    assert response.status_code == 422
    assert "il n’est plus possible de s’inscrire" in words(response)
    assert act(member_client, over, "dance").status_code == 422


def test_one_leaves_what_is_no_longer_shown(member_client: Client) -> None:
    webinar = announced()
    act(member_client, webinar)
    Edition.objects.update(segments=",ailleurs,")

    answer = act(member_client, webinar, "leave")

    assert answer.status_code == 303
    assert answer.headers["Location"] == SHELF
    assert not Registration.objects.exists()
    assert act(member_client, webinar, "leave").status_code == 404


def test_a_full_event_says_so(member_client: Client, household: Household, sign_in: SignIn) -> None:
    event = announced(PublicationKind.EVENT, place="Agence du centre", capacity=1)
    act(sign_in(Client(), household.spouse), event)

    shown = words(member_client.get(page_of(event)))

    assert "Complet" in shown
    assert "Agence du centre" in shown


def test_what_is_over_is_there_with_its_recording_and_not_without(member_client: Client) -> None:
    filmed = announced(starts_at=NOW - timedelta(days=2), replay_url="https://direct.example.org/r")
    gone = announced(starts_at=NOW - timedelta(days=2))

    shelf = member_client.get(SHELF).content.decode()

    assert str(filmed) in shelf
    assert str(gone) not in shelf
    assert "https://direct.example.org/r" in member_client.get(page_of(filmed)).content.decode()


def test_an_article_of_agents_shows_headings_and_points_and_no_markup(member_client: Client) -> None:
    article = announced(
        PublicationKind.ARTICLE, title="Marcher", starts_at=None, theme="back",
        body_fr="Un <b>début</b>.\r\n\r\n## Pourquoi\r\n- un\r\n- deux",
    )  # fmt: skip

    body = member_client.get(f"{SHELF}articles/{article}/").content.decode()

    assert "<h2>Pourquoi</h2>" in body
    assert "<li>un</li><li>deux</li>" in body
    assert "Un &lt;b&gt;début&lt;/b&gt;." in body


def test_what_does_not_exist_is_not_found(member_client: Client) -> None:
    for address in (f"{SHELF}articles/rien/", page_of(uuid4()), f"{SHELF}rendez-vous/{uuid4()}.ics"):
        assert member_client.get(address).status_code == 404
    assert act(member_client, uuid4()).status_code == 404


@pytest.mark.parametrize("address", ["", "articles/sommeil/", f"rendez-vous/{uuid4()}/"])
def test_without_a_session_the_door_opens_and_no_page_takes_a_form(
    client: Client, member_client: Client, address: str
) -> None:
    assert Client().get(SHELF + address).headers["Location"].startswith(SIGN_IN)
    assert member_client.post(SHELF + address).status_code == 405


def test_a_registration_takes_a_post_alone(member_client: Client) -> None:
    assert member_client.get(f"{page_of(announced())}agir/").status_code == 405


def test_the_pages_ask_few_questions(member_client: Client, household: Household) -> None:
    for number in range(12):
        act(member_client, announced(title=f"Rendez-vous {number}"))

    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert member_client.get(SHELF).status_code == 200

    assert len(asked) <= 12
