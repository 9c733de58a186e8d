"""The page on retirement against the rest of its mutual: its readers, contracts, and a reason to talk."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from entraide.profiles.checks.references import Mention
from entraide.profiles.decode import shown
from entraide.profiles.faults import Fault
from entraide.profiles.files import RETIREMENT, PapersFile
from entraide.profiles.guarantees import Tables
from entraide.profiles.model import Segment
from entraide.profiles.retirement import Retirement, Scale

_PAGE = "retirement"


def check_retirement(
    retirement: Retirement,
    *,
    segments: tuple[Segment, ...],
    papers: PapersFile | None,
    contracts: Tables,
) -> Iterator[Fault]:
    """Every fault of `retirement.toml`."""
    known = [one.id for one in segments]
    for name in retirement.segments:
        if name not in known:
            yield Fault(RETIREMENT, "segments", shown(name), "one of " + ", ".join(known))
    if papers is not None:
        categories = papers.deposit.categories
        reasons = [kind.id for one in categories if one.by_message for kind in one.types]
        if reasons and retirement.reason not in reasons:
            yield Fault(RETIREMENT, "reason", shown(retirement.reason), "one of " + ", ".join(reasons))
    for place, scale in enumerate(retirement.scales, start=1):
        yield from _check_scale(scale, place, contracts=contracts)


def check_retirement_pages(
    mentions: Iterable[Mention], *, retirement: Retirement | None, segments: tuple[Segment, ...]
) -> Iterator[Fault]:
    """Nobody is shown the name of a page that is not theirs."""
    theirs = set(retirement.segments) if retirement else set()
    for mention in mentions:
        others = mention.readers(segments) - theirs
        if mention.page == _PAGE and others:
            told = ", ".join(sorted(others))
            yield Fault(mention.file, f"{mention.key}.page", f"shown to {told}", f"segments of {RETIREMENT}")


def _check_scale(scale: Scale, place: int, *, contracts: Tables) -> Iterator[Fault]:
    # A contract without a table cannot be looked at: its examples are not shown either.
    for number in scale.contracts:
        if number in contracts and contracts[number][-1].group:
            key = f"scale[{place}].contracts"
            yield Fault(RETIREMENT, key, f"{shown(number)}, a group contract", "an individual contract")
    for one, following in pairwise(scale.ages):
        if following.age <= one.age:
            expected = f"an age above {one.age}"
            yield Fault(RETIREMENT, f"scale[{place}].age", str(following.age), expected)
