"""A session that goes quiet: the warning, the end, what was typed (A28, A31); other devices (A29)."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.browser.portal import Portal
from tests.browser.walker import Walker, _e164

pytestmark = pytest.mark.browser
TEXT = "Facture de mes lunettes du 3 mars, payée par carte."
# Each width has its own person: so many codes an hour leave for one.
WIDTHS = [(390, "spouse"), (1280, "adult_child")]


def signed_in(browser: Browser, portal: Portal, width: int, role: str) -> Walker:
    """Somebody in front of the deposit form, with a clock of the browser that can be moved."""
    walker = Walker(browser, portal, width=width)
    account = portal.account(role)
    walker.sign_in(account, account["password"])
    walker.page.clock.install()
    walker.go("/depot/")
    return walker


@pytest.mark.parametrize(("width", "role"), WIDTHS)
def test_a_quiet_session_warns_and_what_was_typed_survives_its_end(
    browser: Browser, portal: Portal, width: int, role: str
) -> None:
    """A28, A31: stay, then not; signed in again, the text is there; signed out, it is not."""
    walker = signed_in(browser, portal, width, role)
    page = walker.page
    page.fill("[name=description]", TEXT)
    page.locator("input[name=category]").first.check(force=True)

    warning = page.get_by_role("alertdialog", name="Êtes-vous toujours là")
    page.clock.fast_forward("12:00")
    expect(warning).to_be_hidden()
    page.clock.fast_forward("01:00")
    expect(warning).to_be_visible()
    expect(warning).to_contain_text("2 minutes")
    expect(warning.get_by_role("button", name="Rester connecté")).to_be_focused()
    walker.look("session-warning")
    page.clock.fast_forward("00:40")
    expect(warning).to_contain_text("1 minute")
    page.keyboard.press("Enter")
    expect(warning).to_be_hidden()
    expect(page.locator("[name=description]")).to_have_value(TEXT)

    page.clock.fast_forward("16:00")
    page.wait_for_url("**/connexion/?fin=1&next=*")
    expect(page.locator("main")).to_contain_text("Votre session s’est terminée")
    walker.look("session-ended", expect_status_noise=True)
    come_back(walker, portal.account(role))

    assert walker.path() == "/depot/"
    expect(page.locator("[name=description]")).to_have_value(TEXT)
    expect(page.locator("input[name=category]").first).to_be_checked()
    expect(page.get_by_role("status").filter(has_text="Nous avons gardé")).to_be_visible()
    walker.look("draft-restored")

    if width < 600:
        page.locator("nav a[href='#menu']").click()
    page.get_by_role("button", name="Me déconnecter").locator("visible=true").first.click()
    page.wait_for_url("**/connexion/?sortie=1")
    assert page.evaluate("Object.keys(sessionStorage).length") == 0
    walker.close()


def test_a_quiet_session_ends_on_the_server_too_unless_another_window_is_in_use(
    browser: Browser, portal: Portal
) -> None:
    """A28: the page says so, and Back or an address typed anew opens nothing."""
    walker = signed_in(browser, portal, 1280, "spouse")
    page, other = walker.page, walker.context.new_page()
    other.goto(portal.address + "/contrat/", wait_until="load")
    page.clock.fast_forward("12:00")
    with other.expect_response("**/session/prolonger/"):
        other.keyboard.press("Shift")
    page.clock.fast_forward("04:00")
    page.wait_for_timeout(2000)
    assert walker.path() == "/depot/"
    walker.go("/depot/")
    assert walker.path() == "/depot/"

    page.clock.fast_forward("16:00")
    page.wait_for_url("**/connexion/?fin=1&next=*")
    other.wait_for_url("**/connexion/?fin=1&next=*")
    walker.go("/contrat/")
    assert walker.path() == "/connexion/"
    walker.close()


def test_a_form_sent_too_late_is_given_back_and_a_draft_goes_once_it_was_sent(
    browser: Browser, portal: Portal
) -> None:
    """A31: nothing was stored, so nothing that was typed is lost; what was stored is not offered again."""
    walker = signed_in(browser, portal, 390, "member")
    page = walker.page
    page.fill("[name=description]", TEXT)
    kept = walker.context.cookies()
    session = next(one for one in kept if one["name"] == "entraide")
    walker.context.add_cookies([{**session, "value": "0" * 32}])
    walker.press("Envoyer m")
    assert "rien n’a été envoyé" in walker.heading()
    assert page.locator("textarea[readonly]").input_value() == TEXT
    walker.look("sent-too-late", expect_status_noise=True)

    walker.context.add_cookies([session])
    walker.go("/depot/")
    expect(page.locator("[name=description]")).to_have_value(TEXT)
    page.get_by_role("button", name="Effacer et recommencer").click()
    page.wait_for_load_state("load")
    expect(page.locator("[name=description]")).to_have_value("")

    page.fill("[name=description]", TEXT)
    walker.press("Envoyer m")
    walker.look("sent-without-files", expect_status_noise=True)
    expect(page.locator("[name=description]")).to_have_value(TEXT)
    expect(page.get_by_text("Nous avons gardé")).to_have_count(0)
    page.set_input_files(
        "input[name=files]", [{"name": "a.png", "mimeType": "image/png", "buffer": picture()}]
    )
    page.locator("input[name=category]").first.check(force=True)
    page.locator("input[name=type]:visible").first.check(force=True)
    walker.press("Envoyer mon document")
    assert walker.path().startswith("/demandes/")
    walker.go("/depot/")
    expect(page.locator("[name=description]")).to_have_value("")
    walker.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_somebody_sees_their_devices_and_signs_the_others_out(
    browser: Browser, portal: Portal, width: int
) -> None:
    """A29"""
    account = portal.account("member" if width == 390 else "spouse")
    phone, computer = Walker(browser, portal, width=390), Walker(browser, portal, width=width)
    phone.sign_in(account, account["password"])
    computer.sign_in(account, account["password"])

    computer.go("/securite/")
    assert computer.page.get_by_text("Cet appareil", exact=True).count() == 1
    computer.look("security")
    computer.press("Déconnecter tous les autres appareils")
    # What is there when a page opens is read aloud only where the focus is.
    expect(computer.page.get_by_role("status").filter(has_text="déconnecté")).to_be_focused()
    computer.press("Changer mon mot de passe")
    expect(computer.page.locator(".error-summary")).to_be_focused()
    assert computer.page.title().startswith("Erreur")
    for name in ("le mot de passe", "le nouveau mot de passe", "la confirmation"):
        eye = computer.page.get_by_role("button", name=f"Afficher {name}", exact=True)
        expect(eye).to_have_count(1)
    phone.go("/contrat/")
    assert phone.path() == "/connexion/"
    phone.close()
    computer.close()


def test_the_opening_hours_fit_a_small_screen_with_text_twice_its_size(
    browser: Browser, portal: Portal
) -> None:
    walker = Walker(browser, portal, width=320)
    walker.go("/aide/")
    walker.page.evaluate("document.documentElement.style.fontSize = '200%'")
    widths = walker.page.locator("table.hours").evaluate_all(
        "tables => tables.flatMap((one) => [one.scrollWidth - one.clientWidth,"
        " one.getBoundingClientRect().right - innerWidth])"
    )
    assert widths
    assert max(widths) <= 0
    walker.close()


def picture() -> bytes:
    """A small real PNG."""
    file = io.BytesIO()
    Image.effect_noise((200, 150), 50).convert("RGB").save(file, "PNG")
    return file.getvalue()


def come_back(walker: Walker, account: dict[str, str]) -> None:
    """Signs in from the page that is open, whichever steps it asks for."""
    walker.fill(member_number=account["member_number"], password=account["password"])
    codes = walker.portal.count_sent(_e164(account["mobile"]), channel="sms")
    walker.press("Me connecter")
    if walker.path() == "/connexion/verification/":
        walker.answer_question()
    walker.type_code(account["mobile"], after=codes)
