"""What the demo contracts pay, and who is covered by which from when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from entraide.demo.people import Household, Person
from entraide.profiles import DemoContract, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level of cover: cents, or percent of the base with the share of health insurance included."""

    specialist_percent: int
    surgeon_percent: int
    room_per_night: int
    glasses: int
    frame: int
    braces_per_half_year: int
    hearing_aid: int
    soft_medicine_session: int
    soft_medicine_sessions: int
    prevention_visit: int
    soles: int
    pays_minor_benefit_drugs: bool


BASE = Level(
    specialist_percent=130,
    surgeon_percent=150,
    room_per_night=5000,
    glasses=20000,
    frame=6000,
    braces_per_half_year=30000,
    hearing_aid=30000,
    soft_medicine_session=2500,
    soft_medicine_sessions=3,
    prevention_visit=2500,
    soles=4000,
    pays_minor_benefit_drugs=False,
)
ENHANCED = Level(
    specialist_percent=180,
    surgeon_percent=200,
    room_per_night=7500,
    glasses=35000,
    frame=10000,
    braces_per_half_year=60000,
    hearing_aid=60000,
    soft_medicine_session=4000,
    soft_medicine_sessions=5,
    prevention_visit=4000,
    soles=8000,
    pays_minor_benefit_drugs=True,
)

PLANS = {
    "base": Text("Niveau Essentiel", "Essential level"),
    "option": Text("Niveau Confort", "Comfort level"),
    "top_up": Text("Niveau Renfort", "Top-up level"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    contract: DemoContract
    plan: Text
    subscribed_on: date


def subscriptions(household: Household) -> tuple[Subscription, ...]:
    """The base from the first day; an option from the second first of January, as people come to it later."""
    joined = household.details.joined_on
    return tuple(
        Subscription(
            contract=contract,
            plan=PLANS[contract.tier],
            subscribed_on=joined if contract.tier == "base" else date(joined.year + 1, 1, 1),
        )
        for contract in household.details.contracts
    )


def coverages(household: Household) -> Iterator[tuple[Person, Subscription, date]]:
    """Each person under each contract, from the later of the subscription and the birth."""
    for person in household.people:
        for subscription in subscriptions(household):
            yield person, subscription, max(subscription.subscribed_on, person.covered_from)


def level_on(household: Household, *, day: date) -> Level:
    has_option = any(
        each.contract.tier != "base" and each.subscribed_on <= day for each in subscriptions(household)
    )
    return ENHANCED if has_option else BASE
