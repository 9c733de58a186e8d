"""Plans of the batch: what law and contracts say of a kind of line in one period, as integers.

A plan is `(tariff, rate, withhold, share)`, where the last two are small functions of integers. Whatever
a plan cannot say exactly raises `Beyond`, and the engine prices the folder line by line.
"""

from bisect import bisect_right
from collections.abc import Callable
from datetime import date
from typing import NamedTuple, Protocol

from entraide.reimbursement.acts import Charge, Organ, Procedure, Withheld, load_vocabulary
from entraide.reimbursement.care import Care, CareLine, Exemption, Pathway, Scheme, Sector, Situation
from entraide.reimbursement.complementary.cover import Cover, Enrolment
from entraide.reimbursement.complementary.guarantees import Contract
from entraide.reimbursement.compulsory.base import base_of, price_cap_of
from entraide.reimbursement.compulsory.rates import PATHWAY_AGE, rate_of
from entraide.reimbursement.compulsory.withheld import is_exempt
from entraide.reimbursement.dates import add_months
from entraide.reimbursement.errors import CareError
from entraide.reimbursement.parameters.book import ParameterBook
from entraide.reimbursement.shares import Beyond, Payer, Share, State, share_of

Result = tuple[int, int, int, tuple[int, ...]]
Withhold = Callable[[int, int, int, State], int]
Plan = tuple[int, int, Withhold | None, Share]
__all__ = ["Beyond", "Plan", "Planner", "Result", "State", "Withhold"]

# No fee is larger: the tariff is read as it is, and the price cap for one unit.
_ANY_FEE = 10**9
_DAYS_OF_A_YEAR = 366


class Kind(Protocol):
    """What the plans need to know of a kind of line."""

    @property
    def act(self) -> str: ...
    @property
    def sector(self) -> Sector: ...
    @property
    def pathway(self) -> Pathway: ...
    @property
    def exemption(self) -> Exemption: ...


class Plans:
    """Plans of one cover, one age and one period, by the number of the kind; None until it is asked for."""

    __slots__ = ("_book", "_cover", "_on", "_situation", "by_kind")

    def __init__(self, situation: Situation, cover: Cover, on: date, book: ParameterBook, kinds: int) -> None:
        self._situation, self._cover, self._on, self._book = situation, cover, on, book
        self.by_kind: list[Plan | None] = [None] * kinds

    def add(self, number: int, kind: Kind) -> Plan:
        """Resolves a kind of line for the first time; `Beyond` when only the engine can."""
        plan = self.by_kind[number] = _plan(kind, self._situation, self._cover, self._on, self._book)
        return plan


class Span(NamedTuple):
    """Plans, the last day (an ordinal) on which they hold, and its year."""

    plans: Plans
    until: int
    year: int


class Calendar(dict[int, Span]):
    """What holds on a day, for people of one cover and one age; filled day by day as lines ask for it."""

    def __init__(self, planner: "Planner", situation: Situation, cover: Cover) -> None:
        super().__init__()
        self._planner, self._situation, self._cover = planner, situation, cover

    def __missing__(self, day: int) -> Span:
        span = self[day] = self._planner.span(day, self._situation, self._cover)
        return span


class Planner:
    """Finds the plans of a person and a day; people of one cover and one age share them."""

    def __init__(self, kinds: int, book: ParameterBook) -> None:
        self._book, self._kinds = book, kinds
        ages = {each.child_below for each in load_vocabulary().procedures.values()} - {0}
        self._ages = sorted(
            ages | {PATHWAY_AGE, *(row.value for row in book if row.key == "withheld.age_from")}
        )
        self._plans: dict[tuple[object, ...], Plans] = {}
        self._calendars: dict[tuple[object, ...], Calendar] = {}
        self._days: dict[int, list[int]] = {}
        self._covers: dict[int, Cover] = {}

    def calendar(self, situation: Situation, cover: Cover, first_day: int) -> Calendar:
        """The plans of a person from the first line on; shared by those past every birthday that counts."""
        if first_day - situation.born_on.toordinal() <= _DAYS_OF_A_YEAR * (self._ages[-1] + 1):
            return Calendar(self, situation, cover)
        who = _who(situation, cover)
        found = self._calendars.get(who)
        if found is None:
            found = self._calendars[who] = Calendar(self, situation, cover)
        return found

    def span(self, day: int, situation: Situation, cover: Cover) -> Span:
        """What holds on that day, until a figure, the age or the year changes."""
        if day < situation.born_on.toordinal():
            raise Beyond
        days = self._days.get(id(cover)) or self._changes(cover)
        birthdays = [situation.birthday(age).toordinal() for age in self._ages]
        period, band = bisect_right(days, day), bisect_right(birthdays, day)
        key, on = (*_who(situation, cover), period, band), date.fromordinal(day)
        plans = self._plans.get(key)
        if plans is None:
            plans = self._plans[key] = Plans(situation, cover, on, self._book, self._kinds)
        last = date(on.year, 12, 31).toordinal()
        following = [*days[period : period + 1], *birthdays[band : band + 1]]
        return Span(plans, min([last, *(each - 1 for each in following)]), on.year)

    def _changes(self, cover: Cover) -> list[int]:
        """Ordinals of the days on which a figure, a table or an enrolment begins or has just ended."""
        # Covers are compared by identity: people of one contract share one object, which is kept alive here.
        self._covers[id(cover)] = cover
        days = {day.toordinal() for day in self._book.days_of_change()}
        for procedure in load_vocabulary().procedures.values():
            for period in procedure.baskets:
                days |= _span(period.first, period.last)
        for enrolment in cover.enrolments:
            days |= _span(enrolment.since, enrolment.until)
            for table in enrolment.versions:
                days |= _span(table.valid_from, table.valid_until)
                waits = {each.waiting_months for each in table.guarantees}
                days |= {add_months(enrolment.since, months).toordinal() for months in waits}
        changes = self._days[id(cover)] = sorted(days)
        return changes


