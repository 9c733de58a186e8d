"""What was done or delivered, before anybody has paid for it."""

from dataclasses import dataclass
from datetime import date

from entraide.profiles import Text
from entraide.reimbursement import LensClass, Sector, Side, load_parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One line of a bill; `code` is one of the engine's acts, `charged` the price of all its units in cents.

    Without a `base` health insurance takes the public tariff of the day, or none at all.
    """

    kind: str
    code: str
    label: Text
    professional: str
    charged: int
    base: int | None = None
    quantity: int = 1
    sector: Sector = Sector.REGULATED
    side: Side | None = None
    tooth: int | None = None
    lenses: tuple[LensClass, LensClass] | None = None
    sight_changed: bool = False
    paid_to_professional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """What happened on one day with one purpose: its acts share a claim. A stay also has its last day."""

    day: date
    acts: tuple[Act, ...]
    stay_until: date | None = None


def public_price(name: str, day: date) -> int:
    """A public figure of the engine on the day of care, in cents: `tariff.gp`, `hospital.daily`."""
    return load_parameters().value(name, day)
