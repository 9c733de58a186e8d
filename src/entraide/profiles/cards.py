"""The card of a mutual that is sent by post again."""

from dataclasses import dataclass

from entraide.profiles.shapes import Positive


@dataclass(frozen=True, slots=True, kw_only=True)
class CardCopies:
    """`again_after_days`: a card that was asked for may be on its way so long; then it may be asked again."""

    again_after_days: Positive = 21
