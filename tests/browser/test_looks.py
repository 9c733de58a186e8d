"""Every page of a signed-in member, in English, in the dark, and on a very small screen."""

import pytest
from playwright.sync_api import Browser

from tests.browser.portal import Portal
from tests.browser.walker import Walker

pytestmark = pytest.mark.browser
PRIVATE_PAGES = ["/", "/contrat/", "/remboursements/", "/releves/", "/demandes/", "/depot/", "/banque/",
                 "/documents/", "/documents/information/", "/documents/recus/", "/documents/envoyes/",
                 "/securite/", "/conditions/", "/cotisations/", "/coordonnees/",
                 "/coordonnees/adresse/", "/coordonnees/telephone/", "/coordonnees/email/",
                 "/coordonnees/mobile/", "/coordonnees/messages/",
                 "/depot/pieces/", "/remboursements/demande/",
                 "/hospitalisation/", "/hospitalisation/?q=75012", "/hospitalisation/?choice=750999906",
                 "/hospitalisation/?choice=270000326", "/hospitalisation/?other=1"]  # fmt: skip
PAPERS = {
    "list": "/depot/pieces/?care=optical-lenses&paid=third_party&feed=off",
    "nothing": "/depot/pieces/?care=pharmacy&paid=all&feed=on",
    "places": "/depot/?category=optical&type=contact-lenses-other&paid=all&feed=on",
    "claim": "/remboursements/demande/?care=pharmacy&paid=all&feed=off",
}


def test_pages_in_english_dark_and_narrow_have_no_violation(browser: Browser, portal: Portal) -> None:
    """WCAG 2.2 AA at 320 px, dark colours, English; every link of the home page leads somewhere."""
    walker = Walker(browser, portal, width=320)
    account = portal.account("member")
    walker.sign_in(account, account["password"])
    walker.page.get_by_role("button", name="English").click()
    walker.page.emulate_media(color_scheme="dark")
    for path in PRIVATE_PAGES:
        walker.go(path)
        assert walker.page.locator("html").get_attribute("lang") == "en"
        walker.look(f"dark-en{path.replace('/', '-')}")
    for name, path in PAPERS.items():
        walker.go(path)
        walker.look(f"dark-en-papers-{name}")
    walker.go("/contrat/")
    contract = walker.page.locator("main a[href^='/contrat/']").first.get_attribute("href")
    for query in ("", "?q=dentist", "?q=vacuum+cleaner"):
        walker.go(f"{contract}garanties/{query}")
        walker.look(f"dark-en-guarantees{query[3:7]}")
    walker.go("/")
    links = walker.page.eval_on_selector_all(
        "a[href^='/']", "all => all.map(one => one.getAttribute('href'))"
    )
    for link in sorted(set(links)):
        answer = walker.context.request.get(portal.address + link)
        assert answer.status == 200, f"{link}: {answer.status}"
    walker.close()


def test_the_gallery_shows_every_component_without_a_violation(browser: Browser, portal: Portal) -> None:
    """The gallery at /composants/, with its forms, simple layout and error pages."""
    walker = Walker(browser, portal, width=1280)
    walker.go("/composants/")
    walker.look("gallery")
    links = walker.page.eval_on_selector_all(
        "a[href^='/composants/']", "all => all.map(one => one.getAttribute('href'))"
    )
    for link in sorted({one.split("#")[0].split("?")[0] for one in links}):
        walker.go(link)
        walker.look(f"gallery{link.replace('/', '-')}", expect_status_noise=True)
    walker.close()


def test_demo_pages_and_mails_can_be_looked_at(browser: Browser, portal: Portal) -> None:
    """The page for newcomers, the mailbox, and a mail in its own closed page."""
    walker = Walker(browser, portal, width=390)
    walker.go("/demo/")
    walker.look("demo")
    account = portal.account("member")
    walker.go("/mot-de-passe-oublie/")
    first, _plus, second = walker.page.locator("#question").inner_text().split()
    before = portal.count_sent(account["email"], channel="email")
    walker.fill(member_number=account["member_number"], answer=str(int(first) + int(second)))
    walker.press("Recevoir le lien")
    portal.sent_to(account["email"], channel="email", after=before)
    walker.go("/demo/boite/")
    walker.look("mailbox")
    with walker.page.expect_navigation():
        walker.page.get_by_role("link", name="tel qu").first.click()
    walker.look("mail", closed=True)
    walker.close()
