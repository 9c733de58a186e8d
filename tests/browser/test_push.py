"""A notification as a phone shows it, whatever page is open (MOB-01)."""

import json

import pytest
from playwright.sync_api import Browser, CDPSession, expect

from tests.browser.portal import Portal
from tests.browser.test_offline import wait_until
from tests.browser.walker import Walker

pytestmark = pytest.mark.browser
SHOWN = """async () => {
  const shown = await (await navigator.serviceWorker.ready).getNotifications();
  return shown.map((each) => ({ title: each.title, body: each.body, tag: each.tag, lang: each.lang }));
}"""

# A finger on each notification: what would open. No script may open a window by itself.
PRESSED = """async () => {
  const opened = [];
  self.clients.openWindow = async (address) => { opened.push(new URL(address).pathname); };
  for (const notification of await self.registration.getNotifications())
    self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
  await new Promise((done) => { setTimeout(done, 500); });
  return opened;
}"""


def deliver(walker: Walker, line: CDPSession, registration: str, body: str, url: str = "/demandes/") -> None:
    words = {"title": "Mutuelle", "body": body, "lang": "fr", "url": url}
    line.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": walker.portal.address, "registrationId": registration, "data": json.dumps(words)},
    )


def listening(browser: Browser, portal: Portal) -> tuple[Walker, CDPSession, str]:
    """A phone that may ring, the line to its browser, and the registration of its worker."""
    walker = Walker(browser, portal, width=390)
    walker.context.grant_permissions(["notifications"], origin=portal.address)
    found: list[str] = []
    line = walker.context.new_cdp_session(walker.page)
    line.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(one["registrationId"] for one in event["registrations"]),
    )
    line.send("ServiceWorker.enable")
    walker.go("/connexion/")
    wait_until(walker, "async () => Boolean((await navigator.serviceWorker.ready).active)")
    return walker, line, found[-1]


def wait_for_words(walker: Walker, body: str) -> None:
    wait_until(walker, f"async () => (await ({SHOWN})()).some((one) => one.body === {json.dumps(body)})")


def test_a_push_shows_one_sentence_and_the_next_takes_its_place(browser: Browser, portal: Portal) -> None:
    walker, line, registration = listening(browser, portal)

    for body in ("Une question vous attend.", "Une réponse vous attend dans votre espace."):
        deliver(walker, line, registration, body)
        wait_for_words(walker, body)

    assert walker.page.evaluate(SHOWN) == [
        {
            "title": "Mutuelle",
            "body": "Une réponse vous attend dans votre espace.",
            "tag": "/demandes/",
            "lang": "fr",
        }
    ]
    walker.close()


def test_a_notification_opens_a_page_of_the_portal_and_of_no_other_site(
    browser: Browser, portal: Portal
) -> None:
    walker, line, registration = listening(browser, portal)
    for body, url in (("Ici", "/demandes/"), ("Ailleurs", "https://elsewhere.example/piege/")):
        deliver(walker, line, registration, body, url)
        wait_for_words(walker, body)
    [worker] = walker.context.service_workers

    assert worker.evaluate(PRESSED) == ["/demandes/"]
    walker.close()


def test_the_page_offers_it_where_the_browser_can_and_says_what_it_holds(
    browser: Browser, portal: Portal
) -> None:
    walker = Walker(browser, portal, width=390)
    account = portal.account("member")
    walker.sign_in(account, account["password"])
    walker.go("/telephone/")
    assert walker.page.locator("[data-push] button").is_visible()
    assert walker.page.locator("[data-push-missing]").is_hidden()
    walker.look("phone-push")
    walker.page.locator("[data-push] button").click()
    # Nobody may be asked here: the refusal is said beside the button.
    expect(walker.page.locator("[data-push-said]")).not_to_be_empty()
    walker.look("phone-push-refused")
    walker.close()
