"""Passkeys and apps in a real browser, with a device that Chromium plays (A25, A26, A32)."""

import base64
import time

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from playwright.sync_api import Browser, CDPSession

from tests.browser.portal import Portal, link_in
from tests.browser.walker import Walker

pytestmark = pytest.mark.browser
WITH_PASSKEY = "Entrer avec une clé d’accès"


def device_of(walker: Walker, *, verifies: bool = True) -> CDPSession:
    """A phone that knows its owner's finger, plugged into this window."""
    session = walker.context.new_cdp_session(walker.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verifies,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def code_for(walker: Walker, *, ahead: int = 0) -> str:
    key = base64.b32decode("".join(walker.page.locator(".typed-key span").all_inner_texts()))
    return TOTP(key, 6, SHA1(), 30).generate(int(time.time()) + ahead).decode()


def sign_out(walker: Walker) -> None:
    if walker.width == 390:
        walker.page.locator("nav a[href='#menu']").click()
    walker.page.get_by_role("button", name="Me déconnecter").locator("visible=true").first.click()
    walker.page.wait_for_url("**/connexion/**")


def arrive(walker: Walker, path: str) -> None:
    walker.page.wait_for_url(walker.portal.address + path)
    walker.page.wait_for_load_state("load")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_passkey_from_its_creation_to_its_end(browser: Browser, portal: Portal, width: int) -> None:
    walker, account = Walker(browser, portal, width=width), portal.account("spouse")
    device_of(walker)
    walker.sign_in(account, account["password"])

    create_passkey(walker)
    note_codes(walker)
    sign_out(walker)
    come_in_with_passkey(walker)
    remove_factor(walker, "Mon téléphone")

    walker.close()


def create_passkey(walker: Walker) -> None:
    walker.go("/securite/proposer/")
    walker.look("factor-offer")
    walker.page.get_by_role("link", name="Créer une clé d’accès").click()
    arrive(walker, "/securite/cle/")
    walker.look("passkey")
    walker.fill(name="Mon téléphone")
    walker.page.get_by_role("button", name="Créer ma clé d’accès").click()
    arrive(walker, "/securite/codes-de-secours/")


def note_codes(walker: Walker) -> None:
    walker.look("recovery-codes")
    assert walker.page.locator(".recovery-codes li").count() == 10
    assert walker.page.get_by_role("button", name="Imprimer cette page").is_visible()
    walker.press("J’ai noté mes codes")
    assert walker.path() == "/securite/"
    assert "Mon téléphone" in walker.page.inner_text("main")
    walker.look("security-with-passkey")


def come_in_with_passkey(walker: Walker) -> None:
    """No number, no password, no SMS."""
    walker.go("/connexion/")
    walker.look("sign-in-passkey")
    walker.page.get_by_role("button", name=WITH_PASSKEY).click()
    arrive(walker, "/")
    walker.look("home-by-passkey")


def remove_factor(walker: Walker, name: str) -> None:
    walker.go("/securite/")
    walker.page.locator("main a[href*='/retirer/']").first.click()
    assert name in walker.heading()
    walker.look("factor-remove")
    walker.press("Retirer")
    assert "code par SMS vous sera de nouveau demandé" in walker.page.inner_text("main")


@pytest.mark.parametrize("width", [390, 1280])
def test_an_app_from_its_picture_to_its_code_at_the_door(
    browser: Browser, portal: Portal, width: int
) -> None:
    walker, account = Walker(browser, portal, width=width), portal.account("spouse")
    mails = portal.count_sent(account["email"], channel="email")
    walker.sign_in(account, account["password"])
    walker.go("/securite/application/")
    picture = walker.page.locator("img.scan")
    assert picture.evaluate("one => one.complete && one.naturalWidth > 100")
    walker.page.get_by_text("taper la clé à la main").click()
    walker.look("app")
    walker.fill(code="000000", name="Mon application")
    walker.press("Enregistrer mon application")
    walker.look("app-refused", expect_status_noise=True)
    walker.page.get_by_text("taper la clé à la main").click()
    walker.fill(code=code_for(walker), name="Mon application")
    later = code_for(walker, ahead=30)
    walker.press("Enregistrer mon application")
    codes = walker.page.locator(".recovery-codes li").all_inner_texts()
    assert len(codes) == 10
    walker.press("J’ai noté mes codes")
    assert "ce-n-est-pas-moi" in link_in(
        portal.sent_to(account["email"], channel="email", after=mails)["body"]
    )

    sign_out(walker)
    come_to_the_proof(walker, account)
    walker.look("factor")
    walker.fill(code=later)
    walker.press("Entrer dans mon espace")
    assert walker.path() == "/"

    sign_out(walker)
    come_to_the_proof(walker, account)
    walker.page.get_by_role("link", name="Utiliser un code de secours").click()
    walker.look("recovery")
    walker.fill(recovery_code=codes[0].lower())
    walker.press("Entrer dans mon espace")
    assert "9 codes de secours" in walker.page.inner_text("main")
    remove_factor(walker, "Mon application")
    walker.close()


def come_to_the_proof(walker: Walker, account: dict[str, str]) -> None:
    walker.go("/connexion/")
    walker.fill(member_number=account["member_number"], password=account["password"])
    walker.press("Me connecter")
    if walker.path() == "/connexion/verification/":
        walker.answer_question()
    assert walker.path() == "/connexion/code/"


def test_a_device_without_a_finger_or_without_a_key_says_so_in_words(
    browser: Browser, portal: Portal
) -> None:
    walker = Walker(browser, portal, width=390)
    device_of(walker, verifies=False)
    walker.go("/connexion/")
    walker.page.get_by_role("button", name=WITH_PASSKEY).click()
    said = walker.page.locator("[data-passkey-said].field__error")
    said.wait_for(timeout=20_000)

    assert "Vous pouvez recommencer" in said.inner_text()
    walker.look("passkey-stopped")
    walker.close()


def test_without_scripts_there_is_no_button_and_another_way_beside(browser: Browser, portal: Portal) -> None:
    walker = Walker(browser, portal, width=390, scripts=False)
    walker.go("/connexion/")

    assert not walker.page.get_by_role("button", name=WITH_PASSKEY).is_visible()
    assert walker.page.get_by_role("button", name="Me connecter", exact=True).is_visible()
    walker.close()
