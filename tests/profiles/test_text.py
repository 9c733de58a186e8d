"""Texts in two languages, and the small rules of printing."""

import pytest

from entraide.profiles import Text
from entraide.profiles.text import typeset

HARD = "\N{NO-BREAK SPACE}"


def test_a_text_is_read_in_the_language_of_the_member():
    text = Text(fr="Bonjour", en="Hello")

    assert text.in_language("en") == "Hello"
    assert text.in_language("fr") == "Bonjour"


def test_a_language_that_the_portal_does_not_speak_gets_french():
    assert Text(fr="Bonjour", en="Hello").in_language("de") == "Bonjour"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Prêt ?", f"Prêt{HARD}?"),
        ("« Oui » : bien", f"«{HARD}Oui{HARD}»{HARD}: bien"),
        ("1 490 € et 25 %", f"1{HARD}490{HARD}€ et 25{HARD}%"),
        ("l'adhérent", "l’adhérent"),
        ("rien à changer.", "rien à changer."),
    ],
)
def test_french_marks_and_numbers_stay_on_their_line(words, expected):
    assert typeset(words, language="fr") == expected


def test_english_marks_keep_their_spaces():
    assert typeset("Ready : don't", language="en") == "Ready : don’t"
