"""The words of a text as people search for them: without accents, capitals and marks of the plural."""

import re
import unicodedata
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")


def plain_words(text: str) -> list[str]:
    """`Où sont mes Lunettes ?` gives `ou`, `sont`, `mes`, `lunette`, in that order.

    A word of more than three letters loses its last s or x, so that one and many are the same.
    """
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return [word[:-1] if len(word) > 3 and word[-1] in "sx" else word for word in _WORD.findall(letters)]


def each_begins_one(asked: Iterable[str], known: Iterable[str]) -> bool:
    """Whether every asked word is the beginning of a known one; nothing asked, and it is."""
    words = tuple(known)
    return all(any(one.startswith(word) for one in words) for word in asked)
