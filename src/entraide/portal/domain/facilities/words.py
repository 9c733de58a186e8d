"""The words by which a facility is found, and those of a question, spelt the same way."""

import re

from entraide.formats.communes import commune_key

_LONGEST = 60
# They join names and tell none apart: "hôpital de La Tronche" must find "HOPITAL NORD, LA TRONCHE".
_JOINING = frozenset({"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "sur"})
_CEDEX = re.compile(r"\s+cedex(?:\s+\d+)?$", re.IGNORECASE)


def words_of(*texts: str) -> frozenset[str]:
    """Without accents, capitals and joining words; `ST` and `Saint` are one word."""
    found = (word[:_LONGEST] for text in texts for word in commune_key(text).split())
    return frozenset(word for word in found if word not in _JOINING)


def town_of(city: str) -> str:
    """The town without the post's own part: `GRENOBLE CEDEX 9` is in Grenoble."""
    return _CEDEX.sub("", city.strip())
