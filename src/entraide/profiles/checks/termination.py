"""The rules of termination against the rest of the mutual: known segments, and no contract without a rule."""

from collections.abc import Iterator

from entraide.profiles.decode import shown
from entraide.profiles.faults import Fault
from entraide.profiles.files import TERMINATION
from entraide.profiles.model import Segment
from entraide.profiles.termination import Termination, without_rule


def check_termination(termination: Termination, *, segments: tuple[Segment, ...]) -> Iterator[Fault]:
    known = [one.id for one in segments]
    for rule in termination.rules:
        for name in rule.segments:
            if name not in known:
                yield Fault(TERMINATION, "rule.segments", shown(name), "one of " + ", ".join(known))
    for segment, tier in without_rule(termination.rules, known):
        found = f"no rule for {shown(tier)} contracts of {shown(segment)}"
        yield Fault(TERMINATION, "rule", found, "a rule that fits every contract")
