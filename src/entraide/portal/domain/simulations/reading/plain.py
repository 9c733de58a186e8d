"""Printed words made comparable: small letters, no accents, no signs."""

import re
import unicodedata

_SIGNS = re.compile(r"[^a-z0-9]+")


def plain(text: str) -> tuple[str, ...]:
    """`Couronne céramo-métallique` → `("couronne", "ceramo", "metallique")`."""
    letters = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return tuple(_SIGNS.sub(" ", bare).split())


def holds(words: tuple[str, ...], phrase: str) -> bool:
    """Whether these words, in this order and without others between them, stand in the text."""
    wanted = tuple(phrase.split())
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))
