"""Everything works without JavaScript, and with the keyboard alone."""

from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.portal import Portal, code_in
from tests.browser.walker import Walker, _e164

pytestmark = pytest.mark.browser


def test_a_member_signs_in_and_deposits_without_scripts(
    browser: Browser, portal: Portal, tmp_path: Path
) -> None:
    """DEP-01…03: files are added and removed step by step, then sent; no script runs."""
    photo, paper = tmp_path / "photo.png", tmp_path / "page.pdf"
    Image.effect_noise((400, 300), 50).convert("RGB").save(photo, "PNG")
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(paper)
    walker = Walker(browser, portal, width=390, scripts=False)
    account = portal.account("member")
    walker.sign_in(account, account["password"])
    assert walker.path() == "/"
    walker.look("home")
    walker.page.locator("nav a[href='#menu']").click()
    walker.look("menu-open")

    walker.go("/depot/")
    walker.page.set_input_files("input[name=files]", [photo, paper])
    walker.page.locator("button.button[name=action][value=add]").click()
    walker.look("deposit-files-kept")
    assert "photo.png" in walker.page.inner_text("main")
    walker.page.locator("button[name=action][value^='remove:']").first.click()
    assert "photo.png" not in walker.page.inner_text("main")
    walker.press("Envoyer m")
    walker.look("deposit-refused", expect_status_noise=True)
    assert "page.pdf" in walker.page.inner_text("main"), "the file stays although answers are missing"
    walker.page.locator("input[name=category]").first.check(force=True)
    if walker.page.locator("input[name=type]:visible").count() == 0:
        walker.page.locator("button.button[name=action][value=choose]").first.click()
    walker.page.locator("input[name=type]:visible").first.check(force=True)
    walker.press("Envoyer m")
    walker.look("receipt")
    assert walker.path().startswith("/demandes/")
    walker.close()


def test_a_member_signs_in_with_the_keyboard_alone(browser: Browser, portal: Portal) -> None:
    """No mouse: Tab, typing and Enter lead from the sign-in page to the home page."""
    walker = Walker(browser, portal, width=1280)
    account = portal.account("spouse")
    keyboard = walker.page.keyboard
    walker.go("/connexion/")
    tab_to(walker, "member_number")
    keyboard.type(account["member_number"])
    tab_to(walker, "password")
    keyboard.type(account["password"])
    keyboard.press("Enter")
    walker.page.wait_for_url("**/verification/")
    first, _plus, second = walker.page.locator("#question").inner_text().split()
    codes = portal.count_sent(_e164(account["mobile"]), channel="sms")
    tab_to(walker, "answer")
    keyboard.type(str(int(first) + int(second)))
    keyboard.press("Enter")
    walker.page.wait_for_url("**/code/")
    message = portal.sent_to(_e164(account["mobile"]), channel="sms", after=codes)
    tab_to(walker, "code")
    keyboard.type(code_in(message["body"]))
    keyboard.press("Enter")
    walker.page.wait_for_url(lambda url: not url.endswith("/code/"))
    # Who has been here before is asked neither.
    if walker.path() == "/conditions/":
        tab_to(walker, "accept")
        keyboard.press("Space")
        keyboard.press("Tab")
        keyboard.press("Enter")
        walker.page.wait_for_url("**/securite/proposer/")
    if walker.path() == "/securite/proposer/":
        tab_to(walker, "later")
        keyboard.press("Enter")
    walker.page.wait_for_url(walker.portal.address + "/")
    assert account["first_name"] in walker.heading()
    walker.close()


def tab_to(walker: Walker, name: str) -> None:
    """Presses Tab until the field has the focus; a field that cannot be reached fails."""
    for _press in range(60):
        focused = walker.page.evaluate("document.activeElement && document.activeElement.name")
        if focused == name:
            return
        walker.page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {name}")
