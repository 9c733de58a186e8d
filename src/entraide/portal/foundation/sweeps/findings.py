"""What a sweep finds, and the report of all of them."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

import structlog

Sweep = Callable[[datetime], Iterable["Finding"]]
log = structlog.get_logger()
_SWEEPS: dict[str, Sweep] = {}
FAILED = "sweep_failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that should not be. `what`: a code; `about`: an id or a reference, never a name."""

    what: str
    about: str
    since: datetime | None = None
    is_repaired: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found at one moment."""

    at: datetime
    findings: tuple[Finding, ...]

    @property
    def left(self) -> tuple[Finding, ...]:
        """What nobody but a person can put right."""
        return tuple(one for one in self.findings if not one.is_repaired)

    @property
    def repaired(self) -> int:
        return len(self.findings) - len(self.left)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each are left, by code."""
        return dict(sorted(Counter(one.what for one in self.left).items()))


def sweep(name: str) -> Callable[[Sweep], Sweep]:
    """Declares a function that looks for one kind of trouble; the module is named in `config/wiring.py`."""

    def register(found: Sweep) -> Sweep:
        _SWEEPS[name] = found
        return found

    return register


def names() -> frozenset[str]:
    return frozenset(_SWEEPS)


def look_everywhere(now: datetime) -> Report:
    """Runs every sweep; one that fails is itself a finding, and the others go on."""
    findings: list[Finding] = []
    for name, look in sorted(_SWEEPS.items()):
        try:
            findings += look(now)
        except Exception as fault:
            log.error("sweeps.failed", sweep=name, error=type(fault).__name__)
            findings.append(Finding(what=FAILED, about=name, since=now))
    return Report(now, tuple(findings))
