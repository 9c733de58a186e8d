"""Activation, forgotten password, the page of the link (ACT-01…05, PWD-01…05, X1…X3, A1…A6)."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.access.models import PasswordLink
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.human import Challenge
from entraide.portal.foundation.accounts.models import Account, Limit
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household
from tests.portal.member_site.access.steps import HOME, SIGN_IN, come_in, neutral, type_password, words

ACTIVATE, FORGOTTEN = "/premiere-connexion/", "/mot-de-passe-oublie/"
NIR, NEW = "109083818500144", "Marronnier-1954-vert"
pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(household: Household) -> Beneficiary:
    """Denis, 17, who never had an account."""
    person = household.teen
    person.nir, person.nir_index = NIR, settings.ENTRAIDE.keys.blind_index("nir", NIR)
    person.save()
    return person


def ask(client: Client, person: Beneficiary, *, source: str = "192.0.2.1", **changes: str) -> HttpResponse:
    values = {
        "nir": "1 09 08 38 185 001 44",
        "birth_date": person.birth_date.strftime("%d/%m/%Y"),
        "birth_department": "38",
        "last_name": person.last_name,
        "first_name": person.first_name,
        **changes,
    }
    return client.post(ACTIVATE, values, REMOTE_ADDR=source)


def a_minute_later() -> None:
    """One link a minute (A7)."""
    Limit.objects.filter(scope="reset minute").delete()


def forgot(client: Client, number: str, *, source: str = "192.0.2.1") -> HttpResponse:
    client.get(FORGOTTEN)
    challenge = Challenge.stored(client.session["reset_challenge"])
    values = {"member_number": number, "answer": challenge.first + challenge.second}
    return client.post(FORGOTTEN, values, REMOTE_ADDR=source)


def link() -> str:
    """The path of the newest link that a mail holds."""
    drain()
    notices = ["account_link", "password_link", "number_link"]
    newest = Delivery.objects.filter(notice__in=notices).latest("created_at")
    found = re.findall(rf"{re.escape(settings.ENTRAIDE.public_url)}(/mot-de-passe/[0-9a-f]+/)", newest.body)
    return str(found[0])


def choose(client: Client, path: str, person: Beneficiary, **changes: str) -> HttpResponse:
    values = {
        "birth_date": person.birth_date.strftime("%d/%m/%Y"),
        "new_password1": NEW,
        "new_password2": NEW,
        **changes,
    }
    return client.post(path, values)


def test_a_newcomer_activates_and_comes_in(client: Client, newcomer: Beneficiary) -> None:
    """ACT-01, ACT-02, PWD-04, PWD-05: from the form to the space."""
    assert "Regardez vos e-mails" in words(ask(client, newcomer))
    path = link()
    assert client.get(path).status_code == 200
    assert choose(client, path, newcomer).headers["Location"] == "/mot-de-passe/enregistre/"
    stored = words(client.get("/mot-de-passe/enregistre/"))
    assert "Votre mot de passe est enregistré" in stored
    assert "e-mail de confirmation" in stored

    type_password(client, newcomer.number, password=NEW)
    assert client.session["entering"]["stage"] == "human"


def test_everybody_gets_the_same_answer_known_or_not(newcomer: Beneficiary) -> None:
    """A1, X1: unknown, wrong date, no e-mail, already active, over the limit: one page."""
    known = neutral(ask(Client(), newcomer, source="192.0.2.1"))
    unknown = neutral(ask(Client(), newcomer, nir="2 99 09 38 185 001 62", source="192.0.2.2"))
    wrong_date = neutral(ask(Client(), newcomer, birth_date="01/01/1990", source="192.0.2.3"))
    wrong_name = neutral(ask(Client(), newcomer, last_name="Inconnu", source="192.0.2.4"))
    newcomer.email = ""
    newcomer.save()
    no_mail = neutral(ask(Client(), newcomer, source="192.0.2.5"))
    for turn in range(25):
        over = neutral(ask(Client(), newcomer, first_name=f"Essai {turn}", source="192.0.2.6"))

    assert known[0] == 200
    assert known == unknown == wrong_date == wrong_name == no_mail == over


def test_the_cookies_of_the_answer_do_not_tell_either(newcomer: Beneficiary) -> None:
    """A1"""
    one, other = Client(), Client()
    ask(one, newcomer)
    ask(other, newcomer, last_name="Inconnu")

    assert set(one.cookies) == set(other.cookies)
    assert dict(one.session.items()) == dict(other.session.items())


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        ("nir", "1 09 08 38 185 001 45", "clé"),
        ("nir", "1 09 08 38 185 001", "clé"),
        ("nir", "12", "15 caractères"),
        ("nir", "bonjour", "chiffres"),
        ("nir", "", "Sécurité sociale"),
        ("birth_date", "31/02/1990", "Écrivez la date"),
        ("birth_date", "01/01/2999", "futur"),
        ("birth_date", "10/01/54", "Écrivez la date"),
        ("birth_department", "20Z", "département"),
        ("last_name", "", "nom"),
        ("first_name", "x" * 81, "80 caractères"),
    ],
)
def test_what_cannot_be_right_is_said_at_its_field_and_the_rest_is_kept(
    client: Client, newcomer: Beneficiary, field: str, typed: str, reason: str
) -> None:
    """Contract: 422, a summary, an error at the field."""
    response = ask(client, newcomer, **{field: typed})

    assert response.status_code == 422
    assert reason in words(response)
    assert f'aria-describedby="id_{field}' in response.content.decode()
    if field != "first_name":
        assert newcomer.first_name in response.content.decode()
    assert not PasswordLink.objects.exists()


def test_a_forged_host_never_reaches_the_mail(newcomer: Beneficiary) -> None:
    """A54, X3: links come from the settings."""
    client = Client()
    assert ask(client, newcomer).status_code == 200
    drain()
    body = Delivery.objects.get().body

    assert settings.ENTRAIDE.public_url in body
    assert "testserver" not in body


def test_the_forgotten_password_page_answers_alike_for_all(household: Household) -> None:
    """A2, PWD-02"""
    Account.objects.filter(pk=household.spouse.account_id).update(is_active=False)
    known = neutral(forgot(Client(), "30041827", source="192.0.2.1"))
    others = [
        neutral(forgot(Client(), number, source=f"192.0.2.{10 + turn}"))
        for turn, number in enumerate(
            ["99999999", household.spouse.number, household.teen.number, "30041827"]
        )
    ]

    assert known[0] == 200
    assert all(one == known for one in others)
    drain()
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize("answer", ["", "0", "trente"])
def test_the_small_question_must_be_answered_and_changes_each_time(
    client: Client, household: Household, answer: str
) -> None:
    """PWD-01, X5"""
    client.get(FORGOTTEN)
    before = client.session["reset_challenge"]["seed"]

    response = client.post(FORGOTTEN, {"member_number": "30041827", "answer": answer})

    assert response.status_code == 422
    assert client.session["reset_challenge"]["seed"] != before
    assert not PasswordLink.objects.exists()


def test_an_answer_to_the_small_question_serves_once(client: Client, household: Household) -> None:
    client.get(FORGOTTEN)
    challenge = Challenge.stored(client.session["reset_challenge"])
    values = {"member_number": "30041827", "answer": challenge.first + challenge.second}
    assert client.post(FORGOTTEN, values).status_code == 200

    assert client.post(FORGOTTEN, values).status_code == 422


def test_a_new_password_by_link_ends_every_open_session_and_signs_nobody_in(
    household: Household, sign_in: Callable[[Client, Beneficiary], Client]
) -> None:
    """A6"""
    elsewhere, here = sign_in(Client(), household.primary), sign_in(Client(), household.primary)
    forgot(Client(), "30041827")
    choose(here, link(), household.primary)

    assert elsewhere.get(HOME).headers["Location"].startswith(SIGN_IN)
    assert here.get(HOME).headers["Location"].startswith(SIGN_IN)


def test_a_new_password_by_link_keeps_the_second_step(client: Client, household: Household) -> None:
    """A6: never bypasses the code."""
    forgot(client, "30041827")
    choose(client, link(), household.primary)

    assert client.get(HOME).headers["Location"].startswith(SIGN_IN)
    assert type_password(client, "30041827", password=NEW).headers["Location"] == "/connexion/verification/"


def test_opening_the_link_uses_nothing_up(client: Client, newcomer: Beneficiary) -> None:
    """A5: a mail scanner that opens links harms nobody."""
    ask(client, newcomer)
    path = link()
    for _ in range(5):
        assert client.get(path).status_code == 200

    assert choose(client, path, newcomer).status_code == 302


def test_a_link_that_was_used_replaced_or_is_too_old_says_so_without_details(
    client: Client, newcomer: Beneficiary
) -> None:
    ask(client, newcomer)
    first = link()
    a_minute_later()
    ask(client, newcomer)
    second = link()
    assert client.get(first).status_code == 404
    choose(client, second, newcomer)
    for method in (client.get, client.post):
        response = method(second)
        assert response.status_code == 404
        assert "Ce lien ne marche plus" in words(response)
        assert newcomer.first_name not in words(response)

    a_minute_later()
    ask(client, newcomer)
    third = link()
    PasswordLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "120 minutes" in words(client.get(third))


def test_an_invented_link_looks_like_a_used_one(client: Client, db: None) -> None:
    response = client.get(f"/mot-de-passe/{'0' * 32}/")

    assert response.status_code == 404
    assert "Ce lien ne marche plus" in words(response)


def test_the_page_of_the_link_leaks_its_address_to_nobody(client: Client, newcomer: Beneficiary) -> None:
    """X3: no path to anybody, not kept by the browser, no outside resource."""
    ask(client, newcomer)
    path = link()
    for response in (client.get(path), choose(client, path, newcomer, new_password1="x")):
        # The site's name at most, never the path; `no-referrer` would break the form's own check.
        assert response.headers["Referrer-Policy"] == "strict-origin"
        assert response.headers["Cache-Control"] == "no-store"
        outside = re.findall(r'(?:src|href|action)="(https?:)?//', response.content.decode())
        assert outside == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"birth_date": "01/01/1990"}, "ne correspond pas"),
        ({"birth_date": ""}, "Tapez la date"),
        ({"new_password2": "Autre-Chose-2020"}, "ne sont pas les mêmes"),
        ({"new_password1": "court", "new_password2": "court"}, "au moins 12"),
        ({"new_password1": "Azertyuiop123!", "new_password2": "Azertyuiop123!"}, "pirates"),
        ({"new_password1": "Vautrin-2019-bleu", "new_password2": "Vautrin-2019-bleu"}, "deviner"),
        ({"new_password1": "", "new_password2": ""}, "Choisissez un mot de passe"),
    ],
)
def test_a_refused_new_password_is_explained_and_never_sent_back(
    client: Client, newcomer: Beneficiary, changes: dict[str, str], reason: str
) -> None:
    """PWD-04, PWD-07"""
    ask(client, newcomer)

    response = choose(client, link(), newcomer, **changes)

    assert response.status_code == 422
    assert reason in words(response)
    for typed in {NEW, *changes.values()} - {"", "01/01/1990", "court"}:
        assert typed not in response.content.decode()
    assert not Account.objects.filter(identifier=newcomer.number).exists()


def test_five_wrong_birth_dates_end_the_link(client: Client, newcomer: Beneficiary) -> None:
    ask(client, newcomer)
    path = link()
    for left in (4, 3, 2, 1):
        refused = choose(client, path, newcomer, birth_date="01/01/1990")
        assert refused.status_code == 422
        assert f"Il vous reste {left} essai" in words(refused)
        assert "Tapez de nouveau les deux mots de passe" in words(refused)
    over = choose(client, path, newcomer, birth_date="01/01/1990")

    assert over.status_code == 422
    assert "Ce lien ne marche plus" in words(over)
    assert "new_password1" not in over.content.decode()
    assert choose(client, path, newcomer).status_code == 404


def test_a_used_link_leads_to_the_sign_in_page(client: Client, newcomer: Beneficiary) -> None:
    ask(client, newcomer)
    path = link()
    choose(client, path, newcomer)

    page = client.get(path)
    assert "Vous avez déjà choisi votre mot de passe" in words(page)
    assert f'href="{SIGN_IN}"' in page.content.decode()


def test_the_rule_is_listed_on_the_page(client: Client, newcomer: Beneficiary) -> None:
    """PWD-04, PWD-07: criteria listed before one chooses."""
    ask(client, newcomer)
    shown = words(client.get(link()))

    assert "Au moins 12 caractères" in shown
    assert "minuscule" in shown
    assert "deux de ces trois" in shown


@pytest.mark.parametrize("typed", ["10011980", "10-01-1980", "10 01 1980", "10.01.1980", "1980-01-10"])
def test_a_birth_date_is_understood_as_people_type_it(
    client: Client, newcomer: Beneficiary, typed: str
) -> None:
    """PWD-04: 8 digits too."""
    newcomer.birth_date = newcomer.birth_date.replace(year=1980, month=1, day=10)
    newcomer.save()
    ask(client, newcomer, birth_date=typed)

    assert PasswordLink.objects.count() == 1


def test_a_password_of_128_characters_with_emoji_and_spaces_opens(
    client: Client, household: Household
) -> None:
    """A12"""
    long = ("1 poisson 🐟 bleu, " * 10)[:128]
    forgot(client, "30041827")
    choose(client, link(), household.primary, new_password1=long, new_password2=long)

    assert type_password(client, "30041827", password=long).status_code == 302
    assert type_password(Client(), "30041827", password=long[:-1]).status_code == 422


def test_the_whole_way_leaves_no_secret_in_the_database(
    client: Client, household: Household, whole_database: Callable[[], str]
) -> None:
    """A66: password, link, code."""
    forgot(client, "30041827")
    path = link()
    choose(client, path, household.primary)
    client = Client()
    type_password(client, "30041827", password=NEW)
    dump = whole_database()

    assert NEW not in dump
    assert path.split("/")[2] not in dump
    assert household.primary.nir not in dump
    assert household.primary.mobile not in dump


def test_who_is_in_and_sets_a_password_for_another_is_signed_out(
    household: Household, member_client: Client
) -> None:
    """One browser, one person."""
    forgot(Client(), household.spouse.number)
    choose(member_client, link(), household.spouse)

    assert member_client.get(HOME).headers["Location"].startswith(SIGN_IN)


def test_a_first_password_and_a_new_one_are_told_by_different_mails(
    client: Client, newcomer: Beneficiary, household: Household
) -> None:
    """A15: account activated; password changed."""
    ask(client, newcomer)
    choose(client, link(), newcomer)
    drain()
    assert set(Delivery.objects.values_list("notice", flat=True)) == {"account_link", "account_activated"}

    Delivery.objects.all().delete()
    forgot(client, household.primary.number)
    choose(client, link(), household.primary)
    drain()
    assert set(Delivery.objects.values_list("notice", flat=True)) == {"password_link", "password_set"}


def test_come_in_after_all(client: Client, household: Household) -> None:
    assert come_in(client, household.spouse).headers["Location"] == HOME
