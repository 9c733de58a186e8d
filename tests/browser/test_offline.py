"""Without a network the card opens, nothing else does; a session that is over leaves none (B-07, MOB-01)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.portal import Portal
from tests.browser.walker import Walker

pytestmark = pytest.mark.browser
CARD = ".pass__qr"
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const one of await (await caches.open(name)).keys()) found.push(new URL(one.url).pathname);
  return found;
}"""


@contextmanager
def no_network(walker: Walker) -> Iterator[None]:
    walker.context.set_offline(True)
    yield
    walker.context.set_offline(False)
    # What a browser says of a line that is not there.
    walker.troubles = [one for one in walker.troubles if "ERR_INTERNET_DISCONNECTED" not in one]


def kept_by(walker: Walker) -> list[str]:
    """The addresses that this browser keeps of the portal, whoever put them there."""
    found: list[str] = walker.page.evaluate(KEPT)
    return found


def wait_until(walker: Walker, asked: str) -> None:
    """Asks the page again and again; what it asks may take its time."""
    for _try in range(100):
        if walker.page.evaluate(asked):
            return
        walker.page.wait_for_timeout(150)
    raise AssertionError(asked)


def wait_for_card(walker: Walker) -> None:
    wait_until(walker, "async () => Boolean(await caches.match('/carte/hors-ligne/'))")


def with_card(browser: Browser, portal: Portal, role: str, *, width: int = 390) -> Walker:
    """Somebody who has opened their card once."""
    walker = Walker(browser, portal, width=width)
    account = portal.account(role)
    walker.sign_in(account, account["password"])
    walker.go("/carte/")
    wait_for_card(walker)
    return walker


def shows_a_card(walker: Walker, page: str = "/carte/") -> bool:
    """What the phone opens without a network."""
    with no_network(walker):
        walker.go(page)
        return walker.page.locator(CARD).count() > 0


@pytest.mark.parametrize("width", [390, 1280])
def test_without_a_network_the_card_opens_and_nothing_else_of_the_member(
    browser: Browser, portal: Portal, width: int
) -> None:
    walker = with_card(browser, portal, "member", width=width)
    page, account = walker.page, portal.account("member")
    walker.look("card-and-worker")
    for other in ("/", "/remboursements/", "/contrat/", "/securite/"):
        walker.go(other)
    kept = kept_by(walker)
    assert "/carte/hors-ligne/" in kept
    assert all(
        one.startswith("/static/")
        or one in {"/carte/hors-ligne/", "/hors-ligne/", "/theme.css", "/logo.svg", "/favicon.svg"}
        for one in kept
    )

    with no_network(walker):
        for address in ("/carte/", "/carte/hors-ligne/", "/carte/?on="):
            walker.go(address)
            expect(page.locator(CARD).first).to_be_visible()
            assert account["last_name"] in page.inner_text("main")
        assert page.evaluate("document.fonts.check('16px \"Entraide Sans\"')")
        walker.look("card-offline")
        for address in ("/", "/remboursements/", "/contrat/", "/banque/"):
            walker.go(address)
            assert page.locator("h1").inner_text() in {"Pas de réseau", "No network"}
            assert account["last_name"] not in page.inner_text("main")
        expect(page.locator("a[href='tel:112']").first).to_be_visible()
        walker.look("no-network")
        page.locator("section[lang=fr] a[href='/carte/hors-ligne/']").click()
        expect(page.locator(CARD).first).to_be_visible()
    walker.go("/")
    assert walker.path() == "/"
    walker.close()


def test_after_signing_out_no_card_opens(browser: Browser, portal: Portal) -> None:
    walker = with_card(browser, portal, "spouse")
    walker.page.locator("nav a[href='#menu']").click()
    walker.page.get_by_role("button", name="Me déconnecter").locator("visible=true").first.click()
    walker.page.wait_for_url("**/connexion/?sortie=1")

    assert "/carte/hors-ligne/" not in kept_by(walker)
    # The sign-in page brings the worker back, without anything of anybody.
    wait_until(walker, "async () => (await navigator.serviceWorker.ready).active !== null")
    walker.go("/connexion/")
    assert not shows_a_card(walker)
    assert "Pas de réseau" in walker.page.inner_text("main")
    walker.close()


