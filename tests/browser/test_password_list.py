"""The list of rules beside a new password, ticked while one types."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.portal import Portal

pytestmark = pytest.mark.browser
ALL = {"min_length", "lower", "classes"}


def ticked(page: Page) -> set[str]:
    met = page.locator("[data-criteria] [data-rule][data-met]")
    return {str(one.get_attribute("data-rule")) for one in met.all()} - {"differs"}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", set()),
        ("court", {"lower"}),
        ("tilleulvertbleu", {"min_length", "lower"}),
        ("Tilleul-2019", ALL),
        ("TILLEUL-2019", {"min_length", "classes"}),
        ("le vieux pont en bo", {"min_length", "lower"}),
        ("le vieux pont en bois", ALL | {"passphrase"}),
        ("LE VIEUX PONT EN BOIS", ALL | {"passphrase"}),
        ("🐟" * 19, {"min_length"}),
        ("🐟" * 20, ALL | {"passphrase"}),
    ],
)
def test_a_long_phrase_ticks_what_it_makes_needless(
    portal: Portal, browser: Browser, typed: str, expected: set[str]
) -> None:
    """PWD-04, preset renforce: characters are counted, not bytes."""
    page = browser.new_page()
    page.goto(f"{portal.address}/composants/formulaires/")
    field = page.locator("#" + str(page.locator("[data-criteria]").first.get_attribute("data-criteria")))

    field.fill(typed or "x")
    field.fill(typed)

    assert ticked(page) == expected
    assert page.locator("[data-criteria] .visually-hidden", has_text="(").count() >= len(expected)
    page.close()
