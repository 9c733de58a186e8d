"""The name that is shown for a file: never a path, never a trick of writing direction (A45)."""

import unicodedata
from pathlib import PurePosixPath

MAX_LENGTH = 100
_MAX_EXTENSION = 10


def clean_name(raw: str) -> str:
    """The last part of a path, composed, without control, format or bidi signs, of 100 signs at most."""
    last = unicodedata.normalize("NFC", raw).replace("\\", "/").rsplit("/", 1)[-1]
    spaced = "".join(" " if unicodedata.category(sign) in {"Zs", "Zl", "Zp"} else sign for sign in last)
    kept = "".join(sign for sign in spaced if not unicodedata.category(sign).startswith("C"))
    stem, extension = _parts(" ".join(kept.split()).rstrip(". "))
    stem = stem.strip(". ") or "document"
    return f"{stem[: MAX_LENGTH - len(extension)].rstrip()}{extension}"


def extension_of(name: str) -> str:
    """`.pdf`, in small letters; blank without one."""
    return _parts(name)[1].lower()


def _parts(name: str) -> tuple[str, str]:
    extension = PurePosixPath(f"x{name}").suffix
    if len(extension) > _MAX_EXTENSION or not extension[1:].isalnum():
        return name, ""
    return name[: len(name) - len(extension)], extension
