"""Names of people, compared the way a person at a counter would."""

import re
import unicodedata

# Letters that Unicode does not take apart into a base letter and a mark; apostrophes that count as letters.
_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | dict.fromkeys("\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\ua78c", "'")
)
# Cyrillic and Greek letters that look like ours, as capitals do: a keyboard or a copied text may bring them.
_LOOK_ALIKES = str.maketrans(
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0455\u0456\u0458"
    "\u03b1\u03b2\u03b5\u03b6\u03b7\u03b9\u03ba\u03bc\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7",
    "abekmhopctyxsij" + "abezhikmnoptyx",
)
_NOT_A_LETTER = re.compile(r"[\W_]+")
_RUN_OF_LETTERS = re.compile(r"[^\W\d_]+")
# They join the words of a place or a sign, and stay small.
_JOINING = frozenset(
    {"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "lès", "sur"}
)


def normalise(name: str) -> str:
    """Lower case, no accents, one space wherever there was a hyphen, an apostrophe or several spaces.

    What cannot be seen is dropped, and letters of other alphabets that look like ours become ours.
    """
    plain = unicodedata.normalize("NFKD", name).casefold().translate(_LIGATURES).translate(_LOOK_ALIKES)
    # Once more, since lower-casing can bring marks back.
    folded = unicodedata.normalize("NFKD", plain)
    bare = "".join(letter for letter in folded if not _is_unseen(letter))
    return _NOT_A_LETTER.sub(" ", bare).strip()


def _is_unseen(letter: str) -> bool:
    """Accents taken off their letter, and marks such as a soft hyphen or a zero-width space."""
    return unicodedata.combining(letter) > 0 or unicodedata.category(letter) == "Cf"


def letters_of(name: str) -> str:
    """The letters and digits of a name and nothing between them: how its parts are joined does not matter."""
    return normalise(name).replace(" ", "")


def same_name(first: str, second: str) -> bool:
    """Whether two spellings are one name: `LE GOFF` and `Le-Goff`, `D’Arcy` and `darcy`.

    Both parts of a double name are asked for; how they are joined does not matter. An empty name equals none.
    """
    left = letters_of(first)
    return bool(left) and left == letters_of(second)


def spelt(text: str) -> str:
    """`SAINT-MARTIN-D'HERES` as `Saint-Martin-d'Heres`; a text with small letters stays as it is."""
    if text != text.upper():
        return text
    lowered = text.lower()
    return _RUN_OF_LETTERS.sub(lambda found: _capital(found[0], first=found.start() == 0), lowered)


def _capital(word: str, *, first: bool) -> str:
    return word if word in _JOINING and not first else word.capitalize()
