"""Somebody in front of a screen: goes to pages, fills forms, and complains about what is wrong on each."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request

from tests.browser.portal import Portal, code_in

PICTURES = Path(__file__).resolve().parents[2] / "build" / "screenshots"
# Only what is wrong comes back: the report of all that is right is most of the work.
AXE = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}


class Walker:
    """A browser window on one portal; `look` checks the page that is open and keeps its picture."""

    def __init__(self, browser: Browser, portal: Portal, *, width: int, scripts: bool = True) -> None:
        self.portal, self.width, self.scripts = portal, width, scripts
        self.context = browser.new_context(
            base_url=portal.address,
            viewport={"width": width, "height": 844 if width < 600 else 900},
            java_script_enabled=scripts,
            locale="fr-FR",
            has_touch=width < 600,
        )
        self.page: Page = self.context.new_page()
        self.troubles: list[str] = []
        self.page.on("console", lambda one: self._trouble(one.text) if one.type == "error" else None)
        self.page.on("pageerror", lambda error: self._trouble(str(error)))
        self.page.on("request", self._check_request)
        self.count = 0

    def close(self) -> None:
        self.context.close()

    def go(self, path: str) -> None:
        self.page.goto(path, wait_until="load")

    def look(self, name: str, *, expect_status_noise: bool = False, closed: bool = False) -> None:
        """No script error, no request elsewhere, nothing wider than the screen, no axe violation.

        What is wrong is kept as a picture, and with KEEP_PICTURES=1 every page is.
        `closed`: the page forbids every script, axe's too, so axe reads a copy of it.
        """
        self.count += 1
        self.page.wait_for_load_state("load")
        if expect_status_noise:
            self.troubles = [one for one in self.troubles if "with a status of" not in one]
        wrong = str(self.troubles) if self.troubles else self._too_wide()
        if closed:
            copy = self.page.content()
            self.page.goto("about:blank")
            self.page.set_content(copy)
        wrong = wrong or self._violations()
        if wrong or os.environ.get("KEEP_PICTURES") == "1":
            self._keep_picture(name)
        assert not wrong, f"{name}: {wrong}"

    def _too_wide(self) -> str:
        if not self.scripts:
            return ""
        overflow = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return f"{overflow} px wider than the screen" if overflow > 0 else ""

    def _violations(self) -> str:
        if not self.scripts:
            return ""
        found = Axe().run(self.page, options=AXE)
        return str(found.generate_report()) if found.violations_count else ""

    def _keep_picture(self, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        kind = "" if self.scripts else "-noscript"
        picture = PICTURES / f"{self.portal.mutual}-{self.width}{kind}-{self.count:02d}-{name}.png"
        self.page.screenshot(path=picture, full_page=True)

    def keep_for_readme(self, name: str) -> None:
        """Refreshes a picture of the README, when asked by UPDATE_SCREENSHOTS=1."""
        if os.environ.get("UPDATE_SCREENSHOTS") == "1":
            folder = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=folder / name)

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.fill(f"[name={name}]", value)

    def press(self, label: str) -> None:
        whole = self.page.get_by_role("button", name=label, exact=True)
        (whole if whole.count() else self.page.get_by_role("button", name=label)).click()
        self.page.wait_for_load_state("load")

    def heading(self) -> str:
        return self.page.locator("h1").first.inner_text()

    def path(self) -> str:
        return urlsplit(self.page.url).path

    def sign_in(self, account: dict[str, Any], password: str) -> None:
        """From the sign-in page to the home page, terms included."""
        self.go("/connexion/")
        self.fill(member_number=account["member_number"], password=password)
        self.press("Me connecter")
        codes = self.portal.count_sent(_e164(account["mobile"]), channel="sms")
        self.answer_question()
        self.type_code(account["mobile"], after=codes)
        if self.path() == "/conditions/":
            self.page.check("[name=accept]")
            self.press("Accepter")
        if self.path() == "/securite/proposer/":
            self.press("Plus tard")

    def answer_question(self) -> None:
        assert self.path() == "/connexion/verification/", self.page.url
        first, _plus, second = self.page.locator("#question").inner_text().split()
        self.fill(answer=str(int(first) + int(second)))
        self.press("Valider ma réponse")

    def type_code(self, mobile: str, *, after: int) -> None:
        message = self.portal.sent_to(_e164(mobile), channel="sms", after=after)
        self.fill(code=code_in(message["body"]))
        self.press("Entrer dans mon espace")

    def _trouble(self, text: str) -> None:
        self.troubles.append(text)

    def _check_request(self, request: Request) -> None:
        if not request.url.startswith((self.portal.address, "blob:", "data:")):
            self._trouble(f"request elsewhere: {request.url}")


def _e164(mobile: str) -> str:
    digits = "".join(one for one in mobile if one.isdigit())
    return f"+33{digits[1:]}" if digits.startswith("0") else f"+{digits}"
