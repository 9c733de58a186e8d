"""The desk by single keys: walked, taken, never while typing, turned off (B-14, WCAG 2.1.4)."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.portal import Portal
from tests.browser.test_agents_day import enter, look_both_ways
from tests.browser.walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("portal", ["first"], indirect=True)]
QUEUE, LIST = "/gestion/demandes/", "/gestion/raccourcis/"
HELD_BY_NOBODY = "personne encore"


@pytest.fixture
def agent(browser: Browser, portal: Portal) -> Iterator[Walker]:
    """At a desk where at least two requests wait."""
    account = next(one for one in portal.accounts() if one["role"] == "member" and one["activated"])
    member, found = Walker(browser, portal, width=390), Walker(browser, portal, width=1280)
    member.sign_in(account, account["password"])
    for words in ("Ma carte est-elle à jour ?", "Quand serai-je remboursé ?"):
        member.go("/contact/")
        member.page.locator("[name=reason]").first.check(force=True)
        member.fill(message=words)
        member.page.locator("main form button[type=submit]").last.click()
        member.page.wait_for_url("**/demandes/**")
    member.close()
    enter(found, portal.account("agent"))
    yield found
    found.close()


def test_an_agent_works_by_keys_and_turns_them_off(agent: Walker) -> None:
    reference = open_by_keys(agent)
    take_and_write(agent, reference)
    read_the_list(agent)
    look_for_another(agent)
    agent.page.locator("h1").click()
    agent.page.keyboard.press("?")
    agent.press("Désactiver les raccourcis")
    assert agent.path() == LIST
    look_both_ways(agent, "shortcuts-off")
    agent.go(QUEUE)
    agent.page.keyboard.press("j")
    agent.page.keyboard.press("?")
    expect(agent.page.locator("body")).to_be_focused()
    expect(agent.page.locator("dialog[open]")).to_have_count(0)


def open_by_keys(agent: Walker) -> str:
    """From the first page to a request of the queue that nobody holds, below the first; gives its address."""
    page, press = agent.page, agent.page.keyboard.press
    rows = page.locator("main a.link-row")
    press("g")
    press("q")
    page.wait_for_url(f"**{QUEUE}")
    press("j")
    press("j")
    press("k")
    has_focus(rows.nth(0))
    # Which rows come first, and who holds them, changes with the day of the demo.
    place = next(one for one, row in enumerate(rows.all()) if one and HELD_BY_NOBODY in row.inner_text())
    for one in range(1, place + 1):
        press("j")
        has_focus(rows.nth(one))
    look_both_ways(agent, "shortcuts-row")
    reference = str(rows.nth(place).get_attribute("href"))
    press("Enter")
    page.wait_for_url(f"**{reference}")
    return reference


def take_and_write(agent: Walker, reference: str) -> None:
    page = agent.page
    page.keyboard.press("t")
    expect(page.locator("main")).to_contain_text("Vous vous occupez de cette demande.")
    page.keyboard.press("r")
    page.keyboard.type("jtk ?")
    expect(page.locator("[name=words]")).to_have_value("jtk ?")
    assert agent.path() == reference
    expect(page.locator("dialog[open]")).to_have_count(0)


def read_the_list(agent: Walker) -> None:
    """It holds the keys of the page that is open, and none of them acts behind it."""
    page, press = agent.page, agent.page.keyboard.press
    page.locator("h1").click()
    press("?")
    shown = page.locator("dialog[open]")
    expect(shown.locator("[data-works=r]")).to_be_visible()
    expect(shown.locator("[data-works=t]")).to_be_hidden()
    press("/")
    expect(shown.get_by_role("button", name="Fermer")).to_be_focused()
    look_both_ways(agent, "shortcuts-dialog")
    press("Escape")
    expect(shown).to_have_count(0)
    press("d")
    expect(page.locator("[name=code]")).to_be_focused()
    page.locator("h1").click()


def look_for_another(agent: Walker) -> None:
    """What was begun is not left by a key; once it is gone the key leads into the field of the search."""
    page, begun = agent.page, agent.page.locator("[name=words]")
    page.keyboard.press("/")
    expect(begun).to_be_focused()
    begun.fill("")
    page.locator("h1").click()
    page.keyboard.press("/")
    page.wait_for_url("**/recherche/**")
    expect(page.locator("[name=text]")).to_be_focused()


def has_focus(row: Locator) -> None:
    """And the reader sees it."""
    expect(row).to_be_focused()
    assert (
        row.evaluate("one => one.matches(':focus-visible') && getComputedStyle(one).outlineStyle") == "solid"
    )
