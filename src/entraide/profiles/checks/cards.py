"""A card against its mutual: each code once, and levels of contracts that have a table of guarantees."""

from collections.abc import Collection, Iterator

from entraide.profiles.cards import Card
from entraide.profiles.checks.references import duplicates
from entraide.profiles.decode import shown
from entraide.profiles.faults import Fault
from entraide.profiles.files import CARD


def check_card(card: Card, *, contracts: Collection[str]) -> Iterator[Fault]:
    """Every fault of `card.toml`. `contracts`: the numbers that have a table; none: any number will do."""
    yield from duplicates((one.code for one in card.domains), file=CARD, key="domain")
    if not card.domains:
        yield Fault(CARD, "domain", "an empty list", "at least one domain of care")
    for domain in card.domains:
        key = f"domain[{domain.code}].level"
        yield from duplicates((one.contract for one in domain.levels), file=CARD, key=key)
        for level in domain.levels:
            if contracts and level.contract not in contracts:
                yield Fault(CARD, key, shown(level.contract), "one of " + ", ".join(sorted(contracts)))
