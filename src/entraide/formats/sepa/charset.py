"""Texts in the letters that every bank of the area must take: Latin without accents, few signs."""

import re

from text_unidecode import unidecode

# What unidecode leaves and banks refuse; the meaning stays where a sign of the set comes near.
_NEAREST = str.maketrans({"&": "+", '"': "'", "`": "'", "_": "-", "~": "-", ";": ",", "!": "."} | {
    "[": "(", "]": ")", "{": "(", "}": ")", "\\": "/", "|": "/",
})  # fmt: skip
_OUTSIDE = re.compile(r"[^A-Za-z0-9/?:().,'+ -]+")
_SPACES = re.compile(r" {2,}")
# Two slashes and slashes at the ends mean something else to banks.
_SLASHES = re.compile(r"/[/ ]*/")
_EDGES = " /"
_INSIDE = re.compile(r"(?!/)(?!.*//)[A-Za-z0-9/?:().,'+ -]*(?<!/)", re.ASCII)
_IDENTIFIER = re.compile(r"(?!/)(?!.*//)[A-Za-z0-9/?:().,'+-]+(?<!/)", re.ASCII)


def bank_text(text: str, *, limit: int | None = None) -> str:
    """The text as it is written into a file: `Zoé Œuvrard & fils` is `Zoe OEuvrard + fils`.

    At most `limit` characters; empty when nothing of the text can be written.
    """
    plain = _OUTSIDE.sub(" ", unidecode(text).translate(_NEAREST))
    tidy = _SPACES.sub(" ", _SLASHES.sub("/", plain)).strip(_EDGES)
    return tidy if limit is None else tidy[:limit].rstrip(_EDGES)


def is_bank_text(text: str) -> bool:
    return bool(_INSIDE.fullmatch(text))


def is_identifier(text: str) -> bool:
    """Whether a reference can travel unchanged; no spaces, which XML readers may trim."""
    return bool(_IDENTIFIER.fullmatch(text))
