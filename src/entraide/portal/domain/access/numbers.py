"""Normal forms of what people type at the door: variants of one number share one counter (A4)."""

import hashlib
import unicodedata


def normal_number(text: str) -> str:
    """A member number as it is stored: NFKC, digits of any script as 0 to 9, no spaces or signs, upper case.

    At most 40 characters. Letters that only look like others (a Cyrillic А) stay what they are.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(_western(one) for one in plain if one.isalnum())[:40]


def _western(one: str) -> str:
    digit = unicodedata.decimal(one, None)
    return one if digit is None else str(digit)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
