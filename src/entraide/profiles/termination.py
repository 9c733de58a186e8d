"""When a contract can be ended (`termination.toml`), and on which day it then ends (B-12).

Code de la mutualité: L221-10 (each year, with notice), L221-10-2 and R221-5 (at any time after one year, with
effect one month after the mutual was told; never for the members of a mandatory group contract).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import get_args

from entraide.profiles.shapes import ContractTier, Identifier, MonthDay, Positive
from entraide.reimbursement.dates import add_months

# Any time begins after this; a contract ended so lasts one month more.
ANYTIME_AFTER_MONTHS = 12
ANYTIME_EFFECT_MONTHS = 1
# What was paid ahead comes back within so many days (L221-10-2).
REFUND_DAYS = 30
# To go back on a membership that was made at a distance (L221-18).
SECOND_THOUGHTS_DAYS = 14


class EndingWay(StrEnum):
    """Which rule ends a contract. `employer`: its member cannot, the employer holds it."""

    ANYTIME = "anytime"
    YEARLY = "yearly"
    EMPLOYER = "employer"


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminationRule:
    """Of the contracts of these segments and tiers (none: of all). `mandatory`: a mandatory group contract.

    `year_ends`: the last day of the contract's year, on which the yearly rule ends it.
    """

    segments: tuple[Identifier, ...] = ()
    tiers: tuple[ContractTier, ...] = ()
    mandatory: bool = False
    year_ends: MonthDay = "12-31"

    def fits(self, segment: str, tier: str) -> bool:
        return (not self.segments or segment in self.segments) and (not self.tiers or tier in self.tiers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Termination:
    """The first rule that fits a contract counts. `notice_months`: of the yearly rule, before its day."""

    rules: tuple[TerminationRule, ...] = field(metadata={"key": "rule"})
    notice_months: Positive = 2

    def rule_for(self, segment: str, tier: str) -> TerminationRule:
        """Every segment and tier has one: the profile was checked."""
        return next(one for one in self.rules if one.fits(segment, tier))

    def ending_of(self, *, segment: str, tier: str, subscribed_on: date, told_on: date) -> "Ending":
        """What happens to a contract when the mutual is told on that day; days are the last ones covered."""
        rule = self.rule_for(segment, tier)
        if rule.mandatory:
            return Ending(way=EndingWay.EMPLOYER)
        anytime_from = add_months(subscribed_on, ANYTIME_AFTER_MONTHS)
        if told_on >= anytime_from:
            return Ending(way=EndingWay.ANYTIME, last_day=add_months(told_on, ANYTIME_EFFECT_MONTHS))
        last_day = self._year_end(rule, subscribed_on=subscribed_on, told_on=told_on)
        sooner = add_months(anytime_from, ANYTIME_EFFECT_MONTHS)
        return Ending(
            way=EndingWay.YEARLY,
            last_day=last_day,
            told_by=add_months(last_day, -self.notice_months),
            anytime_from=anytime_from if sooner < last_day else None,
            anytime_last_day=sooner if sooner < last_day else None,
        )

    def _year_end(self, rule: TerminationRule, *, subscribed_on: date, told_on: date) -> date:
        """The first end of a year of the contract for which the notice is still in time."""
        month, day = (int(part) for part in rule.year_ends.split("-"))
        first = max(told_on, subscribed_on).year
        ends = (date(year, month, day) for year in range(first, first + 3))
        return next(
            one for one in ends if one >= subscribed_on and told_on <= add_months(one, -self.notice_months)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a contract ends if the mutual is told today; without `last_day` its member cannot end it.

    `told_by`: until when the notice of the yearly rule was in time. `anytime_from`: from that day on it could
    be ended at any time, and so sooner, on `anytime_last_day`; None where waiting gains nothing.
    """

    way: EndingWay
    last_day: date | None = None
    told_by: date | None = None
    anytime_from: date | None = None
    anytime_last_day: date | None = None


def without_rule(rules: Iterable[TerminationRule], segments: Iterable[str]) -> list[tuple[str, str]]:
    """The segments and tiers of contract that no rule fits."""
    known = tuple(rules)
    return [
        (segment, tier)
        for segment in segments
        for tier in get_args(ContractTier)
        if not any(one.fits(segment, tier) for one in known)
    ]
