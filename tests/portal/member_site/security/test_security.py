"""/securite/: changing one's password (PWD-06, X8, A6, A15)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.models import Account
from tests.conftest import PASSWORD, Household
from tests.portal.member_site.access.steps import HOME, SIGN_IN, type_password, words

PAGE = "/securite/"
NEW = "Marronnier-1954-vert"
GOOD = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
pytestmark = pytest.mark.django_db
SignIn = Callable[[Client, Beneficiary], Client]


def test_the_page_shows_the_rule_and_when_the_password_ends(
    member_client: Client, policy: Callable[..., None]
) -> None:
    """AUTH-09, X8"""
    policy(password_max_age_days=180)
    Account.objects.update(password_set_at=timezone.now() - timedelta(days=100))
    shown = words(member_client.get(PAGE))

    assert "Au moins 12 caractères" in shown
    assert "À changer avant le" in shown
    policy(password_max_age_days=0)
    assert "À changer avant le" not in words(member_client.get(PAGE))


def test_a_changed_password_is_said_on_the_page_and_by_mail(
    member_client: Client, household: Household, sent: Callable[[], list]
) -> None:
    """PWD-06"""
    response = member_client.post(PAGE, GOOD, follow=True)

    assert response.status_code == 200
    assert "Votre nouveau mot de passe est enregistré" in words(response)
    assert [(one.notice, one.to) for one in sent()] == [("password_set", household.primary.email)]
    assert type_password(Client(), "30041827", password=NEW).status_code == 302
    assert type_password(Client(), "30041827", password=PASSWORD).status_code == 422


def test_every_other_session_ends_and_this_one_goes_on_under_a_new_name(
    household: Household, sign_in: SignIn
) -> None:
    """X8, A27"""
    here, elsewhere = sign_in(Client(), household.primary), sign_in(Client(), household.primary)
    before = here.session.session_key
    here.post(PAGE, GOOD)

    assert here.get(HOME).status_code == 200
    assert here.session.session_key != before
    assert elsewhere.get(HOME).headers["Location"].startswith(SIGN_IN)


def test_another_persons_session_is_not_touched(household: Household, sign_in: SignIn) -> None:
    spouse = sign_in(Client(), household.spouse)
    sign_in(Client(), household.primary).post(PAGE, GOOD)

    assert spouse.get(HOME).status_code == 200


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"old_password": "wrong"}, "pas votre mot de passe actuel"),
        ({"old_password": ""}, "Tapez votre mot de passe actuel"),
        ({"new_password2": "Autre-Chose-2020"}, "ne sont pas les mêmes"),
        ({"new_password1": PASSWORD, "new_password2": PASSWORD}, "déjà utilisé"),
        ({"new_password1": "court", "new_password2": "court"}, "au moins 12"),
    ],
)
def test_a_refused_change_is_explained_and_nothing_typed_comes_back(
    member_client: Client, changes: dict[str, str], reason: str
) -> None:
    response = member_client.post(PAGE, {**GOOD, **changes})

    assert response.status_code == 422
    assert reason in words(response)
    for typed in (PASSWORD, NEW):
        assert typed not in response.content.decode()
    assert member_client.get(HOME).status_code == 200


def test_a_stranger_at_an_open_screen_cannot_guess_the_old_password_for_long(member_client: Client) -> None:
    for _ in range(5):
        member_client.post(PAGE, {**GOOD, "old_password": "wrong"})

    response = member_client.post(PAGE, GOOD)

    assert response.status_code == 422
    assert "heure" in words(response)


def test_the_page_is_private_and_takes_get_and_post_only(client: Client, member_client: Client) -> None:
    assert Client().get(PAGE).headers["Location"].startswith(SIGN_IN)
    assert member_client.delete(PAGE).status_code == 405
