"""Leaving for a partner and coming back, with and without scripts; help at the door (TELE-02, AIDE-01)."""

import pytest
from playwright.sync_api import Browser

from tests.browser.portal import Portal
from tests.browser.walker import Walker

pytestmark = pytest.mark.browser


def text(walker: Walker) -> str:
    return str(walker.page.inner_text("main"))


@pytest.mark.parametrize("width", [390, 1280])
def test_a_member_leaves_for_a_doctor_and_comes_back(browser: Browser, portal: Portal, width: int) -> None:
    walker = Walker(browser, portal, width=width)
    account = portal.account("member")
    walker.sign_in(account, account["password"])
    walker.go("/assistance/")
    walker.look("assistance")
    walker.go("/teleconsultation/")
    walker.look("teleconsultation")
    walker.page.locator("td a[href^='/passage/']").first.click()
    walker.look("leaving")
    walker.press("Continuer chez")
    walker.page.wait_for_selector(".notice--success")
    walker.look("at-the-partner")
    assert walker.path().startswith("/demo/partenaire/")
    assert "?" not in walker.page.url
    assert account["last_name"] not in text(walker)
    assert account["member_number"] not in text(walker)

    # The arrow leads to the page with the number to call, and to no form that is sent again.
    walker.page.go_back()
    walker.page.wait_for_url("**/passage/**")
    assert walker.heading() == "Vous quittez votre espace"
    assert walker.page.locator("a[href^='tel:']").count()
    walker.close()


def test_without_scripts_a_button_leads_there_and_a_site_that_is_down_leaves_a_number(
    browser: Browser, portal: Portal
) -> None:
    walker = Walker(browser, portal, width=390, scripts=False)
    account = portal.account("member")
    walker.sign_in(account, account["password"])
    walker.go("/teleconsultation/")
    walker.page.locator("td a[href*='?person=']").first.click()
    walker.press("Continuer chez")
    walker.look("handed-over")
    walker.press("Démonstration : comme si")
    walker.look("partner-down", expect_status_noise=True)
    assert walker.page.locator("main a[href^='tel:']").count()
    walker.page.get_by_role("link", name="Refaire un passage").click()
    walker.press("Continuer chez")
    walker.press("Ouvrir le site")
    assert "Vous êtes attendu(e)" in text(walker)
    walker.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_who_cannot_come_in_finds_an_answer(browser: Browser, portal: Portal, width: int) -> None:
    walker = Walker(browser, portal, width=width)
    walker.go("/connexion/")
    walker.page.locator("a[href='/aide/']").first.click()
    walker.look("help")
    walker.fill(q="mot de passe oublie")
    walker.press("Chercher une réponse")
    walker.look("help-found")
    assert "Affichez-le avec l’œil" in text(walker)
    walker.fill(q="xylophone")
    walker.press("Chercher une réponse")
    walker.look("help-nothing")
    assert "Aucune réponse" in text(walker)
    walker.close()
