"""Who can sign in to the demo, and with what."""

from dataclasses import dataclass
from datetime import date

from entraide.demo.people import Household, Person, households
from entraide.profiles import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """One person to be in the demo; `password` is None for whoever has yet to activate their access."""

    role: str
    segment: str
    member_number: str
    password: str | None
    nir: str
    birth_date: date
    birth_department: str
    last_name: str
    first_name: str
    activated: bool
    mobile: str | None
    email: str | None
    household: str


def demo_accounts(profile: Profile, *, on: date) -> tuple[DemoAccount, ...]:
    """The people with a role in the demo, under the numbers that `write_folder` writes for that day."""
    return tuple(
        _account(household, person=person)
        for household in households(profile, on=on)
        for person in household.people
        if person.details.role is not None
    )


def _account(household: Household, *, person: Person) -> DemoAccount:
    details = person.details
    return DemoAccount(
        role=details.role or "",
        segment=household.details.segment,
        member_number=person.number,
        password=details.password,
        nir=person.nir.value,
        birth_date=details.birth_date,
        birth_department=details.birth_department,
        last_name=details.last_name,
        first_name=details.first_name,
        activated=details.password is not None,
        mobile=details.mobile,
        email=details.email,
        household=household.details.id,
    )
