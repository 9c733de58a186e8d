"""Names of people, compared the way a person at a counter would."""

import re
import unicodedata

# Letters that Unicode does not take apart into a base letter and a mark.
_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_NOT_A_LETTER = re.compile(r"[\W_]+")


def normalise(name: str) -> str:
    """Lower case, no accents, one space wherever there was a hyphen, an apostrophe or several spaces."""
    plain = unicodedata.normalize("NFKD", name).casefold().translate(_LIGATURES)
    # Once more, since lower-casing can bring marks back.
    folded = unicodedata.normalize("NFKD", plain)
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return _NOT_A_LETTER.sub(" ", bare).strip()


def same_name(first: str, second: str) -> bool:
    """Whether two spellings are one name: `LE GOFF` and `Le-Goff`, `D’Arcy` and `darcy`.

    Both parts of a double name are asked for; how they are joined does not matter. An empty name equals none.
    """
    left = normalise(first).replace(" ", "")
    return bool(left) and left == normalise(second).replace(" ", "")
