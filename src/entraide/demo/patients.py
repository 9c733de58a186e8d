"""A person seen by the care generator: age, cover and professionals on a given day."""

from dataclasses import dataclass
from datetime import date
from random import Random

from entraide.demo import tariffs
from entraide.demo.chance import dice
from entraide.demo.cover import Level, level_on
from entraide.demo.people import Household, Person
from entraide.demo.practices import Practices


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

    def level_on(self, day: date) -> Level:
        return level_on(self.household, day=day)

    def dice(self, *names: object) -> Random:
        return dice(self.slug, self.household.details.id, self.person.number, *names)

    def has_turn(self, year: int, *, kind: str, every: int) -> bool:
        """Whether it is this person's year for something that comes back every so many years."""
        return year % every == self.dice(kind).randrange(every)

    def participation(self, day: date) -> int:
        return tariffs.at(tariffs.PARTICIPATION, day) if self._pays_on(day) else 0

    def box_franchise(self, day: date) -> int:
        return tariffs.at(tariffs.BOX_FRANCHISE, day) if self._pays_on(day) else 0

    def trip_franchise(self, day: date) -> int:
        return tariffs.at(tariffs.TRIP_FRANCHISE, day) if self._pays_on(day) else 0

    def _pays_on(self, day: date) -> bool:
        return self.age_on(day) >= tariffs.FIRST_AGE_THAT_PAYS
