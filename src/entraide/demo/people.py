"""Who is in the demo: the households of the profile, with the numbers that only a file can give them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from entraide.demo.chance import dice
from entraide.formats import iban, nir
from entraide.profiles import DemoHousehold, DemoPerson, Profile

# Bank codes that no French bank holds; a BIC whose eighth character is 0 is a test one by its standard.
_BANKS = (("99917", "DEMAFRP0XXX"), ("99942", "DEMBFRP0XXX"), ("99968", "DEMCFRP0XXX"))
_OWN_NUMBER_AGE = 16
_CORSICA_DIVIDED_IN = 1976
_CORSICAN_FUNDS = {"2A": "201", "2B": "202", "20": "201"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    iban: str
    bic: str
    holder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone of a household; `account` is empty when refunds go to the member's account, or by cheque."""

    details: DemoPerson
    number: str
    nir: nir.Nir
    birth_rank: int
    covered_from: date
    account: Account | None

    @property
    def full_name(self) -> str:
        return f"{self.details.first_name} {self.details.last_name}"

    def age_on(self, day: date) -> int:
        return age_on(day, birth_date=self.details.birth_date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """A member and those on the contract; the first person is the member."""

    details: DemoHousehold
    people: tuple[Person, ...]

    @property
    def member(self) -> Person:
        return self.people[0]

    @property
    def fund_code(self) -> str:
        """The fund of the department they live in, as most funds are numbered."""
        department = self.details.postcode[:2]
        if department == "20":
            return _CORSICAN_FUNDS["2A" if self.details.postcode < "20200" else "2B"]
        return self.details.postcode[:3] if department in {"97", "98"} else f"{department}1"


def age_on(day: date, *, birth_date: date) -> int:
    """Completed years; whoever is born on 29 February turns a year older on 1 March of common years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def households(profile: Profile, *, on: date) -> tuple[Household, ...]:
    """Everyone of the demo as the files know them that day, in the order of the profile."""
    numbers = _member_numbers(profile)
    return tuple(_household(profile.slug, each, numbers=numbers, on=on) for each in profile.demo.households)


def _household(slug: str, details: DemoHousehold, *, numbers: Iterator[str], on: date) -> Household:
    own = [_own_nir(slug, details, person=person, rank=rank) for rank, person in enumerate(details.persons)]
    people = tuple(
        Person(
            details=person,
            number=next(numbers),
            nir=own[rank] if _has_own_number(person, on=on) else own[_carrier(slug, details)],
            birth_rank=_birth_rank(details, rank=rank),
            covered_from=max(details.joined_on, person.birth_date),
            account=_account(slug, details, rank=rank, on=on),
        )
        for rank, person in enumerate(details.persons)
    )
    return Household(details=details, people=people)


def _member_numbers(profile: Profile) -> Iterator[str]:
    """Eight digits each, never the same twice, and the same ones when a household is added at the end."""
    taken: set[str] = set()
    attempt = 0
    while True:
        number = str(30_000_000 + dice(profile.slug, "number", attempt).randrange(1_000_000))
        attempt += 1
        if number not in taken:
            taken.add(number)
            yield number


def _own_nir(slug: str, details: DemoHousehold, *, person: DemoPerson, rank: int) -> nir.Nir:
    department = person.birth_department
    if department in {"2A", "2B"} and person.birth_date.year < _CORSICA_DIVIDED_IN:
        department = "20"
    return nir.make(
        sex=1 if person.sex == "M" else 2,
        year=person.birth_date.year,
        month=person.birth_date.month,
        department=department,
        commune=person.birth_commune,
        order=dice(slug, details.id, rank, "order").randint(1, 999),
    )


def _has_own_number(person: DemoPerson, *, on: date) -> bool:
    """A child is on a parent's number until the age of having a health insurance card."""
    return person.relationship != "child" or age_on(on, birth_date=person.birth_date) >= _OWN_NUMBER_AGE


def _carrier(slug: str, details: DemoHousehold) -> int:
    """Whose number the children are on: the member's, or for one family in three the spouse's."""
    has_spouse = len(details.persons) > 1 and details.persons[1].relationship == "spouse"
    return 1 if has_spouse and dice(slug, details.id, "carrier").randrange(3) == 0 else 0


def _birth_rank(details: DemoHousehold, *, rank: int) -> int:
    """1, or the order among children born the same day on the same number."""
    born = details.persons[rank].birth_date
    return 1 + sum(1 for other in details.persons[:rank] if other.birth_date == born)


def _account(slug: str, details: DemoHousehold, *, rank: int, on: date) -> Account | None:
    person = details.persons[rank]
    drawn = dice(slug, details.id, rank, "account")
    if rank == 0 and _prefers_cheques(person, on=on):
        return None
    if rank > 0 and (age_on(on, birth_date=person.birth_date) < 18 or drawn.random() < 0.6):
        return None
    bank, bic = drawn.choice(_BANKS)
    number = iban.make_french(bank, f"{drawn.randrange(100_000):05d}", f"{drawn.randrange(10**11):011d}")
    return Account(iban=number, bic=bic, holder=f"{person.first_name} {person.last_name}")


def _prefers_cheques(person: DemoPerson, *, on: date) -> bool:
    return person.claim_feed == "never" and age_on(on, birth_date=person.birth_date) >= 75
