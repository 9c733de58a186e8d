"""Every notice has its sample, and every mail keeps the promises of all (A15, PWD-02, PWD-03, X2, X3)."""

import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.conf import settings as django_settings

from entraide.portal.notifications.catalogue import CATALOGUE
from entraide.portal.notifications.messages import CONTEXTS, FLEETING
from entraide.portal.notifications.samples import SAMPLES, Sample, names_of_notices, written
from entraide.profiles import load_profile

MUTUALS = sorted(
    one.parent for one in (Path(__file__).resolve().parents[3] / "mutuals").glob("*/profile.toml")
)
# The one link that each of these is there for; the others lead nowhere but, at most, to "this was not me".
LINKS = {
    "card_received": "/carte/recue/",
    "card_sent": "/carte/recue/",
    "card_sent_copy": "/carte/",
    "cards_replaced": "/carte/",
    "data_export_ready": "/droits/mes-donnees/",
    "account_link": "/mot-de-passe/",
    "password_link": "/mot-de-passe/",
    "number_link": "/mot-de-passe/",
    "deposit_received": "/demandes/",
    "request_answered": "/demandes/",
    "request_question": "/demandes/",
    "request_refused": "/demandes/",
    "file_infected": "/demandes/",
    "enclosure_infected": "/gestion/demandes/",
    "enclosure_replaced": "/demandes/",
    "account_change_applied": "/banque/",
    "account_change_cancelled": "/banque/",
    "account_change_concerns": "/banque/",
    "account_change_concerns_applied": "/banque/",
    "account_change_concerns_cancelled": "/banque/",
    "account_change_refused": "/banque/",
    "access_move": "/gestion/equipe/",
    "emergency_opened": "/gestion/urgence/relectures/",
    "agent_invited": "/gestion/invitation/",
    "care_shared": "/droits/partage/",
    "care_unshared": "/droits/partage/",
    "help_accepted": "/droits/partage/",
    "help_asked": "/droits/partage/",
    "help_ended": "/droits/partage/",
    "help_offered": "/droits/partage/",
    "contacts_changed": "/coordonnees/",
    "payment_sent_back": "/banque/",
    "statement_ready": "/releves/",
    "meeting_told": "/prevention/",
    "news_published": "/actualites/",
    "checks_need_somebody": "/gestion/controles/",
}


@pytest.fixture(params=MUTUALS, ids=lambda one: one.name)
def mutual(request: pytest.FixtureRequest, settings: LazySettings) -> str:
    settings.PROFILE = load_profile(request.param)
    return str(request.param.name)


def samples(language: str) -> list[Sample]:
    """Every notice, with each yes-or-no of its sample both ways."""
    found = []
    for name in names_of_notices():
        switches = [key for key, value in SAMPLES[name].items() if isinstance(value, bool)]
        for values in product((True, False), repeat=len(switches)):
            chosen = dict(zip(switches, values, strict=True))
            found.append(written(name, language=language, **chosen))
    return found


def test_every_notice_has_its_sample_and_every_sample_its_notice() -> None:
    """A new notice without one would be missing from the gallery."""
    assert set(SAMPLES) == set(CONTEXTS) == {one.name for some in CATALOGUE.values() for one in some}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_mail_says_who_writes_and_how_to_answer(mutual: str, language: str) -> None:
    profile = django_settings.PROFILE
    for one in samples(language):
        if one.channel == "email":
            for words in (one.body, one.html):
                assert profile.contacts.phone in words, one.notice
                assert profile.contacts.email in words, one.notice
            assert profile.identity.name in one.body, one.notice
            assert one.subject
            assert len(one.subject) <= 78, one.subject
        elif one.channel == "push":
            # The device shows it as the title; there is no room for how to answer.
            assert one.subject == profile.identity.short_name, one.notice
        else:
            assert one.body.startswith(profile.identity.short_name), one.notice
            if one.notice in FLEETING:
                assert one.body.rstrip().endswith("#271828"), one.notice
                assert "http" not in one.body, one.notice
            else:
                assert "#271828" not in one.body, one.notice


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_html_of_a_mail_says_the_words_of_its_text(mutual: str, language: str) -> None:
    """Text first, HTML the same words."""
    for one in samples(language):
        if one.channel == "email":
            html = re.sub(r"<(style|title)\b.*?</\1>", " ", one.html, flags=re.DOTALL)
            shown = set(re.findall(r"\w{4,}", re.sub(r"<[^>]+>", " ", html)))
            told = set(re.findall(r"\w{4,}", one.body))
            assert len(shown & told) > 0.8 * len(told), one.notice


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_mail_holds_no_number_that_opens_something_and_one_link_at_most(mutual: str, language: str) -> None:
    """A15: no NIR, IBAN, amount, no link to sign in, nothing from elsewhere."""
    public = django_settings.ENTRAIDE.public_url
    for one in samples(language):
        everything = f"{one.subject} {one.body} {one.html}"
        assert not re.search(r"\b[12378] ?\d\d ?\d\d ?\d[\dAB]\b ?\d{3}", everything), one.notice
        assert "FR76" not in everything
        assert "€" not in everything
        assert "<img" not in one.html
        assert "<script" not in one.html
        assert "/connexion/" not in everything
        links = set(re.findall(r"https?://[^\s\"<]+", one.body))
        assert all(link.startswith(public) for link in links), one.notice
        allowed = (LINKS.get(one.notice, "-"), "/ce-n-est-pas-moi/")
        assert all(link.removeprefix(public).startswith(allowed) for link in links), (one.notice, links)


@pytest.mark.parametrize("name", ["account_link", "password_link"])
def test_the_mail_of_a_link_says_how_long_it_lasts_and_what_to_do_if_one_asked_nothing(
    mutual: str, name: str
) -> None:
    """PWD-03, X2: one figure, the profile's."""
    sample = written(name, language="fr")

    for words in (sample.body, sample.html):
        assert "Création de votre mot de passe" in words
        assert f"{django_settings.PROFILE.security.link_minutes} minutes" in words
        assert "Vous n’avez rien demandé" in words
        assert "Ignorez ce message" in words
        assert words.count("/mot-de-passe/") <= 2
    assert "30041827" in sample.body


def test_a_first_password_and_a_new_one_are_told_in_different_words() -> None:
    first, new = written("account_activated", language="fr"), written("password_set", language="fr")

    assert "Votre accès est ouvert" in first.subject
    assert "30041827" in first.body
    assert first.subject != new.subject


def test_the_sender_of_the_first_mutual_is_the_one_of_its_guide() -> None:
    """PWD-03"""
    names = [load_profile(folder).identity.mail_sender_name for folder in MUTUALS]

    assert "MESE Adh" in names
