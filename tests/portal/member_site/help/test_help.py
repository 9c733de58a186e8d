"""The help page: for who is signed out as well, and first for who cannot come in (AIDE-01…03, B-13)."""

import re
from dataclasses import replace

import pytest
from django.conf import LazySettings, settings
from django.test import Client

from tests.portal.member_site.access.steps import words

pytestmark = pytest.mark.django_db
PAGE = "/aide/"


def test_signed_out_it_says_who_answers_and_when(client: Client) -> None:
    """AIDE-01, AIDE-02, AIDE-03"""
    shown = words(client.get(PAGE))

    contacts = settings.PROFILE.contacts
    assert contacts.phone in shown
    assert contacts.email in shown
    for line in contacts.postal:
        assert line in shown
    for slot in (*contacts.hours, *contacts.quiet_hours, *contacts.english_hours):
        assert slot.start in shown
        assert slot.end in shown
    if contacts.phone_internal:
        assert contacts.phone_internal.number in shown


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_question_of_the_mutual_is_there_with_the_figures_in_force(client: Client, lang: str) -> None:
    shown = words(client.get(PAGE, headers={"Accept-Language": lang}))

    rules = settings.PROFILE.security
    for topic in settings.PROFILE.help.topics:
        for one in topic.questions:
            assert " ".join(one.question.in_language(lang).split()) in shown
    assert re.search(rf"\b{rules.link_minutes} minutes\b", shown)
    assert re.search(rf"\b{rules.lock_hours} (?:heures|hours)\b", shown)
    assert "{" not in shown


def test_another_rule_changes_the_answer(client: Client, settings: LazySettings) -> None:
    settings.PROFILE = replace(settings.PROFILE, security=replace(settings.PROFILE.security, link_minutes=77))

    assert "valable 77 minutes" in words(client.get(PAGE))


def order_of_topics(client: Client) -> list[str]:
    return re.findall(r'<h2 id="topic-([\w-]+)"', client.get(PAGE).content.decode())


def test_who_is_not_signed_in_reads_first_how_to_come_in(client: Client, member_client: Client) -> None:
    assert order_of_topics(Client())[0] == "door"
    assert order_of_topics(member_client)[-1] == "door"
    page = Client().get(PAGE).content.decode()
    assert 'href="/mot-de-passe-oublie/"' in page
    assert 'href="/premiere-connexion/"' in page


def test_a_search_shows_its_answers_open_and_keeps_what_was_typed(client: Client) -> None:
    answer = client.get(PAGE, {"q": "Mot de passe « oublié »"})

    page = answer.content.decode()
    assert '<details class="fold" id="password" open>' in page
    assert 'value="Mot de passe « oublié »"' in page
    assert 'id="card"' not in page


def test_a_search_without_an_answer_says_what_to_do(client: Client) -> None:
    shown = words(client.get(PAGE, {"q": "xylophone"}))

    assert "Aucune réponse avec ces mots" in shown
    assert settings.PROFILE.contacts.phone in shown


@pytest.mark.parametrize(
    "query", ["\0", "<script>alert(1)</script>", "é" * 5000, "%00", " " * 50, "\ud83d\ude00"]
)
def test_whatever_is_typed_gets_a_page(client: Client, query: str) -> None:
    answer = client.get(PAGE, {"q": query.encode("utf-16", "surrogatepass").decode("utf-16")})

    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_every_page_of_the_door_leads_to_it(client: Client) -> None:
    for address in ("/connexion/", "/premiere-connexion/", "/mot-de-passe-oublie/", "/nowhere/"):
        assert f'href="{PAGE}"' in client.get(address).content.decode()


def test_it_leads_on_to_the_glossary_the_delays_and_who_takes_a_weakness(client: Client) -> None:
    page = client.get(PAGE).content.decode()

    for address in ("/glossaire/", "/delais/", "/contact/"):
        assert f'href="{address}"' in page
    assert "faille de sécurité" in page


def test_it_asks_the_database_nothing_for_who_is_signed_out(
    client: Client, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(0):  # type: ignore[operator]
        client.get(PAGE)


def test_it_takes_no_form(client: Client) -> None:
    assert client.post(PAGE).status_code == 405
