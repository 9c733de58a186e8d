"""A text in the two languages of the portal, set as a printer would set it."""

import re
from dataclasses import dataclass
from typing import Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_INSIDE_NUMBER = re.compile(r"(?<=\d) (?=\d|[€%])")
_FRENCH_MARKS = re.compile(r"(?<=«) | (?=[;:!?»])")


@dataclass(frozen=True, slots=True)
class Text:
    """The same sentence in French and in English."""

    fr: str
    en: str

    def in_language(self, language: str) -> str:
        """The English sentence for "en", the French one for any other language."""
        return self.en if language == "en" else self.fr


def typeset(words: str, *, language: Language) -> str:
    """Curly apostrophes, and the non-breaking spaces that keep numbers and French marks on their line."""
    words = _INSIDE_NUMBER.sub(NO_BREAK_SPACE, _APOSTROPHE.sub("’", words))
    return _FRENCH_MARKS.sub(NO_BREAK_SPACE, words) if language == "fr" else words
