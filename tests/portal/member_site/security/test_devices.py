"""/securite/: where the space is open, and ending it there (A29, A32)."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.access.models import OpenSession
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.web.sessions import FRESH_FACTOR
from entraide.portal.foundation.web.wording import clock
from tests.conftest import PASSWORD, Household
from tests.portal.member_site.access.steps import HOME, SIGN_IN, come_in, newest_code, words

PAGE, ALL = "/securite/", "/securite/appareils/fermer/"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1"
pytestmark = pytest.mark.django_db
SignIn = Callable[[Client, Beneficiary], Client]


def close(client: Client, session_id: object) -> str:
    return str(client.post(f"/securite/appareils/{session_id}/fermer/").headers["Location"])


def stale(client: Client) -> None:
    """Five minutes and more after the last factor."""
    session = client.session
    session[FRESH_FACTOR] -= 301
    session.save()


def test_the_page_names_each_device_and_this_one(household: Household, sign_in: SignIn) -> None:
    """A29"""
    here = sign_in(Client(), household.primary)
    come_in(Client(headers={"user-agent": IPHONE}), household.primary)
    shown = words(here.get(PAGE))

    assert "Firefox sur un ordinateur Linux" in shown
    assert "Safari sur un iPhone" in shown
    assert shown.count("Cet appareil") == 1
    assert "192.0.2.1" in shown


def test_the_sessions_of_others_are_not_shown(household: Household, sign_in: SignIn) -> None:
    sign_in(Client(), household.spouse)
    OpenSession.objects.update(label="Edge|windows")

    assert "Edge sur" not in words(sign_in(Client(), household.primary).get(PAGE))


def test_one_device_is_signed_out_and_the_others_go_on(household: Household, sign_in: SignIn) -> None:
    """A29"""
    here, lost, other = (sign_in(Client(), household.primary) for _turn in range(3))
    rows = OpenSession.objects.order_by("started_at")
    assert close(here, rows[1].pk) == PAGE

    assert "Cet appareil est déconnecté" in words(here.get(PAGE))
    assert lost.get(HOME).headers["Location"].startswith(SIGN_IN)
    assert other.get(HOME).status_code == 200


def test_all_other_devices_are_signed_out_at_once(household: Household, sign_in: SignIn) -> None:
    """A29"""
    here, there, elsewhere = (sign_in(Client(), household.primary) for _turn in range(3))
    spouse = sign_in(Client(), household.spouse)
    response = here.post(ALL, follow=True)

    assert "2 autres appareils sont déconnectés" in words(response)
    for client in (there, elsewhere):
        assert client.get(HOME).headers["Location"].startswith(SIGN_IN)
    assert spouse.get(HOME).status_code == 200
    assert "Aucun autre appareil" in words(here.post(ALL, follow=True))


def test_anothers_device_cannot_be_signed_out(household: Household, sign_in: SignIn) -> None:
    """A36"""
    spouse = sign_in(Client(), household.spouse)
    row = OpenSession.objects.get()
    here = sign_in(Client(), household.primary)
    for session_id in (row.pk, uuid4()):
        close(here, session_id)
        assert "déjà déconnecté" in words(here.get(PAGE))

    assert spouse.get(HOME).status_code == 200


def test_a_stranger_at_an_open_screen_signs_nobody_out(household: Household, sign_in: SignIn) -> None:
    """A32: five minutes after the last factor it is asked for again, and nothing is done."""
    here, there = sign_in(Client(), household.primary), sign_in(Client(), household.primary)
    row = OpenSession.objects.order_by("started_at").last()
    assert row is not None
    stale(here)

    assert close(here, row.pk).startswith("/securite/confirmer/")
    assert here.post(ALL).headers["Location"].startswith("/securite/confirmer/")
    assert there.get(HOME).status_code == 200


def test_after_the_proof_the_page_says_to_press_again(household: Household, sign_in: SignIn) -> None:
    """A32: once; and the code's page says when the code left."""
    here, there = sign_in(Client(), household.primary), sign_in(Client(), household.primary)
    row = OpenSession.objects.order_by("started_at").last()
    assert row is not None
    again = "C’est confirmé. Appuyez de nouveau sur le bouton."
    stale(here)
    asked = close(here, row.pk)
    here.post(asked, {"password": PASSWORD})
    assert f"Nous l’avons envoyé à {clock(timezone.now())[:3]}" in words(here.get(asked))
    assert again in words(here.post(asked, {"code": newest_code(), "next": PAGE}, follow=True))
    assert again not in words(here.get(PAGE))
    close(here, row.pk)
    assert there.get(HOME).status_code == 302


def test_the_password_form_waits_for_a_fresh_factor(member_client: Client) -> None:
    """A32"""
    assert 'name="old_password"' in member_client.get(PAGE).content.decode()
    stale(member_client)
    response = member_client.get(PAGE)

    assert 'name="old_password"' not in response.content.decode()
    assert "/securite/confirmer/?next=/securite/" in response.content.decode()
    assert (
        member_client.post(PAGE, {"old_password": "x"}).headers["Location"].startswith("/securite/confirmer/")
    )


def test_these_addresses_take_post_from_members_only(member_client: Client) -> None:
    one = f"/securite/appareils/{uuid4()}/fermer/"
    for address in (ALL, one):
        assert member_client.get(address).status_code == 405
        assert Client().post(address).headers["Location"].startswith(SIGN_IN)
