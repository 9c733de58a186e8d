"""References that can be read over the phone: `ABCD-7K3D-9QXA`."""

import secrets

# Crockford's alphabet: no I, L, O or U, so nothing is taken for a digit and no word appears.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
LENGTH = 8


def new_reference(prefix: str) -> str:
    """Seven random characters (35 bits) and one that checks them."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    code = body + check_character(body)
    return f"{prefix}-{code[:4]}-{code[4:]}"


def check_character(body: str) -> str:
    """Luhn's sum in base 32: one wrong character or two neighbours swapped are found."""
    total = 0
    for position, sign in enumerate(reversed(body)):
        value = ALPHABET.index(sign) * (2 if position % 2 == 0 else 1)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]


def tidy_reference(typed: str) -> str:
    """The reference as it is stored, from what someone typed; blank when its check character is wrong."""
    prefix, _, rest = typed.strip().upper().partition("-")
    code = "".join(sign for sign in rest if sign not in "- ").translate(_LOOK_ALIKES)
    if len(code) != LENGTH or not set(code) <= set(ALPHABET) or check_character(code[:-1]) != code[-1]:
        return ""
    return f"{prefix}-{code[:4]}-{code[4:]}"
