"""One act of care and what each pays for it: the arithmetic of a statement line."""

from dataclasses import dataclass
from datetime import date

from entraide.formats.money import share
from entraide.profiles import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something done or delivered, before it is paid.

    `target` is what health insurance and the mutual pay together, before the part left to the patient by law
    (`withheld`). It defaults to the base, which is what every responsible contract pays.
    """

    kind: str
    code: str
    label: Text
    professional: str
    charged: int
    base: int
    rate: int
    withheld: int = 0
    target: int | None = None
    paid_to_professional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """What happened on one day with one purpose: its acts share a claim."""

    day: date
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Who pays what: the three add up to the price."""

    amo: int
    amc: int
    left: int


def shares(act: Act) -> Shares:
    """Split the price; a mutual tops up the full share of health insurance, never what the law withholds."""
    statutory = share(min(act.base, act.charged), percent=act.rate)
    amo = max(0, statutory - act.withheld)
    target = act.base if act.target is None else act.target
    amc = max(0, min(target, act.charged) - statutory)
    return Shares(amo=amo, amc=amc, left=act.charged - amo - amc)
