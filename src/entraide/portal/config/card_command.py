"""`entraide card-keys`, `entraide verify-card`: the public keys of the cards, and whether a card is valid.

With `--keys` the card is checked by the keys of that file alone: no settings, no database, as on the machine
of a professional. It cannot know then whether the card was replaced or the contract has ended.
"""

import argparse
import sys
import time
from collections.abc import Mapping
from datetime import date

from entraide.formats.card_code import CardClaims, CardCodeRefused, check_card_code, read_keys
from entraide.portal.config.refused import Refused
from entraide.portal.config.signed_text import answered, keys_in

# As `domain/card/enums.py`, which cannot be loaded before the settings; a test compares the two.
REASONS: Mapping[str, str] = {
    "malformed": "this is no code of a card, or only a part of one",
    "other_mutual": "it says that it is of another mutual, whose key is not known here",
    "unknown_key": "it is signed with a key that is not known here",
    "forged": "it was altered, or made by somebody else: its signature is wrong",
    "not_yet": "it is not valid yet",
    "expired": "it is not valid any more: its last day is over",
    "replaced": "it was replaced: a newer card of this person is valid",
    "ended": "this person is not covered any more",
}


def verify_offline(options: argparse.Namespace) -> int:
    """Prints what the card says and gives 0, or raises Refused with the reason."""
    keys = keys_in(options.keys, read_keys)
    if not keys:
        raise Refused(f"{options.keys}: no key, expected the lines of `entraide card-keys`")
    # Of the machine on which the card is shown: there may be no settings, and so no zone of ours.
    on = options.on or date(*time.localtime()[:3])
    try:
        return told(check_card_code(asked_code(options), keys=keys, on=on), "valid")
    except CardCodeRefused as refusal:
        return told(refusal.claims, refusal.fault.value)


def asked_code(options: argparse.Namespace) -> str:
    """The code of the command line; `-`: of standard input, so that no list of processes shows it."""
    return sys.stdin.read(10_000) if options.code == "-" else str(options.code)


def told(claims: CardClaims | None, state: str) -> int:
    """One line with what the card says; raises Refused with the reason in any other state than valid."""
    return answered(state, "" if claims is None else _line(claims), reasons=REASONS)


def _line(claims: CardClaims) -> str:
    return (
        f"{claims.mutual}  {claims.member_number}  {claims.name}  born {claims.birth_date}"
        f"  from {claims.starts_on} to {claims.ends_on}"
    )