def _who(situation: Situation, cover: Cover) -> tuple[object, ...]:
    """What people must have in common to share plans, apart from their age."""
    return (
        id(cover),
        # Hashing an enumeration costs more than all the rest of a short folder.
        situation.scheme is Scheme.ALSACE_MOSELLE,
        situation.department,
        situation.means_tested_cover,
        situation.state_medical_aid,
        situation.war_pension,
    )


def _span(first: date, last: date | None) -> set[int]:
    return {first.toordinal()} | ({last.toordinal() + 1} if last and last != date.max else set())


def _plan(kind: Kind, situation: Situation, cover: Cover, on: date, book: ParameterBook) -> Plan:
    procedure = load_vocabulary().find(kind.act)
    if procedure is None or not _is_plain(procedure, kind):
        raise Beyond
    line = CareLine(
        id="plan", act=kind.act, on=on, fee=_ANY_FEE, sector=kind.sector, exemption=kind.exemption
    )
    care = Care(line=line, situation=situation)
    rate = rate_of(procedure, care, book)
    payers = [
        Payer(procedure, care, enrolment, table, book, price_cap_of(procedure, care, book))
        for enrolment, table in _in_force(cover, care)
    ]
    tariff = _tariff(procedure, care, book)
    return tariff, rate.total, _withhold(procedure, care, book), share_of(payers)


def _is_plain(procedure: Procedure, kind: Kind) -> bool:
    """Whether an act needs nothing beyond integers: no stay, no pair of glasses, no ear, no pathway left."""
    family = procedure.family
    odd_sector = kind.sector in {Sector.NON_OPTAM, Sector.UNCONTRACTED} and family.doctor
    outside = kind.pathway is Pathway.OUTSIDE and family.pathway
    special = procedure.technical or procedure.organ is not Organ.NONE or family.charge is not Charge.NONE
    glasses = family.code in {"glasses_a", "glasses_b", "withheld"}
    return not (odd_sector or outside or special or glasses)


def _in_force(cover: Cover, care: Care) -> list[tuple[Enrolment, Contract]]:
    found = [(each, table) for each in cover.enrolments if (table := each.on(care.line.on))]
    if cover.enrolments and not found:
        raise Beyond
    return found


def _tariff(procedure: Procedure, care: Care, book: ParameterBook) -> int:
    """Cents for one unit, or -1 when every line must bring its base."""
    try:
        return base_of(procedure, care, book).amount
    except CareError:
        return -1


def _withhold(procedure: Procedure, care: Care, book: ParameterBook) -> Withhold | None:
    """The function that takes contributions or deductibles off, or None where nothing ever is."""
    kind, on = procedure.family.contribution, care.line.on
    if kind is Withheld.NONE or is_exempt(care, book):
        return None
    if kind is Withheld.PARTICIPATION:
        amount, cap_day, cap_year = (
            book.value(f"participation.{name}", on) for name in ("amount", "cap_day", "cap_year")
        )
        return _participation(amount, cap_day, cap_year)
    key = f"franchise.{kind.value}"
    cap_day = book.value(f"{key}.cap_day", on) if book.knows(f"{key}.cap_day") else -1
    return _franchise(book.value(key, on), kind.value, cap_day, book.value("franchise.cap_year", on))


def _participation(unit: int, cap_day: int, cap_year: int) -> Withhold:
    def withhold(gross: int, quantity: int, professional: int, state: State) -> int:
        today, amount = state.today, unit * quantity
        spent = today.get(professional, 0)
        if amount > cap_day - spent:
            amount = cap_day - spent
        if amount > cap_year - state.participation:
            amount = cap_year - state.participation
        if amount > gross:
            amount = gross
        if amount <= 0:
            return 0
        today[professional] = spent + amount
        state.participation += amount
        return amount

    return withhold


def _franchise(unit: int, kind: str, cap_day: int, cap_year: int) -> Withhold:
    def withhold(gross: int, quantity: int, professional: int, state: State) -> int:
        amount = unit * quantity
        if cap_day >= 0:
            spent = state.today.get(kind, 0)
            if amount > cap_day - spent:
                amount = cap_day - spent
        if amount > cap_year - state.franchise:
            amount = cap_year - state.franchise
        if amount > gross:
            amount = gross
        if amount <= 0:
            return 0
        if cap_day >= 0:
            state.today[kind] = spent + amount
        state.franchise += amount
        return amount

    return withhold
