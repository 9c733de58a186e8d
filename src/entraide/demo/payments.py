"""Refunds: each care waits for its bill, weekly runs pay what has come, statements gather a month."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from entraide.demo.acts import Care
from entraide.demo.care import care_in
from entraide.demo.cover import cover_of
from entraide.demo.patients import Patient
from entraide.demo.people import Household
from entraide.demo.practices import practices_of
from entraide.demo.pricing import Line, Till
from entraide.profiles import Profile

_RUN_WEEKDAY = 3
_YEARS = 3
# A month with more payments than this is told in two statements, before and after the 15th.
_PAYMENTS_IN_ONE_STATEMENT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    reference: str
    statement_number: str
    member_number: str
    paid_on: date
    payee: str
    payee_name: str
    method: str
    iban_end: str
    lines: tuple[Line, ...]

    @property
    def amount(self) -> int:
        return sum(line.paid.amc for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Payee:
    """Who receives one transfer of a run; sorting puts the member's own first."""

    kind: str
    name: str
    iban_end: str
    method: str


def payments_of(profile: Profile, household: Household, *, on: date) -> list[Payment]:
    """Three years of payments up to that day, oldest first.

    The whole calendar is made first and cut afterwards: a later day adds payments and changes none.
    """
    since = _years_before(on)
    runs = _runs(profile, household, years=range(since.year - 1, on.year + 1))
    return [payment for payment in _payments(household, runs) if since < payment.paid_on <= on]


def _runs(profile: Profile, household: Household, *, years: range) -> dict[date, list[Line]]:
    practices = practices_of(profile.slug, household.details.id)
    runs: dict[date, list[Line]] = defaultdict(list)
    for person in household.people:
        patient = Patient(slug=profile.slug, household=household, person=person, practices=practices)
        till = Till(patient, cover_of(household, person, tables=profile.guarantees))
        for year in years:
            for number, care in enumerate(care_in(patient, year=year), start=1):
                name = f"{year}-{number:03d}"
                lines = till.lines(care, claim_number=f"S{person.number}-{name}")
                runs[_paid_on(patient, care=care, name=name)] += lines
    return runs


def _paid_on(patient: Patient, *, care: Care, name: str) -> date:
    """The first run after the bill has come; without the electronic feed it comes by post, much later."""
    drawn = patient.dice("bill", name)
    by_feed = patient.person.details.claim_feed == "on"
    received = (care.stay_until or care.day) + timedelta(
        days=drawn.randint(3, 9) if by_feed else drawn.randint(10, 40)
    )
    return received + timedelta(days=(_RUN_WEEKDAY - received.weekday()) % 7)


def _payments(household: Household, runs: dict[date, list[Line]]) -> Iterator[Payment]:
    member = household.member.number
    by_payee = _by_run(household, runs)
    statements = _statements({day: len(payees) for day, payees in by_payee.items()})
    for day, payees in by_payee.items():
        for number, (payee, lines) in enumerate(payees, start=1):
            yield Payment(
                reference=f"P{member}-{day:%Y%m%d}-{number}",
                statement_number=f"R{member}-{statements[day]}",
                member_number=member,
                paid_on=day,
                payee=payee.kind,
                payee_name=payee.name,
                method=payee.method,
                iban_end=payee.iban_end,
                lines=tuple(lines),
            )


def _by_run(
    household: Household, runs: dict[date, list[Line]]
) -> dict[date, list[tuple[_Payee, list[Line]]]]:
    """What each run pays. A refund of nothing is told with the next transfer to the same payee."""
    waiting: dict[_Payee, list[Line]] = {}
    found = {}
    for day in sorted(runs):
        groups = []
        for payee, lines in _by_payee(household, runs[day]):
            together = [*waiting.pop(payee, []), *lines]
            if any(line.paid.amc for line in together):
                groups.append((payee, together))
            else:
                waiting[payee] = together
        if groups:
            found[day] = groups
    return found


def _by_payee(household: Household, lines: list[Line]) -> list[tuple[_Payee, list[Line]]]:
    groups: dict[_Payee, list[Line]] = defaultdict(list)
    for line in sorted(lines, key=lambda each: (each.care_date, each.claim_number)):
        groups[_payee(household, line)].append(line)
    return sorted(groups.items(), key=lambda each: (each[0].kind, each[0].name, each[0].iban_end))


def _payee(household: Household, line: Line) -> _Payee:
    if line.act.paid_to_professional:
        return _Payee(kind="professional", name=line.act.professional, iban_end="", method="transfer")
    account = line.person.account or household.member.account
    if account is None:
        return _Payee(kind="member", name=household.member.full_name, iban_end="", method="cheque")
    return _Payee(kind="member", name=account.holder, iban_end=account.iban[-4:], method="transfer")


def _statements(payments_by_day: dict[date, int]) -> dict[date, str]:
    """The statement of each run: `202507-1`, and `202507-2` for the second half of a busy month."""
    by_month: dict[tuple[int, int], int] = defaultdict(int)
    for day, count in payments_by_day.items():
        by_month[day.year, day.month] += count
    return {
        day: f"{day:%Y%m}-{1 + (by_month[day.year, day.month] > _PAYMENTS_IN_ONE_STATEMENT and day.day > 15)}"
        for day in payments_by_day
    }


def _years_before(on: date) -> date:
    is_leap_day = (on.month, on.day) == (2, 29)
    return date(on.year - _YEARS, on.month, 28 if is_leap_day else on.day)
