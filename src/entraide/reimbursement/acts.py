"""The vocabulary of acts: what the law makes of each, and which dated figures apply to it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from entraide.reimbursement.errors import DataError, DataFault
from entraide.reimbursement.money import Words
from entraide.reimbursement.strict import Table, read_toml

ACTS = Path(__file__).with_name("acts.toml")


class Kind(StrEnum):
    """The kinds of care that a member recognises (the portal's own list)."""

    CONSULTATION = "consultation"
    SPECIALIST = "specialist"
    PHARMACY = "pharmacy"
    LABORATORY = "laboratory"
    IMAGING = "imaging"
    PARAMEDICAL = "paramedical"
    DENTAL = "dental"
    OPTICAL = "optical"
    HEARING = "hearing"
    HOSPITAL = "hospital"
    TRANSPORT = "transport"
    ALTERNATIVE = "alternative"
    PREVENTION = "prevention"
    OTHER = "other"


class CareBasket(StrEnum):
    """No cost (100 % Santé), capped price, or free price; most acts have none of these."""

    NO_COST = "no_cost"
    CAPPED = "capped"
    FREE = "free"


class Withheld(StrEnum):
    """What the law leaves to the patient on this family (CSS art. L160-13 II and III)."""

    NONE = "none"
    PARTICIPATION = "participation"
    BOX = "box"
    SESSION = "session"
    TRIP = "trip"


class Charge(StrEnum):
    """Charges that health insurance does not share, whatever the base."""

    NONE = "none"
    DAILY = "daily"
    MAJOR = "major"
    EMERGENCY = "emergency"


class Organ(StrEnum):
    NONE = "none"
    EAR = "ear"
    EYE = "eye"


class Element(StrEnum):
    NONE = "none"
    FRAME = "frame"
    LENS = "lens"


class Site(StrEnum):
    """Where a tooth stands, for the baskets: up to the first premolar, second premolar, molar."""

    VISIBLE = "visible"
    SECOND_PREMOLAR = "second_premolar"
    MOLAR = "molar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Acts that the law treats alike. `rate` is the key of a parameter, empty when nothing is reimbursed."""

    code: str
    label: Words
    kind: Kind
    heading: str
    rate: str
    contribution: Withheld
    charge: Charge
    pathway: bool
    doctor: bool
    optional_copayment: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketPeriod:
    """The basket of an act between two days, for some sites of the mouth (empty: all)."""

    first: date
    last: date | None
    basket: CareBasket
    sites: frozenset[str]
    source: str
    confirm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """An act. `base` and `cap` are keys of parameters, empty when the line must bring the figure.

    Before the birthday `child_below` the key ending in `.child` is used.
    """

    code: str
    family: Family
    label: Words
    base: str
    cap: str
    rate: str
    child_below: int
    organ: Organ
    element: Element
    technical: bool
    needs_stay: bool
    baskets: tuple[BasketPeriod, ...]

    def basket_on(self, day: date, tooth: int | None) -> CareBasket | None:
        """The basket in force that day at that tooth; None when the act is in none."""
        for period in self.baskets:
            begun = period.first <= day and (period.last is None or day <= period.last)
            if begun and (tooth is None or not period.sites or site_of(tooth) in period.sites):
                return period.basket
        if self.family.code in _BASKET_FAMILIES:
            return CareBasket.FREE
        return None


# Families where an act outside the two price-capped baskets is at a free price.
_BASKET_FAMILIES = frozenset({"prosthesis", "glasses_b", "hearing_2"})


def site_of(tooth: int) -> Site:
    """Where a tooth stands, from its number in the international notation (11 to 85)."""
    rank = tooth % 10
    if rank <= 4:
        return Site.VISIBLE
    return Site.SECOND_PREMOLAR if rank == 5 else Site.MOLAR


class Vocabulary:
    """Acts and families by code."""

    def __init__(self, families: dict[str, Family], procedures: dict[str, Procedure]) -> None:
        self.families = families
        self.procedures = procedures

    def find(self, code: str) -> Procedure | None:
        return self.procedures.get(code)


@cache
def load_vocabulary(path: Path = ACTS) -> Vocabulary:
    """The acts of a file; `DataError` with every fault."""
    faults: list[DataFault] = []
    root = Table(path.name, "", read_toml(path), faults)
    families = {each.code: each for each in (_family(table) for table in root.tables("family"))}
    procedures: dict[str, Procedure] = {}
    for table in root.tables("act"):
        procedure = _procedure(table, families)
        if procedure is None:
            continue
        if procedure.code in procedures:
            table.note("code", found=f'"{procedure.code}" twice', expected="each act once")
        procedures[procedure.code] = procedure
    root.close()
    if faults:
        raise DataError(faults)
    return Vocabulary(families, procedures)


def _family(table: Table) -> Family:
    family = Family(
        code=table.text("code"),
        label=table.words("label"),
        kind=table.choice("kind", Kind) or Kind.OTHER,
        heading=table.text("heading", default=""),
        rate=table.text("rate", default=""),
        contribution=table.choice("contribution", Withheld, default=Withheld.NONE) or Withheld.NONE,
        charge=table.choice("charge", Charge, default=Charge.NONE) or Charge.NONE,
        pathway=table.flag("pathway"),
        doctor=table.flag("doctor"),
        optional_copayment=table.flag("optional_copayment"),
    )
    table.close()
    return family


def _procedure(table: Table, families: dict[str, Family]) -> Procedure | None:
    family = families.get(name := table.text("family"))
    if family is None:
        table.note("family", found=f'"{name}"', expected="one of " + ", ".join(sorted(families)))
        return None
    rate = table.text("rate", default=family.rate)
    procedure = Procedure(
        code=table.text("code"),
        family=family,
        label=table.words("label"),
        base=table.text("base", default=""),
        cap=table.text("cap", default=""),
        # An act that health insurance does not know says "none", whatever its family has.
        rate="" if rate == "none" else rate,
        child_below=table.whole("child_below", default=0),
        organ=table.choice("side", Organ, default=Organ.NONE) or Organ.NONE,
        element=table.choice("element", Element, default=Element.NONE) or Element.NONE,
        technical=table.flag("technical"),
        needs_stay=table.flag("stay"),
        baskets=tuple(_basket(inner) for inner in table.tables("baskets")),
    )
    table.close()
    return procedure


def _basket(table: Table) -> BasketPeriod:
    first = table.day("from")
    period = BasketPeriod(
        first=first or date.min,
        last=table.day("until", optional=True),
        basket=table.choice("basket", CareBasket) or CareBasket.FREE,
        sites=table.names("sites", [site.value for site in Site]),
        source=table.text("source"),
        confirm=table.flag("confirm"),
    )
    table.close()
    return period
