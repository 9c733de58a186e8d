"""Chromium, and a running portal for each mutual."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import portal as portals
from tests.browser.portal import Portal

FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert executable, "Chromium is missing: apt install chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session", params=["first", "second"])
def portal(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """Each mutual of the repository in turn."""
    mutuals = sorted(one.parent.name for one in (_root() / "mutuals").glob("*/profile.toml"))
    slug = mutuals[0] if request.param == "first" else mutuals[1]
    running, process = portals.start(slug, tmp_path_factory.mktemp(slug) / "data")
    yield running
    process.terminate()
    process.wait(timeout=30)


@pytest.fixture(autouse=True)
def on_a_day_of_its_own(request: pytest.FixtureRequest) -> None:
    """The tests share a portal and its people, but not what is counted against them."""
    if "portal" in request.fixturenames:
        request.getfixturevalue("portal").let_a_day_pass()


def _root() -> Path:
    return Path(__file__).resolve().parents[2]
