"""The people of the mutual: their own door, with an app or a passkey (A26, A29, A31, A32, A74)."""

import base64
import time
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from playwright.sync_api import Browser

from tests.browser.portal import Portal
from tests.browser.walker import Walker

pytestmark = pytest.mark.browser


# Each width walks with an agent of its own: a code serves once.
@pytest.mark.parametrize(("width", "role"), [(390, "agent"), (1280, "supervisor")])
def test_an_agent_walks_from_the_door_to_a_passkey_and_out(
    browser: Browser, portal: Portal, width: int, role: str
) -> None:
    walker = Walker(browser, portal, width=width)
    agent = portal.account(role)

    enter(walker, agent)
    look_around(walker)
    add_passkey(walker)
    leave(walker)
    come_back_with_the_passkey(walker, agent)

    walker.close()


def test_without_scripts_the_app_opens_the_door(browser: Browser, portal: Portal) -> None:
    walker = Walker(browser, portal, width=390, scripts=False)
    agent = portal.account("agent")
    walker.go("/gestion/connexion/")
    walker.fill(identifier=agent["member_number"], password=agent["password"])
    walker.press("Continuer")
    walker.look("agent-code")
    walker.fill(code=next_code(agent, unused=True))
    walker.press("Entrer")
    assert agent["last_name"] in walker.heading()
    walker.look("agent-home")
    walker.press("Me déconnecter")
    assert walker.path() == "/gestion/connexion/"
    walker.close()


def enter(walker: Walker, agent: dict[str, Any]) -> None:
    walker.go("/gestion/")
    assert walker.path() == "/gestion/connexion/"
    walker.look("agent-sign-in")
    walker.fill(identifier=agent["member_number"], password="not the right one")
    walker.press("Continuer")
    walker.look("agent-sign-in-refused", expect_status_noise=True)
    walker.fill(identifier=agent["member_number"].upper(), password=agent["password"])
    walker.press("Continuer")
    assert walker.path() == "/gestion/connexion/code/"
    walker.look("agent-code")
    walker.page.get_by_role("link", name="Utiliser un code de secours").click()
    walker.look("agent-recovery")
    walker.go("/gestion/connexion/code/")
    walker.fill(code=next_code(agent))
    walker.press("Entrer")
    assert walker.path() == "/gestion/"
    assert agent["last_name"] in walker.heading()
    walker.look("agent-home")


def look_around(walker: Walker) -> None:
    walker.go("/gestion/facteur/secours/")
    walker.look("agent-recovery-codes")
    walker.press("Montrer mes dix codes")
    assert walker.page.locator("#recovery-codes li").count() == 10
    walker.look("agent-recovery-codes-shown")
    walker.go("/gestion/facteur/application/")
    walker.look("agent-app")
    walker.go("/gestion/securite/")
    walker.fill(old_password="wrong", new_password1="short", new_password2="other")
    walker.press("Changer mon mot de passe")
    walker.look("agent-security-refused", expect_status_noise=True)
    walker.go("/gestion/securite/confirmer/")
    walker.look("agent-confirm")
    walker.go("/")
    assert walker.path() == "/connexion/"


def add_passkey(walker: Walker) -> None:
    devices = walker.context.new_cdp_session(walker.page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    walker.go("/gestion/facteur/")
    walker.look("agent-factor")
    walker.page.get_by_role("button", name="Créer une clé d’accès").click()
    walker.page.wait_for_url("**/gestion/securite/")
    assert walker.page.get_by_role("button", name="Retirer").count() == 2
    walker.look("agent-security")


def leave(walker: Walker) -> None:
    walker.press("Me déconnecter")
    assert walker.page.url.endswith("/gestion/connexion/?sortie=1")
    walker.look("agent-signed-out")
    walker.page.go_back()
    assert walker.path() == "/gestion/connexion/"


def come_back_with_the_passkey(walker: Walker, agent: dict[str, Any]) -> None:
    walker.go("/gestion/connexion/")
    walker.fill(identifier=agent["member_number"], password=agent["password"])
    walker.press("Continuer")
    walker.look("agent-code-or-key")
    walker.page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    walker.page.wait_for_url("**/gestion/")
    assert agent["last_name"] in walker.heading()
    walker.press("Me déconnecter")


def next_code(agent: dict[str, Any], *, unused: bool = False) -> str:
    """What the agent's app shows; `unused`: waits until it shows one that no walk before has used."""
    app = TOTP(base64.b32decode(agent["totp_secret"]), 6, SHA1(), 30)
    if unused:
        time.sleep(31 - time.time() % 30)
    return app.generate(int(time.time())).decode()