def test_who_signs_out_without_a_network_leaves_no_card_and_is_told_what_is_left_to_do(
    browser: Browser, portal: Portal
) -> None:
    walker = with_card(browser, portal, "spouse")
    page = walker.page
    with no_network(walker):
        page.locator("nav a[href='#menu']").click()
        page.get_by_role("button", name="Me déconnecter").locator("visible=true").first.click()
        expect(page.get_by_text("Votre carte est effacée de cet appareil.")).to_be_visible()
        assert "/carte/hors-ligne/" not in kept_by(walker)
        walker.go("/carte/")
        assert page.locator(CARD).count() == 0
    walker.close()


@pytest.mark.parametrize("how", ["quiet", "too old", "closed"])
def test_a_session_that_ended_elsewhere_takes_the_card_along_at_the_next_contact(
    browser: Browser, portal: Portal, how: str
) -> None:
    """By time, or by "close all devices" on another one."""
    walker = with_card(browser, portal, "adult_child")
    with closing(sqlite3.connect(portal.database, timeout=30)) as connection, connection:
        if how == "closed":
            connection.execute("DELETE FROM access_opensession")
        else:
            moment = "seen_at" if how == "quiet" else "started_at"
            connection.execute(f"UPDATE access_opensession SET {moment} = '2020-01-01 00:00:00'")
    assert shows_a_card(walker)

    walker.go("/remboursements/")
    assert walker.path() == "/connexion/"
    assert "/carte/hors-ligne/" not in kept_by(walker)
    assert not shows_a_card(walker)
    walker.close()


def test_a_card_that_arrives_after_one_has_left_is_not_kept(browser: Browser, portal: Portal) -> None:
    """The page asks for it to be kept, and somebody signs out before the answer is there."""
    walker = with_card(browser, portal, "member")
    [worker] = walker.context.service_workers
    asked = "async (session) => { await forget(); told = session ?? told; await keep(); }"

    worker.evaluate(asked, "none")
    assert "/carte/hors-ligne/" not in kept_by(walker)
    worker.evaluate(asked, "session of somebody else")
    assert "/carte/hors-ligne/" not in kept_by(walker)
    walker.go("/carte/")
    wait_for_card(walker)
    walker.close()


def test_another_person_who_signs_in_on_the_same_phone_meets_no_card_but_their_own(
    browser: Browser, portal: Portal
) -> None:
    walker = with_card(browser, portal, "member")
    first, second = portal.account("member"), portal.account("adult_child")
    # The first one never signs out: their cookie is lost.
    walker.context.clear_cookies()
    walker.sign_in(second, second["password"])
    assert "/carte/hors-ligne/" not in kept_by(walker)
    assert not shows_a_card(walker)
    walker.go("/carte/")
    wait_for_card(walker)

    with no_network(walker):
        walker.go("/carte/")
        assert second["first_name"] in walker.page.inner_text("main")
        assert first["first_name"] not in walker.page.inner_text("main")
    walker.close()


def test_without_a_network_no_card_is_older_than_a_session_can_be(browser: Browser, portal: Portal) -> None:
    walker = with_card(browser, portal, "spouse")
    walker.page.evaluate(
        """async () => {
          const store = await caches.open("card");
          const card = await store.match("/carte/hors-ligne/");
          const headers = new Headers(card.headers);
          headers.set("Entraide-Until", String(Math.floor(Date.now() / 1000) - 1));
          await store.put("/carte/hors-ligne/", new Response(await card.text(), { headers }));
        }"""
    )

    assert not shows_a_card(walker)
    assert "/carte/hors-ligne/" not in kept_by(walker)
    walker.close()


def test_a_browser_that_keeps_nothing_keeps_nothing(browser: Browser, portal: Portal) -> None:
    walker = with_card(browser, portal, "member")
    walker.go("/telephone/")
    walker.look("phone")
    walker.page.check("[name=keep][value=nothing]", force=True)
    walker.press("Enregistrer mon choix")
    wait_until(walker, "async () => (await caches.keys()).length === 0")
    wait_until(walker, "async () => (await navigator.serviceWorker.getRegistrations()).length === 0")
    walker.go("/carte/")
    walker.page.wait_for_timeout(500)

    assert kept_by(walker) == []
    walker.close()
