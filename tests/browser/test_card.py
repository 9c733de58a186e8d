"""The card in front of a member, and its QR in the hands of a pharmacist (CARD-01…03, B-07, A53)."""

import re

import pytest
from playwright.sync_api import Browser

from tests.browser.portal import Portal
from tests.browser.walker import Walker

pytestmark = pytest.mark.browser


def link_on(walker: Walker) -> str:
    """The address that the QR of the page holds."""
    return (walker.page.locator(".pass__link").text_content() or "").strip()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_member_shows_her_card_and_a_pharmacist_checks_it(
    browser: Browser, portal: Portal, width: int
) -> None:
    walker = Walker(browser, portal, width=width)
    account = portal.account("member")
    walker.sign_in(account, account["password"])
    walker.go("/carte/")
    walker.look("card")
    walker.page.locator("details.more > summary").click()
    walker.look("card-menu")
    link = link_on(walker)
    walker.page.locator("details.more a[href='/attestation/']").click()
    walker.look("certificate")

    pharmacist = Walker(browser, portal, width=width)
    pharmacist.page.goto(link)
    pharmacist.page.wait_for_selector(".notice--success")
    pharmacist.look("card-checked")
    assert account["last_name"] in pharmacist.page.inner_text("main")
    # The code has left the address, and the history with it.
    assert pharmacist.page.url.endswith("/carte/verifier/")
    pharmacist.page.goto("about:blank")
    pharmacist.page.goto(f"{link[:-4]}AAAA")
    pharmacist.page.wait_for_selector(".notice--error")
    pharmacist.look("card-refused", expect_status_noise=True)
    pharmacist.close()
    walker.close()


def test_without_scripts_the_code_is_pasted(browser: Browser, portal: Portal) -> None:
    walker = Walker(browser, portal, width=390, scripts=False)
    account = portal.account("member")
    walker.sign_in(account, account["password"])
    walker.go("/carte/")
    link = link_on(walker)
    walker.page.goto(link)
    walker.fill(code=link)
    walker.press("Vérifier la carte")
    assert "valable aujourd’hui" in walker.page.inner_text("main")
    walker.close()


def test_a_card_goes_to_a_pharmacy_by_mail_and_is_replaced(browser: Browser, portal: Portal) -> None:
    """A53: a link for a week, a copy to the sender; the new card closes it."""
    walker = Walker(browser, portal, width=390)
    account = portal.account("member")
    walker.sign_in(account, account["password"])
    address = "pharmacie@example.org"
    before = portal.count_sent(address, channel="email")
    copies = portal.count_sent(account["email"], channel="email")
    walker.go("/carte/envoyer/")
    walker.page.locator("[name=person]").first.check()
    walker.page.check("[name=to][value=professional]")
    walker.fill(email="pharmacie")
    walker.press("Envoyer la carte")
    walker.look("card-send-refused", expect_status_noise=True)
    walker.fill(email=address)
    walker.press("Envoyer la carte")
    walker.look("card-sent")
    letter = portal.sent_to(address, channel="email", after=before)
    copy = portal.sent_to(account["email"], channel="email", after=copies)
    found = re.search(r"/carte/recue/\S+", letter["body"])
    assert found
    assert address in copy["body"]

    pharmacist = Walker(browser, portal, width=390)
    pharmacist.go(found[0])
    pharmacist.look("card-linked")
    assert account["last_name"] in pharmacist.page.inner_text("main")
    walker.go("/carte/")
    walker.page.locator("details.more > summary").click()
    walker.page.locator("details.more a[href*='remplacer']").click()
    walker.look("card-replace")
    walker.press("Remplacer la carte")
    walker.look("card-replaced")
    pharmacist.go(found[0])
    assert pharmacist.heading() == "Ce lien ne s’ouvre plus"
    pharmacist.close()
    walker.close()
