"""Names and streets as people write them: the national file has many in capitals only."""

import re

from entraide.formats.names import spelt

_WORD = re.compile(r"[^\W\d_]+")


def person_name(*, title: str, first: str, last: str) -> str:
    """`Dr Jeanne Durand`, on one line; blank without a last name."""
    if not last:
        return ""
    return " ".join(filter(None, (title, _person(first), _person(last))))


def _person(name: str) -> str:
    if name != name.upper():
        return name
    return _WORD.sub(lambda found: found[0].capitalize(), name.lower())


def street_of(number: str, again: str, kind: str, street: str) -> str:
    """`12 bis rue des Arcades`."""
    numbered = " ".join(filter(None, (number, again.lower())))
    # A first joining word stays small after the kind of street: "rue des Arcades".
    whole = (
        spelt(f"{kind} {street}".strip().upper()) if street == street.upper() else f"{kind} {street}".strip()
    )
    named = f"{whole[:1].lower()}{whole[1:]}" if numbered else whole
    return " ".join(filter(None, (numbered, named)))[:200]
