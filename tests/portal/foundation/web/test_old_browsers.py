"""Internet Explorer gets a plain page, everybody else never sees it (PLAT-02)."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from entraide.portal.foundation.web.old_browsers import is_too_old

IE11 = "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko"
IE8 = "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)"
IE6 = "Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1)"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0"
CURRENT = [
    f"{CHROME} Safari/537.36",
    f"{CHROME} Safari/537.36 Edg/141.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1",
    "curl/8.0",
    "",
]
pytestmark = pytest.mark.django_db


def visit(address: str, agent: str, *, method: str = "GET") -> tuple[int, str]:
    response = Client().generic(method, address, headers={"User-Agent": agent})
    return response.status_code, response.content.decode()


@pytest.mark.parametrize("agent", [IE11, IE8, IE6])
@pytest.mark.parametrize("address", ["/", "/connexion/", "/premiere-connexion/", "/demandes/", "/nowhere/"])
def test_an_old_browser_gets_the_plain_page_wherever_it_goes(agent: str, address: str) -> None:
    status, page = visit(address, agent)

    assert status == 200
    for name in ("Chrome", "Firefox", "Edge", "Safari", settings.PROFILE.contacts.phone):
        assert page.count(name) >= 2
    assert "Votre navigateur est trop ancien" in page
    assert "Your browser is too old" in page


def test_an_old_browser_that_sends_a_form_gets_it_too() -> None:
    status, page = visit("/connexion/", IE11, method="POST")

    assert (status, "Votre navigateur est trop ancien" in page) == (200, True)


@pytest.mark.parametrize("address", ["/healthz", "/theme.css", "/logo.svg", "/.well-known/security.txt"])
def test_what_machines_read_is_left_alone(address: str) -> None:
    _status, page = visit(address, IE11)

    assert "trop ancien" not in page


@pytest.mark.parametrize("agent", CURRENT)
def test_a_current_browser_never_sees_it(agent: str) -> None:
    status, page = visit("/connexion/", agent)

    assert status == 200
    assert "Your browser is too old" not in page
    assert not is_too_old(agent)


def test_anyone_may_read_the_page_at_its_own_address() -> None:
    status, page = visit("/navigateur/", CURRENT[0])

    assert status == 200
    assert "Your browser is too old" in page


def test_the_plain_page_asks_nothing_that_an_old_browser_lacks() -> None:
    _status, page = visit("/", IE6)
    (sheet,) = re.findall(r'href="(/static/css/[^"?]+)', page)
    found = settings.STATICFILES_DIRS[0] / Path(sheet).relative_to("/static")
    css = found.read_text(encoding="utf-8")

    assert "<script" not in page
    assert " style=" not in page
    assert "<svg" not in page
    assert not re.search(r"var\(|flex|grid|@media|@supports|calc\(|rgba\(|\brem\b", css)


def test_a_browser_without_modules_is_shown_the_way_there_by_an_old_script() -> None:
    """No feature newer than the browser: `nomodule` runs only where modules do not."""
    _status, page = visit("/connexion/", CURRENT[0])
    script = (settings.STATICFILES_DIRS[0] / "js" / "old-browser.js").read_text(encoding="utf-8")

    assert re.search(r'<script nomodule src="/static/js/old-browser\.js', page)
    assert re.search(r'id="old-browser" hidden><a href="/navigateur/">', page)
    assert not re.search(r"\b(const|let|import|=>)\b|`", script.partition("\n")[2])


def test_a_name_that_is_not_ours_is_refused_to_old_browsers_too() -> None:
    """A54"""
    response = Client().get("/", headers={"User-Agent": IE11, "Host": "evil.example"})

    assert response.status_code == 400
