"""Networks that members can reach, with figures that mean something."""

from collections.abc import Iterator

from entraide.profiles.checks.hours import check_hours
from entraide.profiles.checks.references import duplicates
from entraide.profiles.decode import shown
from entraide.profiles.faults import Fault
from entraide.profiles.files import NETWORKS
from entraide.profiles.model import Segment
from entraide.profiles.networks import Network, NetworkDomain, Networks
from entraide.profiles.opening import OpeningHours

_STEPS = 3


def check_networks(networks: Networks, *, segments: tuple[Segment, ...] | None) -> Iterator[Fault]:
    """Every fault of `networks.toml`."""
    yield from duplicates(networks.ids, file=NETWORKS, key="network")
    if not networks.networks:
        yield Fault(NETWORKS, "network", "an empty list", "at least one network")
    if len(networks.steps) != _STEPS:
        yield Fault(NETWORKS, "step", f"{len(networks.steps)} steps", f"{_STEPS} steps")
    known = None if segments is None else [one.id for one in segments]
    for network in networks.networks:
        yield from _check_network(network, known)
    if networks.federation is not None:
        yield from _open_sometime(networks.federation.hours, key="federation.hours")


def _check_network(network: Network, known: list[str] | None) -> Iterator[Fault]:
    key = f"network[{network.id}]"
    yield from _open_sometime(network.hours, key=f"{key}.hours")
    professions = [one.profession for one in network.domains]
    yield from duplicates(professions, file=NETWORKS, key=f"{key}.domain.profession")
    if not network.domains:
        yield Fault(NETWORKS, f"{key}.domain", "an empty list", "at least one profession")
    for name in network.segments:
        if known is not None and name not in known:
            yield Fault(NETWORKS, f"{key}.segments", shown(name), "one of " + ", ".join(known))
    for domain in network.domains:
        yield from _check_domain(domain, key=f"{key}.domain[{domain.profession}]")


def _check_domain(domain: NetworkDomain, *, key: str) -> Iterator[Fault]:
    for number, saving in enumerate(domain.savings, 1):
        if saving.percent > 100:
            yield Fault(NETWORKS, f"{key}.saving[#{number}].percent", str(saving.percent), "100 at the most")
    for number, warranty in enumerate(domain.warranties, 1):
        if (warranty.months is None) == (warranty.days is None):
            found = "both" if warranty.months else "neither"
            yield Fault(NETWORKS, f"{key}.warranty[#{number}]", found, "months or days")
    if (domain.from_cents is None) != (domain.price_of is None):
        yield Fault(NETWORKS, f"{key}.price_of", "one of the two", "price_of together with from_cents")


def _open_sometime(hours: tuple[OpeningHours, ...], *, key: str) -> Iterator[Fault]:
    if not hours:
        yield Fault(NETWORKS, key, "an empty list", "the hours at which somebody answers")
    yield from check_hours(hours, file=NETWORKS, key=key)
