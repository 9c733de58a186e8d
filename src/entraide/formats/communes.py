"""French postcodes and names of communes, compared the way a postman would."""

import re

from entraide.formats.names import normalise

# 01 to 95, 20 for Corsica, 97 and 98 overseas; no department begins with 00, 96 or 99.
_POSTCODE = re.compile(r"(?:0[1-9]|[1-8][0-9]|9[0-5]|9[78])[0-9]{3}", re.ASCII)
_SHORT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def is_postcode(text: str) -> bool:
    """Whether these five digits can be a postcode of France: mainland, Corsica or overseas."""
    return bool(_POSTCODE.fullmatch(text))


def commune_key(name: str) -> str:
    """Equal for two spellings of one commune: `Saint-Martin-d’Hères` and `ST MARTIN D HERES`."""
    return " ".join(_SHORT.get(word, word) for word in normalise(name).split())
