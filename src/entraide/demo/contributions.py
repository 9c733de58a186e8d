"""What the households that pay for themselves owe month by month: the scale of the documents, added up."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from entraide.demo.cover import coverages
from entraide.demo.people import Household, Person
from entraide.profiles import Profile, Text

MONTHLY = (
    ("Moins de 30 ans", 29, 3890),
    ("De 30 à 49 ans", 49, 5460),
    ("De 50 à 64 ans", 64, 7420),
    ("65 ans et plus", 199, 10180),
)
"""Words, oldest age, cents for one person and month; all invented."""

OPTION_PERCENT = 38
DEBIT_DAY = 5
_PAYING_CHILDREN = 2
_YEARS = 3
_RECORDED_AFTER = timedelta(days=3)
# Longer than a month, so that whatever the day one line is late for the portal.
_LATE_AFTER = timedelta(days=45)
_FRENCH = (
    "de janvier", "de février", "de mars", "d’avril", "de mai", "de juin",
    "de juillet", "d’août", "de septembre", "d’octobre", "de novembre", "de décembre",
)  # fmt: skip
_ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One line of the schedule; `amount` in cents."""

    reference: str
    member_number: str
    year: int
    due_on: date
    label: Text
    amount: int
    state: str
    paid_on: date | None
    method: str
    failure: str
    mandate_reference: str
    iban_end: str


def payers_of(profile: Profile, people: tuple[Household, ...]) -> tuple[Household, ...]:
    """Those whose contribution the mutual collects itself."""
    own = {segment.id for segment in profile.segments if segment.contribution_note is None}
    return tuple(each for each in people if each.details.segment in own)


def contributions_of(profile: Profile, people: tuple[Household, ...], *, on: date) -> Iterator[Contribution]:
    """Three years of schedules, the running one to its end.

    The first payer had a debit refused and asked again, the second has one refused just now, the fourth is
    late with a transfer: something to see of each.
    """
    for rank, household in enumerate(payers_of(profile, people)):
        for year in range(on.year - _YEARS + 1, on.year + 1):
            lines = schedule_of(profile, household, year=year, on=on)
            if rank == 0 and year == on.year - 1:
                lines = _asked_again(lines)
            elif rank == 1 and year == on.year:
                lines = _refused(lines)
            elif rank == 3 and year == on.year:
                lines = _late(lines, on=on)
            yield from lines


def schedule_of(profile: Profile, household: Household, *, year: int, on: date) -> list[Contribution]:
    """A line for each month of the year since the household joined."""
    days = (date(year, month, DEBIT_DAY) for month in range(1, 13))
    return [_line(profile, household, day, on=on) for day in days if day >= household.details.joined_on]


def _line(profile: Profile, household: Household, day: date, *, on: date) -> Contribution:
    account = household.member.account
    is_paid = day + _RECORDED_AFTER <= on
    number = household.member.number
    return Contribution(
        reference=f"C{number}-{day:%Y%m}",
        member_number=number,
        year=day.year,
        due_on=day,
        label=Text(
            f"Cotisation {_FRENCH[day.month - 1]} {day.year}",
            f"Contribution for {_ENGLISH[day.month - 1]} {day.year}",
        ),
        amount=_monthly(household, day),
        state="paid" if is_paid else "due",
        paid_on=day if is_paid else None,
        method="direct_debit" if account else "cheque",
        failure="",
        mandate_reference=f"{profile.identity.reference_prefix}-{number}-1" if account else "",
        iban_end=account.iban[-4:] if account else "",
    )


def _monthly(household: Household, day: date) -> int:
    """The scale for everyone covered that day; from the third child on nothing is asked."""
    tiers: dict[str, set[str]] = {}
    for person, held, starts_on in coverages(household):
        if starts_on <= day:
            tiers.setdefault(person.number, set()).add(held.contract.tier)
    covered = [person for person in household.people if person.number in tiers]
    children = [person for person in covered if person.details.relationship == "child"]
    asked = [person for person in covered if person not in children[_PAYING_CHILDREN:]]
    return sum(_price(person, day, with_option=tiers[person.number] != {"base"}) for person in asked)


def _price(person: Person, day: date, *, with_option: bool) -> int:
    age = person.age_on(date(day.year, 1, 1))
    base = next(cents for _, oldest, cents in MONTHLY if age <= oldest)
    return base + base * OPTION_PERCENT // 100 if with_option else base


def _asked_again(lines: list[Contribution]) -> list[Contribution]:
    """The third debit of the year failed and was asked again a fortnight later."""
    if len(lines) < 3 or lines[2].method != "direct_debit":
        return lines
    failed = replace(lines[2], state="replaced", failure="funds", paid_on=None)
    day = lines[2].due_on + timedelta(days=15)
    again = replace(
        lines[2],
        reference=f"{lines[2].reference}-2",
        due_on=day,
        paid_on=day,
        label=Text(f"{lines[2].label.fr}, nouvelle présentation", f"{lines[2].label.en}, asked again"),
    )
    return [*lines[:2], failed, again, *lines[3:]]


def _refused(lines: list[Contribution]) -> list[Contribution]:
    last = max((rank for rank, line in enumerate(lines) if line.state == "paid"), default=None)
    if last is None or lines[last].method != "direct_debit":
        return lines
    return [
        replace(line, state="failed", failure="funds", paid_on=None) if rank == last else line
        for rank, line in enumerate(lines)
    ]


def _late(lines: list[Contribution], *, on: date) -> list[Contribution]:
    """By transfer, and nothing paid for the last weeks."""
    found = [replace(line, method="transfer", mandate_reference="", iban_end="") for line in lines]
    return [
        replace(line, state="due", paid_on=None) if line.due_on + _LATE_AFTER > on else line for line in found
    ]
