"""What a rule of the report gives."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from entraide.profiles import Security


@dataclass(frozen=True, slots=True)
class Deviation:
    """A rule that differs from a text: what it does, what the text asks, why it stays or what to change."""

    name: str
    does: str
    asks: str
    answer: str


# A deviation, or a line for what conforms. Numbers without a name are those of OWASP ASVS 5.0.
Findings = Iterator[Deviation | str]
Rule = Callable[[Security], Findings]
