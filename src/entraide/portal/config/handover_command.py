"""`entraide handover-keys`, `entraide verify-handover`: the public keys, and whether a token is good.

With `--keys` the token is checked by the keys of that file alone: no settings, no database, as on the machine
of a partner. It cannot know then whether the token was used before.
"""

import argparse
import sys
import time
from collections.abc import Mapping

from entraide.formats.handover_token import (
    MAX_LENGTH,
    HandOverClaims,
    TokenRefused,
    read_key_set,
    read_token,
)
from entraide.portal.config.signed_text import answered, keys_in

# As `domain/handover/enums.py`, which cannot be loaded before the settings; a test compares the two.
REASONS: Mapping[str, str] = {
    "malformed": "this is no token of ours, or only a part of one",
    "unknown_key": "it is signed with a key that is not known here",
    "forged": "it was altered, or made by somebody else: its signature is wrong",
    "other_audience": "it is for another partner",
    "not_yet": "it was made after now: one of the two clocks is wrong",
    "expired": "its minute is over: the person starts again from their space",
    "used": "it served before",
    "unknown": "it is signed by us, and we do not know of it",
}


def verify_handover_offline(options: argparse.Namespace) -> int:
    """Prints what the token says and gives 0, or raises Refused with the reason."""
    keys = keys_in(options.keys, read_key_set)
    try:
        claims = read_token(asked_token(options), keys=keys, audience=options.audience, now=int(time.time()))
    except TokenRefused as refusal:
        return told_claims(refusal.claims, refusal.fault.value)
    return told_claims(claims, "valid")


def asked_token(options: argparse.Namespace) -> str:
    """The token of the command line; `-`: of standard input, so that no list of processes shows it."""
    return sys.stdin.read(2 * MAX_LENGTH) if options.text == "-" else str(options.text)


def told_claims(claims: HandOverClaims | None, state: str) -> int:
    """One line with what the token says; raises Refused with the reason in any other state than valid."""
    return answered(state, "" if claims is None else _line(claims), reasons=REASONS)


def _line(claims: HandOverClaims) -> str:
    actor = f"  by {claims.actor}" if claims.actor else ""
    return f"{claims.issuer}  to {claims.audience}  {claims.subject}{actor}"
