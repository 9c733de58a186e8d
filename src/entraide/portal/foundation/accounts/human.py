"""The human check: pictures, a question, or a little work for the machine. Never instead of the limits.

A challenge is plain data kept in the server-side session. `spend` uses it up, once, whatever comes at once.
"""

import hashlib
import secrets
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from entraide.formats.names import normalise
from entraide.portal.foundation.accounts import limits
from entraide.portal.foundation.accounts.drawings import DRAWINGS

PICTURES = 9
# Long enough to read the page aloud and to look for the card; pictures are cheap to ask anew.
MINUTES = 30
# Eight small pieces of work take a steadier time than a large one: about 262,000 hashes, a second or two on a
# phone that makes 200,000 a second.
WORK_PARTS = 8
WORK_BITS = 15
_WORDS = (
    lambda: _("zéro"), lambda: _("un"), lambda: _("deux"), lambda: _("trois"), lambda: _("quatre"),
    lambda: _("cinq"), lambda: _("six"), lambda: _("sept"), lambda: _("huit"), lambda: _("neuf"),
    lambda: _("dix"), lambda: _("onze"), lambda: _("douze"), lambda: _("treize"), lambda: _("quatorze"),
    lambda: _("quinze"), lambda: _("seize"), lambda: _("dix-sept"), lambda: _("dix-huit"),
    lambda: _("dix-neuf"), lambda: _("vingt"), lambda: _("vingt et un"), lambda: _("vingt-deux"),
    lambda: _("vingt-trois"), lambda: _("vingt-quatre"),
)  # fmt: skip
_THINGS = {
    "house": lambda: _("une maison"),
    "tree": lambda: _("un arbre"),
    "car": lambda: _("une voiture"),
    "fish": lambda: _("un poisson"),
    "cup": lambda: _("une tasse"),
    "boat": lambda: _("un bateau"),
    "umbrella": lambda: _("un parapluie"),
    "flower": lambda: _("une fleur"),
    "key": lambda: _("une clé"),
    "moon": lambda: _("une lune"),
}


@dataclass(frozen=True, slots=True)
class Challenge:
    """What was asked: `wanted` among `kinds` (pictures by position), a sum, some work; one is enough."""

    seed: str
    wanted: str
    kinds: tuple[str, ...]
    first: int
    second: int
    asked_at: int

    @classmethod
    def fresh(cls) -> Self:
        """A new challenge: three or four pictures of one thing among nine, and a sum up to 12 + 12."""
        rng = secrets.SystemRandom()
        wanted, *others = rng.sample(sorted(DRAWINGS), k=5)
        right = rng.choice((3, 4))
        kinds = [wanted] * right + [rng.choice(others) for _position in range(PICTURES - right)]
        rng.shuffle(kinds)
        first, second = rng.randint(2, 12), rng.randint(2, 12)
        return cls(secrets.token_hex(16), wanted, tuple(kinds), first, second, int(time.time()))

    @classmethod
    def stored(cls, values: dict[str, Any]) -> Self:
        return cls(**{**values, "kinds": tuple(values["kinds"])})

    def to_store(self) -> dict[str, Any]:
        return {**asdict(self), "kinds": list(self.kinds)}

    @property
    def thing(self) -> str:
        return _THINGS[self.wanted]()

    @property
    def question(self) -> str:
        """`neuf plus onze`; in the demo `9 + 11`, so that scripts can pass (contract)."""
        if settings.ENTRAIDE.demo:
            return f"{self.first} + {self.second}"
        return self.spoken

    @property
    def spoken(self) -> str:
        """The question in words, as it is read aloud: `neuf plus onze`."""
        terms = {"first": _WORDS[self.first](), "second": _WORDS[self.second]()}
        return _("%(first)s plus %(second)s") % terms

    @property
    def puzzle(self) -> str:
        """What the machine works on: signed, so that nobody can begin before it is asked."""
        signed = f"{self.seed}:{self.asked_at}"
        return salted_hmac("human check: work", signed, algorithm="sha256").hexdigest()[:32]

    def is_over(self, now: datetime) -> bool:
        age = now - datetime.fromtimestamp(self.asked_at, tz=now.tzinfo)
        return not timedelta(minutes=-1) <= age < timedelta(minutes=MINUTES)

    def picks_are_right(self, positions: Iterable[str]) -> bool:
        right = {str(position) for position, kind in enumerate(self.kinds) if kind == self.wanted}
        return set(positions) == right

    def answer_is_right(self, answer: str) -> bool:
        """The sum in digits, or in words of either language."""
        total = self.first + self.second
        return answer.strip() == str(total) or normalise(answer) in _in_words(total)

    def work_is_right(self, proof: str) -> bool:
        """`proof` holds one number per part; each makes a hash that begins with enough zero bits."""
        numbers = proof[:200].split(",")
        if len(numbers) != WORK_PARTS:
            return False
        puzzle = self.puzzle
        return all(_is_work(puzzle, part, number) for part, number in enumerate(numbers))


def spend(challenge: Challenge, *, now: datetime) -> bool:
    """Uses a challenge up: True for the first answer alone, right or wrong, of however many at once.

    The session cannot tell: each request reads it, changes it and writes it back.
    """
    if challenge.is_over(now):
        return False
    return limits.count("human check", challenge.seed, per=timedelta(minutes=2 * MINUTES), now=now) == 1


def _in_words(number: int) -> set[str]:
    found = set()
    for language in ("fr", "en"):
        with translation.override(language):
            found.add(normalise(_WORDS[number]()))
    return found


def _is_work(puzzle: str, part: int, number: str) -> bool:
    if not (number.isascii() and number.isdigit() and len(number) <= 12):
        return False
    digest = hashlib.sha256(f"{puzzle}:{part}:{number}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> (32 - WORK_BITS) == 0
