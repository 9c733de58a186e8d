"""A search that forgives accents and finds what people call things (AIDE-01)."""

from pathlib import Path

import pytest

from entraide.portal.member_site.help.searching import find
from entraide.profiles import HelpTopic, Question, Text, load_profile

_MUTUALS = Path(__file__).resolve().parents[4] / "mutuals"
_TOPICS = {slug: load_profile(_MUTUALS / slug).help.topics for slug in ("mese", "mieux-etre")}
on_both = pytest.mark.parametrize("slug", sorted(_TOPICS))


def ids(slug: str, query: str) -> list[str]:
    return [one.id for one in find(_TOPICS[slug], query)]


@on_both
@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("mot de passe oublié", "password"),
        ("MOTS DE PASSE OUBLIES", "password"),
        ("forgotten password", "password"),
        ("compte bloqué", "locked"),
        ("je ne reçois pas le SMS", "no-code"),
        ("texto", "no-code"),
        ("spam", "no-mail"),
        ("identifiant", "number"),
        ("RIB", "rib"),
        ("iban", "rib"),
        ("bébé", "family"),
        ("bebe", "family"),
        ("clinique", "hospital"),
        ("carte perdue", "card"),
        ("visio", "doctor"),
        ("facture", "papers"),
        ("vie privée", "privacy"),
        ("combien de temps pour un virement", "when-paid"),
    ],
)
def test_what_people_type_finds_the_answer_that_they_want(slug: str, query: str, first: str) -> None:
    assert first in ids(slug, query)[:2]


@on_both
@pytest.mark.parametrize("query", ["comment", "je ne", "?!", "", "xylophone", "\U0001f600", "%", "a" * 500])
def test_words_that_say_nothing_find_nothing(slug: str, query: str) -> None:
    assert ids(slug, query) == []


@on_both
def test_an_answer_that_holds_every_word_keeps_the_others_out(slug: str) -> None:
    assert ids(slug, "mot de passe périmé") == ["password"]


def test_half_of_the_words_is_enough_and_a_third_is_not() -> None:
    one = Question(
        id="x",
        question=Text("Lunettes rouges", "Red glasses"),
        answer=(Text("Oui", "Yes"),),
    )
    topics = [HelpTopic(id="t", label=Text("T", "T"), questions=(one,))]

    assert find(topics, "lunettes vertes") == [one]
    assert find(topics, "lunettes vertes pliables") == []
