"""What was done for whom: the input of the engine. Amounts are cents, rates basis points."""

from calendar import isleap
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Sector(StrEnum):
    """What a professional may charge (domain §1.5)."""

    REGULATED = "regulated"
    OPTAM = "optam"
    NON_OPTAM = "non_optam"
    UNCONTRACTED = "uncontracted"


class Pathway(StrEnum):
    """Whether the coordinated care pathway was followed; direct access counts as followed."""

    INSIDE = "inside"
    OUTSIDE = "outside"


class Exemption(StrEnum):
    """Why a line is paid in full by health insurance; the codes of exchanges are in docs/guarantees.md."""

    NONE = "none"
    LONG_TERM_CONDITION = "long_term_condition"
    MATERNITY = "maternity"
    WORK_ACCIDENT = "work_accident"
    INVALIDITY = "invalidity"
    NEWBORN = "newborn"
    DISABLED_CHILD = "disabled_child"


class Scheme(StrEnum):
    GENERAL = "general"
    ALSACE_MOSELLE = "alsace_moselle"


class Ward(StrEnum):
    GENERAL = "general"
    PSYCHIATRY = "psychiatry"
    DAY_CASE = "day_case"


class StayEnd(StrEnum):
    DISCHARGE = "discharge"
    DEATH = "death"
    TRANSFER = "transfer"


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"


class LensClass(StrEnum):
    """Power classes of lenses of the responsible contract (art. R871-2)."""

    SIMPLE = "simple"
    COMPLEX = "complex"
    VERY_COMPLEX = "very_complex"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The person, as far as the law looks at them. `department` matters overseas only (`974`)."""

    person: str
    born_on: date
    scheme: Scheme = Scheme.GENERAL
    department: str = ""
    means_tested_cover: bool = False
    state_medical_aid: bool = False
    war_pension: bool = False

    def age_on(self, day: date) -> int:
        """Whole years; the birthday itself counts."""
        before = (day.month, day.day) < (self.born_on.month, self.born_on.day)
        return day.year - self.born_on.year - before

    def birthday(self, age: int) -> date:
        """The first day of that age; 1 March stands in for 29 February in other years."""
        leap = self.born_on.month == 2 and self.born_on.day == 29
        year = self.born_on.year + age
        if leap and not isleap(year):
            return date(year, 3, 1)
        return self.born_on.replace(year=year)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A stay in hospital. `base` is the base of the stay costs from `first_day` to `paid_until`.

    `major_procedure` says that an act of the stay reaches the threshold of the flat charge.
    """

    id: str
    first_day: date
    last_day: date
    ward: Ward = Ward.GENERAL
    ended_by: StayEnd = StayEnd.DISCHARGE
    base: int = 0
    paid_until: date | None = None
    major_procedure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """A pair of glasses, whose frame and lenses are lines of their own."""

    id: str
    right: LensClass
    left: LensClass
    sight_changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CareLine:
    """One act. `fee` is the whole amount charged for the line, all units together.

    `base`, `rate`, `amo` (net) and `withheld` are filled when the fund has already decided: they are then
    taken as they are, and checked. `price_cap` is the legal limit of the price when the parameters have none.
    `consultation_base` is the sum of the bases of a consultation when several acts are charged together.
    """

    id: str
    act: str
    on: date
    fee: int
    quantity: int = 1
    sector: Sector = Sector.REGULATED
    pathway: Pathway = Pathway.INSIDE
    exemption: Exemption = Exemption.NONE
    professional: str = ""
    side: Side | None = None
    tooth: int | None = None
    coefficient: int | None = None
    equipment: Equipment | None = None
    stay: Stay | None = None
    base: int | None = None
    rate: int | None = None
    amo: int | None = None
    withheld: int | None = None
    price_cap: int | None = None
    consultation_base: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """A line and its person. Care after `received_on`, the day of the bill, is refused; None simulates."""

    line: CareLine
    situation: Situation
    received_on: date | None = None
