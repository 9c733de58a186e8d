"""What care will cost, as a visitor and as a member ask it (B-03, REMB-05, X12)."""

import pytest
from playwright.sync_api import Browser

from tests.browser.portal import Portal
from tests.browser.walker import Walker
from tests.portal.domain.simulations.printed_quotes import dental

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, 1280])
def test_a_visitor_finds_out_what_a_crown_would_cost(browser: Browser, portal: Portal, width: int) -> None:
    """B-03: from the list of cases to the result, the no-cost way beside it; nothing is personal."""
    walker = Walker(browser, portal, width=width)
    walker.go("/simulation/")
    walker.look("simulator")
    walker.page.get_by_role("link", name="Couronne dentaire").click()
    walker.look("simulator-crown")
    walker.fill(tooth="99", price="600")
    walker.press("Calculer mon reste à charge")
    walker.look("simulator-crown-refused", expect_status_noise=True)
    assert walker.page.input_value("[name=price]") == "600"
    walker.fill(tooth="26")
    walker.press("Calculer mon reste à charge")
    walker.look("simulator-crown-result")
    shown = walker.page.inner_text("main")
    assert "Pourquoi ce montant" in shown
    assert "La solution 100 % Santé, à côté" in shown
    for fold in walker.page.locator("details.fold > summary").all():
        fold.click()
    walker.look("simulator-crown-sources")
    # Without its anchor: the page is loaded again.
    kept = walker.page.url.removeprefix(portal.address).partition("#")[0]
    walker.go(kept)
    assert walker.page.inner_text("main") == shown
    walker.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_member_asks_about_a_visit_and_types_a_quote(browser: Browser, portal: Portal, width: int) -> None:
    """REMB-05, B-03: with her own contract, for herself, without saying which."""
    walker = Walker(browser, portal, width=width)
    account = portal.account("member")
    walker.sign_in(account, account["password"])
    walker.go("/simulation/specialiste/")
    walker.page.check("[name=fees][value=unknown]")
    walker.fill(price="60")
    walker.look("simulator-visit")
    walker.press("Calculer mon reste à charge")
    walker.look("simulator-visit-result")
    shown = walker.page.inner_text("main")
    assert f"Pour {account['first_name']}" in shown
    assert "(le vôtre)" in shown
    walker.go("/simulation/devis/")
    walker.page.select_option("[name=act_1]", "HBLD734")
    walker.fill(price_1="600", tooth_1="26")
    walker.page.select_option("[name=act_2]", "CD")
    walker.fill(price_2="23")
    walker.look("simulator-quote")
    walker.press("Calculer mon reste à charge")
    walker.look("simulator-quote-result")
    assert "Ligne par ligne" in walker.page.inner_text("main")
    walker.close()


def test_a_member_has_a_quote_read_keeps_the_result_and_asks_an_adviser(
    browser: Browser, portal: Portal
) -> None:
    """REMB-05, B-03, B-01: no line counts before she says so; what is sent can be followed."""
    walker = Walker(browser, portal, width=390)
    account = portal.account("member")
    walker.sign_in(account, account["password"])
    walker.go("/simulation/devis/fichier/")
    walker.look("quote-file")
    quote = {"name": "devis.pdf", "mimeType": "application/pdf", "buffer": dental()}
    walker.page.set_input_files("[name=files]", files=[quote])
    walker.page.check("[name=keep]")
    walker.press("Lire mon devis")
    walker.look("quote-read")
    for line, answer in enumerate(("yes", "yes", "no"), start=1):
        walker.page.check(f"[name=sure_{line}][value={answer}]")
    walker.press("Calculer mon reste à charge")
    result = walker.page.url
    walker.page.get_by_role("link", name="Garder cette simulation").click()
    walker.fill(name="Couronne, devis de novembre")
    walker.look("simulation-keep")
    walker.press("Garder cette simulation")
    walker.look("simulation-kept")
    walker.page.goto(result)
    walker.page.get_by_role("link", name="Demander à un conseiller").click()
    walker.look("simulation-adviser")
    walker.press("Envoyer au conseiller")
    shown = walker.page.inner_text("main")
    assert walker.path().startswith("/demandes/")
    assert "devis.pdf" in shown
    assert "estimation-devis.pdf" in shown
    walker.close()


def test_results_in_english_dark_and_narrow_have_no_violation(browser: Browser, portal: Portal) -> None:
    """WCAG 2.2 AA at 320 px: two scenarios, the no-cost way, a line that is wrong."""
    walker = Walker(browser, portal, width=320)
    walker.go("/simulation/")
    walker.page.get_by_role("button", name="English").click()
    walker.page.emulate_media(color_scheme="dark")
    walker.look("simulator-en-dark")
    walker.go("/simulation/specialiste/")
    walker.page.check("[name=fees][value=unknown]")
    walker.fill(price="60")
    walker.press("Work out what I will pay")
    walker.look("simulator-visit-en-dark")
    walker.go("/simulation/hospitalisation/")
    walker.fill(room_price="70", surgeon_price="450", surgeon_base="250")
    walker.press("Work out what I will pay")
    walker.look("simulator-stay-en-dark")
    walker.go("/simulation/devis/")
    walker.press("Work out what I will pay")
    walker.look("simulator-quote-en-dark", expect_status_noise=True)
    walker.close()


def test_the_simulator_answers_without_scripts(browser: Browser, portal: Portal) -> None:
    walker = Walker(browser, portal, width=320, scripts=False)
    walker.go("/simulation/generaliste/")
    walker.fill(price="30")
    walker.press("Calculer mon reste à charge")
    walker.look("simulator-visit-noscript")
    assert "Pourquoi ce montant" in walker.page.inner_text("main")
    walker.close()
