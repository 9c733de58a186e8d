"""A person seen by the care generator: age, and who treats them."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from entraide.demo.chance import dice, working_day
from entraide.demo.people import Household, Person
from entraide.demo.practices import Practices

_FIRST_YEAR = 2015
# More than a leap day and the holidays after which a practice opens again.
_LATER_EACH_YEAR = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    slug: str
    household: Household
    person: Person
    practices: Practices

    def uses(self, kind: str) -> bool:
        return kind in self.person.details.care_profile

    def age_on(self, day: date) -> int:
        return self.person.age_on(day)

    def dice(self, *names: object) -> Random:
        return dice(self.slug, self.household.details.id, self.person.number, *names)

    def has_turn(self, year: int, *, kind: str, every: int) -> bool:
        """Whether it is this person's year for something that comes back every so many years."""
        return year % every == self.dice(kind).randrange(every)

    def yearly_day(self, year: int, *, kind: str) -> date:
        """About the same day each year, a little later each time: what is renewed never comes too early."""
        later = self.dice(kind, "day").randrange(120) + _LATER_EACH_YEAR * max(0, year - _FIRST_YEAR)
        return working_day(date(year, 2, 1) + timedelta(days=later))
