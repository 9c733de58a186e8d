"""The human check: pick the pictures of one thing, or answer a question. On top of the limits, never instead.

A challenge is plain data kept in the server-side session: used once, then a new one.
"""

import secrets
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.conf import settings
from django.utils.translation import gettext as _

from entraide.portal.foundation.accounts.pictures import DRAWINGS

PICTURES = 9
_WORDS = (
    lambda: _("zéro"), lambda: _("un"), lambda: _("deux"), lambda: _("trois"), lambda: _("quatre"),
    lambda: _("cinq"), lambda: _("six"), lambda: _("sept"), lambda: _("huit"), lambda: _("neuf"),
    lambda: _("dix"), lambda: _("onze"), lambda: _("douze"),
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
    """What was asked: `wanted` among `kinds` (pictures by position), and the two terms of the sum."""

    seed: str
    wanted: str
    kinds: tuple[str, ...]
    first: int
    second: int

    @classmethod
    def fresh(cls) -> Self:
        """A new challenge: three or four pictures of one thing among nine, and a sum up to 12 + 12."""
        rng = secrets.SystemRandom()
        wanted, *others = rng.sample(sorted(DRAWINGS), k=5)
        right = rng.choice((3, 4))
        kinds = [wanted] * right + [rng.choice(others) for _position in range(PICTURES - right)]
        rng.shuffle(kinds)
        return cls(secrets.token_hex(8), wanted, tuple(kinds), rng.randint(2, 12), rng.randint(2, 12))

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
        terms = {"first": _WORDS[self.first](), "second": _WORDS[self.second]()}
        return _("%(first)s plus %(second)s") % terms

    def picks_are_right(self, positions: list[str]) -> bool:
        right = {str(position) for position, kind in enumerate(self.kinds) if kind == self.wanted}
        return set(positions) == right

    def answer_is_right(self, answer: str) -> bool:
        return answer.strip() == str(self.first + self.second)
