"""Who is covered by which contract from when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from entraide.demo.people import Household, Person
from entraide.profiles import DemoContract, Text
from entraide.reimbursement import Contract, Cover, Enrolment, Words
from entraide.reimbursement.complementary.guarantees import CoverageTier

_TIERS = ("base", "option", "top_up")


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


def cover_of(household: Household, person: Person, *, tables: Mapping[str, tuple[Contract, ...]]) -> Cover:
    """The person's contracts as the engine sees them.

    One that the mutual has not written as data pays what the law asks of every responsible contract.
    """
    held = [(each, since) for other, each, since in coverages(household) if other is person]
    return Cover(
        enrolments=tuple(
            Enrolment(versions=tables.get(each.contract.number) or (_least(each.contract),), since=since)
            for each, since in sorted(held, key=lambda one: _TIERS.index(one[0].contract.tier))
        ),
        family=household.member.number,
    )


def _least(contract: DemoContract) -> Contract:
    return Contract(
        number=contract.number,
        label=Words(contract.label.fr, contract.label.en),
        tier=CoverageTier(contract.tier),
        responsible=True,
        group=False,
        third_party_payment=True,
        pays_increase=False,
        valid_from=date.min,
        valid_until=None,
        guarantees=(),
    )
