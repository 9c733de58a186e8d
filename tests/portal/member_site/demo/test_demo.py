"""/demo/: for newcomers and scripts; not there outside the demo (contract: demo helpers)."""

import dataclasses
from base64 import b32decode
from collections.abc import Callable

import pytest
from django.conf import LazySettings, settings
from django.test import Client

from entraide.portal.config.commands import _open_demo_agents
from tests.conftest import Household
from tests.portal.agents import app_code
from tests.portal.member_site.access.steps import come_in, words

PAGES = ["/demo/", "/demo/comptes.json", "/demo/boite/", "/demo/boite.json"]
KEYS = {
    "role", "segment", "member_number", "password", "nir", "birth_date", "birth_department", "last_name",
    "first_name", "activated", "mobile", "email", "household",
}  # fmt: skip
AGENTS = {"agent", "supervisor", "payer", "social_fund", "security_admin", "dpo"}
pytestmark = pytest.mark.django_db


def test_the_accounts_have_the_keys_and_the_roles_of_the_contract(client: Client) -> None:
    accounts = client.get("/demo/comptes.json").json()

    assert all(set(one) >= KEYS for one in accounts)
    roles = {one["role"] for one in accounts}
    assert roles >= {"member", "spouse", "adult_child", "not_activated", "no_mobile"}
    if settings.PROFILE.security.password_max_age_days:
        assert "expired_password" in roles
    assert all(one["activated"] is (one["password"] is not None) for one in accounts)
    members = [one for one in accounts if one["role"] not in AGENTS]
    assert all(one["birth_date"][2] == one["birth_date"][5] == "/" for one in members)
    assert {one["segment"] for one in members} <= {one.id for one in settings.PROFILE.segments}


def test_an_agent_has_an_identifier_a_password_and_the_key_of_an_app(client: Client) -> None:
    accounts = client.get("/demo/comptes.json").json()
    agents = [one for one in accounts if one["role"] in AGENTS]

    without = set() if settings.PROFILE.social_fund else {"social_fund"}
    assert {one["role"] for one in agents} == AGENTS - without
    for one in agents:
        assert set(one) == {*KEYS, "totp_secret"}
        assert len(b32decode(one["totp_secret"])) == 20
        assert one["nir"] is one["household"] is one["mobile"] is None


def test_the_agents_of_the_demo_come_in_with_what_the_page_shows(client: Client, db: None) -> None:
    """A74: the key of comptes.json and the code on the page are those of the same app."""
    _open_demo_agents()
    _open_demo_agents()
    for one in client.get("/demo/comptes.json").json()[-3:]:
        shown = words(client.get("/demo/"))
        code = app_code(secret=one["totp_secret"])
        assert one["totp_secret"] in shown
        assert code in shown or app_code(secret=one["totp_secret"], steps_later=-1) in shown
        visitor = Client()
        visitor.post("/gestion/connexion/", {"identifier": one["member_number"], "password": one["password"]})
        visitor.post("/gestion/connexion/code/", {"code": code})

        assert one["last_name"] in visitor.get("/gestion/").content.decode()


def test_the_mailbox_shows_every_message_newest_first(client: Client, household: Household) -> None:
    come_in(client, household.primary)
    rows = client.get("/demo/boite.json").json()

    assert [one["channel"] for one in rows] == ["sms"]
    assert set(rows[0]) == {"channel", "to", "subject", "body", "html", "attachments", "headers", "at"}
    assert rows[0]["to"] == household.primary.mobile


def test_a_mail_in_the_mailbox_has_its_marks(
    member_client: Client, household: Household, sent: Callable[[], list]
) -> None:
    member_client.post(
        "/securite/",
        {
            "old_password": "Tilleul-2019-bleu",
            "new_password1": "Marronnier-1954-vert",
            "new_password2": "Marronnier-1954-vert",
        },
    )
    assert sent()
    (row,) = Client().get("/demo/boite.json").json()

    assert row["channel"] == "email"
    assert row["to"] == household.primary.email
    assert row["headers"]["Message-ID"].endswith(f"@{settings.ENTRAIDE.host}>")
    assert row["headers"]["X-Idempotency-Key"] in row["headers"]["Message-ID"]
    assert row["subject"] in words(Client().get("/demo/boite/"))


@pytest.mark.parametrize("address", PAGES)
def test_everyone_can_open_the_demo_pages(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", [*PAGES, "/composants/"])
def test_outside_the_demo_they_are_not_there(
    client: Client, member_client: Client, settings: LazySettings, address: str
) -> None:
    settings.ENTRAIDE = dataclasses.replace(settings.ENTRAIDE, demo=False)

    assert client.get(address).status_code == 404
    assert member_client.get(address).status_code == 404


def test_outside_the_demo_no_page_speaks_of_it(client: Client, settings: LazySettings) -> None:
    assert "Démonstration" in words(client.get("/connexion/"))
    settings.ENTRAIDE = dataclasses.replace(settings.ENTRAIDE, demo=False)

    for address in ("/connexion/", "/aide/", "/nowhere/"):
        assert "Démonstration" not in words(client.get(address))
        assert "/demo/" not in client.get(address).content.decode()


def test_a_message_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/demo/boite/00000000-0000-4000-8000-000000000000/").status_code == 404
