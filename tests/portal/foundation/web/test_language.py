"""The reader's language, from what the browser asks."""

import pytest

from entraide.portal.foundation.web.language import _preferred


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("", "fr"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("de,en;q=0.7,fr;q=0.3", "en"),
        ("de,nl", "fr"),
        ("en;q=0.2, fr;q=0.9", "fr"),
        ("EN-us", "en"),
        ("en;q=oops", "fr"),
        ("*", "fr"),
        ("x" * 100_000, "fr"),
        (";;;,,,q=", "fr"),
        ("en;q=0, fr;q=0.1", "fr"),
    ],
)
def test_the_language_follows_the_weights_of_the_browser_and_is_french_otherwise(
    asked: str, given: str
) -> None:
    assert _preferred(asked) == given
