"""What a partner tells of teleconsultations: one household that uses some, one that has used them all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from entraide.demo.people import Household, Person
from entraide.profiles import Profile, counted_partners

TIMES = ((3, 1, 0, 2), (5,))
"""How many this year, by household and person, in the order of the profile; nobody else any."""

_TOLD_AFTER = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Teleconsultation:
    reference: str
    partner: str
    person_number: str
    consulted_on: date
    state: str
    told_until: date


def teleconsultations_of(
    profile: Profile, people: tuple[Household, ...], *, on: date
) -> Iterator[Teleconsultation]:
    """This year's, up to the day that the partner has told; one of each person was taken back."""
    new_year = date(on.year, 1, 1)
    until = max(on - _TOLD_AFTER, new_year)
    for partner in counted_partners(profile.partners):
        theirs = [each for each in people if partner.is_for(each.details.segment)]
        for household, times in zip(theirs, TIMES, strict=False):
            for person, held in zip(household.people, times, strict=False):
                if person.covered_from <= new_year:
                    yield from _of_person(partner.id, person, held=held, until=until)


def _of_person(partner: str, person: Person, *, held: int, until: date) -> Iterator[Teleconsultation]:
    """Spread over what has passed of the year; the last one before `until` was cancelled."""
    days = (until - date(until.year, 1, 1)).days
    for rank in range(held + 1 if held else 0):
        yield Teleconsultation(
            reference=f"T{person.number}-{until.year}-{rank + 1}",
            partner=partner,
            person_number=person.number,
            consulted_on=date(until.year, 1, 1) + timedelta(days=days * rank // held),
            state="held" if rank < held else "cancelled",
            told_until=until,
        )
