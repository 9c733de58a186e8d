"""Hospital cover by somebody of 70 or more, without a mouse: from the search to the request (PEC-01)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.portal import Portal
from tests.browser.walker import Walker

pytestmark = pytest.mark.browser
OLD = 70
TODAY = datetime.now(tz=UTC).date()
_MOST_STOPS = 60


def test_a_member_of_seventy_asks_for_a_stay_with_the_keyboard_alone(
    browser: Browser, portal: Portal
) -> None:
    walker = Walker(browser, portal, width=390)
    account = somebody_old(portal)
    walker.sign_in(account, account["password"])
    keyboard = walker.page.keyboard
    entry = TODAY + timedelta(days=20)
    walker.go("/hospitalisation/")

    tab_to(walker, "[name=q]")
    keyboard.type("75012")
    keyboard.press("Enter")
    walker.page.wait_for_url("**/hospitalisation/?q=75012")
    walker.look("hospital-found")
    tab_to(walker, "a[href*='choice=']")
    keyboard.press("Enter")
    walker.page.wait_for_url("**choice=**")
    tab_to(walker, "[name=person]")
    keyboard.press("Space")
    tab_to(walker, "[name=admission_date]")
    keyboard.type(f"{entry:%d/%m/%Y}")
    tab_to(walker, "[name=department]")
    keyboard.press("ArrowDown")
    tab_to(walker, "[name=fax]")
    keyboard.type("04 72 00 12")
    with walker.page.expect_navigation():
        keyboard.press("Enter")
    walker.look("hospital-refused", expect_status_noise=True)
    expect(walker.page.locator("[name=fax]")).to_have_value("04 72 00 12")
    tab_to(walker, "[name=fax]")
    keyboard.press("ControlOrMeta+a")
    keyboard.type("04 72 00 12 34")
    tab_to(walker, "main form button.button--primary")
    keyboard.press("Enter")
    walker.page.wait_for_url("**/demandes/**")

    expect(walker.page.locator("main")).to_contain_text("Votre demande est bien arrivée")
    walker.look("hospital-asked")
    walker.close()


def somebody_old(portal: Portal) -> dict[str, Any]:
    """The first of the demo who is old enough, and can sign in."""
    for one in portal.accounts():
        may_sign_in = one["activated"] and one["mobile"] and one["role"] == "member"
        if may_sign_in and TODAY.year - int(one["birth_date"][-4:]) > OLD:
            return one
    raise LookupError("nobody of that age in the demo")


def tab_to(walker: Walker, selector: str) -> None:
    """Tab until it has the focus; what cannot be reached is a fault."""
    target = f"document.activeElement && document.activeElement.matches({selector!r})"
    for _ in range(_MOST_STOPS):
        if walker.page.evaluate(target):
            return
        walker.page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached with Tab")
