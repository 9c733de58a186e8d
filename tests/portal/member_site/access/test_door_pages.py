"""Each page of the door says what to do when stuck, and how to reach a person (ACT-05, AUTH-11, AUTH-12)."""

import dataclasses
import re
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.human import Challenge
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household
from tests.portal.member_site.access.steps import CHECK, SIGN_IN, type_password, words

ACTIVATE, FORGOTTEN, STORED = "/premiere-connexion/", "/mot-de-passe-oublie/", "/mot-de-passe/enregistre/"
pytestmark = pytest.mark.django_db


def ask_for_a_link(client: Client, number: str) -> str:
    client.get(FORGOTTEN)
    challenge = Challenge.stored(client.session["reset_challenge"])
    page = client.post(FORGOTTEN, {"member_number": number, "answer": challenge.first + challenge.second})
    return words(page)


def set_password_page(client: Client, person: Beneficiary) -> str:
    ask_for_a_link(client, person.number)
    drain()
    body = Delivery.objects.filter(notice="password_link").latest("created_at").body
    return "/mot-de-passe/" + body.partition("/mot-de-passe/")[2].split()[0]


@pytest.fixture
def pages(household: Household, settings: LazySettings) -> dict[str, str]:
    """The visible words of every page of the door, by name."""
    client = Client()
    found = {
        "sign in": words(client.get(SIGN_IN)),
        "first sign-in": words(client.get(ACTIVATE)),
        "forgotten": words(client.get(FORGOTTEN)),
        "sent": ask_for_a_link(client, household.primary.number),
        "set": words(client.get(set_password_page(Client(), household.spouse))),
        "stored": words(client.get(STORED)),
        "over": words(client.get(f"/mot-de-passe/{'0' * 32}/")),
    }
    type_password(client, household.primary.number)
    found["check"] = words(client.get(CHECK))
    return found


def test_every_page_gives_the_phone_and_says_whether_it_answers_now(
    pages: dict[str, str], settings: LazySettings
) -> None:
    contacts = settings.PROFILE.contacts
    for name, shown in pages.items():
        main = shown.partition("Une difficulté")[2]
        assert contacts.phone in main, name
        assert contacts.email in main, name
        assert re.search(r"Ouvert jusqu’à \d\d:\d\d|Fermé, ouvre", main), name
        assert contacts.hours[0].start in main, name


def test_the_terms_give_it_too(
    household: Household, settings: LazySettings, sign_in: Callable[[Client, Beneficiary], Client]
) -> None:
    shown = words(sign_in(Client(), household.primary).get("/conditions/"))

    assert settings.PROFILE.contacts.phone in shown.partition("Une difficulté")[2]


@pytest.mark.parametrize(
    ("page", "sentences"),
    [
        ("sign in", ["œil", "Votre navigateur propose peut-être un ancien mot de passe", "historique",
                     "essais", "courriers indésirables", "Où est mon numéro", "carte de tiers payant"]),
        ("first sign-in", ["carte Vitale", "avec la clé", "JJ/MM/AAAA", "Par exemple 38, 2A, 971, ou 99",
                           "celui de votre numéro de Sécurité sociale", "étoile rouge", "Retour accueil",
                           "si vous avez perdu votre numéro", "courriers indésirables"]),
        ("forgotten", ["pour 1 + 3, tapez 4", "étoile rouge", "Retour accueil",
                       "un conseiller la mettra à jour"]),
        ("sent", ["Si ces informations correspondent", "120 minutes", "courriers indésirables",
                  "un conseiller la mettra à jour"]),
        ("set", ["8 chiffres", "JJ/MM/AAAA", "Au moins 12 caractères", "étoile rouge",
                 "jamais avoir déjà servi"]),
        ("stored", ["Votre mot de passe est enregistré", "Un e-mail de confirmation vient de partir"]),
        ("over", ["Demander un nouveau lien", "120 minutes"]),
        ("check", ["La question remplace toujours le reste"]),
    ],
)  # fmt: skip
def test_help_stands_where_the_member_is_stuck(
    pages: dict[str, str], page: str, sentences: list[str]
) -> None:
    """001 and 000: hints, legend, spam folder, no address on file, remembered password."""
    for sentence in sentences:
        assert sentence in pages[page], sentence


def test_the_age_of_a_password_is_told_where_passwords_expire(
    client: Client, policy: Callable[..., None]
) -> None:
    """AUTH-11: 180 days, under the profile that has them."""
    policy(password_max_age_days=180)
    assert "180 jours" in words(client.get(SIGN_IN))
    policy(password_max_age_days=0)
    assert "jours : il a alors expiré" not in words(client.get(SIGN_IN)).replace("\u00a0", " ")


def test_the_page_of_the_lock_follows_the_profile(client: Client, policy: Callable[..., None]) -> None:
    """X7: `guide` waits for the end of the lock, `renforce` does not."""
    policy(reset_during_lock=False)
    assert "aucun lien ne part" in words(client.get(SIGN_IN))
    policy(reset_during_lock=True)
    assert "tout de suite" in words(client.get(SIGN_IN))


def test_a_line_of_its_own_for_signing_in_is_shown_beside_the_phone(
    client: Client, settings: LazySettings
) -> None:
    """AUTH-12: profile data."""
    contacts = dataclasses.replace(settings.PROFILE.contacts, sign_in_help="01 99 00 12 34")
    settings.PROFILE = dataclasses.replace(settings.PROFILE, contacts=contacts)

    shown = client.get(SIGN_IN)
    assert "Un souci pour vous connecter" in words(shown)
    assert 'href="tel:0199001234"' in shown.content.decode()

    contacts = dataclasses.replace(contacts, sign_in_help=contacts.phone)
    settings.PROFILE = dataclasses.replace(settings.PROFILE, contacts=contacts)
    assert "Un souci pour vous connecter" not in words(client.get(SIGN_IN))


def test_every_field_with_a_hint_is_tied_to_it(client: Client) -> None:
    page = client.get(ACTIVATE).content.decode()

    for name in ("nir", "birth_date", "birth_department", "last_name", "first_name"):
        assert f'id="id_{name}_helptext"' in page
        assert re.search(rf'<input[^>]*name="{name}"[^>]*aria-describedby="id_{name}_helptext"', page), name
