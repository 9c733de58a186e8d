"""A file opened in an emergency, in three browsers: who opens it, who reviews that, whose file it is."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.portal import Portal
from tests.browser.test_agents_day import enter, look_both_ways
from tests.browser.walker import Walker

pytestmark = pytest.mark.browser
SAID = "Panne de la file d’attente, une prise en charge part ce soir."
TICKET = "INC-4711"


@pytest.mark.parametrize("portal", ["first"], indirect=True)
def test_a_file_is_opened_told_closed_looked_at_and_known_to_its_member(
    browser: Browser, portal: Portal
) -> None:
    """A69, A76."""
    account = next(one for one in portal.accounts() if one["role"] == "member" and one["activated"])
    watchers = [portal.account(role)["email"] for role in ("security_admin", "supervisor")]
    mails = [portal.count_sent(one, channel="email") for one in watchers]
    payer = Walker(browser, portal, width=1280)
    enter(payer, portal.account("payer"))

    open_file(payer, account["member_number"])
    for watcher, count in zip(watchers, mails, strict=True):
        mail = portal.sent_to(watcher, channel="email", after=count)
        assert account["last_name"] not in mail["subject"] + mail["body"]
    close_file(payer)
    review(browser, portal)

    member = Walker(browser, portal, width=390)
    member.sign_in(account, account["password"])
    member.go("/droits/journal/")
    expect(member.page.locator("main")).to_contain_text("par un accès d’urgence")
    expect(member.page.locator("main")).to_contain_text(SAID)
    member.look("emergency-journal")
    member.close()
    payer.close()


def open_file(payer: Walker, number: str) -> None:
    payer.go("/gestion/urgence/")
    look_both_ways(payer, "emergency-asked")
    payer.fill(whose=number, words=SAID, ticket=TICKET)
    payer.page.locator("[name=why]").first.check()
    payer.press("Ouvrir ce dossier pendant 30 minutes")
    assert payer.path() == "/gestion/urgence/dossier/"
    look_both_ways(payer, "emergency-file")


def close_file(payer: Walker) -> None:
    payer.press("J’ai fini : fermer ce dossier")
    look_both_ways(payer, "emergency-closed")
    payer.go("/gestion/urgence/dossier/")
    assert payer.path() == "/gestion/urgence/"


def review(browser: Browser, portal: Portal) -> None:
    """By who gives the accesses, and reads no file."""
    reviewer = Walker(browser, portal, width=1280)
    enter(reviewer, portal.account("security_admin"))
    reviewer.page.locator("main a[href='/gestion/urgence/relectures/']").first.click()
    reviewer.page.wait_for_load_state("load")
    look_both_ways(reviewer, "emergency-to-review")
    one = reviewer.page.locator("form", has=reviewer.page.get_by_role("button", name="Approuver")).last
    one.locator("[name=words]").fill("Ticket lu, responsable de la file appelé.")
    one.get_by_role("button", name="Approuver").click()
    reviewer.page.wait_for_load_state("load")
    expect(reviewer.page.locator("main")).to_contain_text("Ticket lu, responsable de la file appelé.")
    look_both_ways(reviewer, "emergency-reviewed")
    reviewer.close()
