"""A first mobile is enrolled, and disowned from the mail: in Chromium, and without scripts (X6, A20, A23)."""

import pytest
from playwright.sync_api import Browser

from tests.browser.portal import Portal, code_in, link_in
from tests.browser.walker import Walker

pytestmark = pytest.mark.browser
NEW = "+33639980177"


def test_a_thief_enrols_a_mobile_and_the_owner_of_the_mail_undoes_it(
    browser: Browser, portal: Portal
) -> None:
    """AUTH-06, AUTH-07: what each step says; then the freeze, signed out, in a browser without scripts."""
    account = portal.account("no_mobile")
    thief = Walker(browser, portal, width=390)
    enrol(thief, account["email"], account["member_number"], account["password"])

    mail = portal.sent_to(account["email"], channel="email", after=1)
    link = link_in(mail["body"])
    owner = Walker(browser, portal, width=1280, scripts=False)
    look_at_the_link(browser, portal, link)
    owner.go(link)
    owner.press("Bloquer mon accès")
    assert owner.heading() == "Votre accès est bloqué"
    assert owner.path() == link
    owner.look("frozen")
    owner.close()
    for width in (390, 1280):
        after = Walker(browser, portal, width=width)
        after.go(link)
        after.look("frozen")
        after.close()

    thief.go("/")
    assert thief.path() == "/connexion/"
    thief.close()


def enrol(walker: Walker, email: str, number: str, password: str) -> None:
    """From the password to the first page of the space, by way of the mail and the new mobile."""
    walker.go("/connexion/")
    walker.fill(member_number=number, password=password)
    walker.press("Me connecter")
    mails = walker.portal.count_sent(email, channel="email")
    codes = walker.portal.count_sent(NEW, channel="sms")
    walker.answer_question()
    assert walker.path() == "/connexion/mobile/"
    walker.look("email-code")
    walker.fill(email_code=code_in(walker.portal.sent_to(email, channel="email", after=mails)["body"]))
    walker.press("Continuer")
    walker.look("mobile")
    walker.fill(mobile="04 76 00 00 00")
    walker.press("Recevoir le code par SMS")
    walker.look("mobile-refused", expect_status_noise=True)
    walker.fill(mobile="06 39 98 01 77")
    walker.press("Recevoir le code par SMS")
    walker.look("mobile-code")
    walker.fill(code=code_in(walker.portal.sent_to(NEW, channel="sms", after=codes)["body"]))
    walker.press("Entrer dans mon espace")
    assert "coordonnées bancaires" in walker.page.inner_text("main")
    walker.look("mobile-enrolled")


def look_at_the_link(browser: Browser, portal: Portal, link: str) -> None:
    """The page that explains, and those of links that no longer live, at both widths."""
    for width in (390, 1280):
        walker = Walker(browser, portal, width=width)
        walker.go(link)
        walker.look("not-me")
        walker.go("/ce-n-est-pas-moi/0000/")
        walker.look("not-me-unknown", expect_status_noise=True)
        walker.close()
