"""Normal forms of what people type at the door: variants of one number share one counter (A4)."""

import hashlib
import unicodedata


def normal_number(text: str) -> str:
    """A member number as it is stored: NFKC, no spaces or dots, upper case; at most 40 characters."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(one for one in plain if one.isalnum())[:40]


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
