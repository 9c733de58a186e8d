"""What a rotation works on: one kind of place where sealed things lie."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Batch:
    """What one short step did: things sealed anew, things somebody else held or changed meanwhile."""

    done: int = 0
    busy: int = 0
    # Where something lies that does not open.
    broken: tuple[str, ...] = ()


class Stock(Protocol):
    """Sealed things of one kind. None of these methods changes what the things say."""

    @property
    def name(self) -> str: ...

    def count(self) -> Counter[str]:
        """How many things lie under which key, by its id, without opening one."""

    def reseal(self) -> Iterator[Batch]:
        """Seals everything anew that is not under the current key, in short steps; may stop anywhere."""

    def broken(self) -> Iterator[str]:
        """Opens everything and names what does not open."""
