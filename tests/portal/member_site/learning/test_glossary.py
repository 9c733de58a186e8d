"""The words of health cover: each has its anchor and is found by what is typed (INFO-01)."""

import pytest
from django.conf import settings
from django.test import Client

from tests.portal.member_site.access.steps import words

pytestmark = pytest.mark.django_db
GLOSSARY = "/glossaire/"
TERMS = {term.id: term for term in settings.PROFILE.glossary}


def anchors(client: Client, q: str = "", *, lang: str = "fr") -> list[str]:
    body = client.get(GLOSSARY, {"q": q} if q else {}, headers={"Accept-Language": lang}).content.decode()
    return [part.split('"')[0] for part in body.split('class="glossary__term" id="')[1:]]


def test_the_words_of_the_reform_are_there() -> None:
    """INFO-01"""
    assert {"reste-a-charge", "panier-100-sante", "contrat-responsable"} <= set(TERMS)


def test_every_word_stands_there_once_with_its_anchor(client: Client) -> None:
    found = anchors(client)

    assert sorted(found) == sorted(TERMS)


def test_the_words_follow_the_alphabet_of_the_reader(client: Client) -> None:
    assert anchors(client)[0] == "base-de-remboursement"
    assert anchors(client, lang="en")[0] == "panier-100-sante"


@pytest.mark.parametrize("typed", ["panier", "PANIER", "pànier", "100 % santé panier"])
def test_a_word_is_found_however_it_is_typed(client: Client, typed: str) -> None:
    assert "panier-100-sante" in anchors(client, typed)


def test_a_word_is_found_by_the_beginning_of_its_explanation(client: Client) -> None:
    assert anchors(client, "audiopro") == ["devis"]


def test_what_is_not_there_leads_back_to_everything(client: Client) -> None:
    response = client.get(GLOSSARY, {"q": "zzz"})

    assert "Aucun mot ne répond" in words(response)
    assert f'href="{GLOSSARY}"' in response.content.decode()


def test_too_long_a_search_is_refused_beside_its_field_and_kept(client: Client) -> None:
    typed = "x" * 61

    response = client.get(GLOSSARY, {"q": typed})

    assert response.status_code == 422
    assert "Écrivez moins de 60 caractères" in words(response)
    assert typed in response.content.decode()


def test_the_glossary_takes_no_form(client: Client) -> None:
    assert client.post(GLOSSARY).status_code == 405
