"""The social fund of a mutual that has one (`social_fund.toml`): aids, papers, days of the commission."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from entraide.profiles.shapes import Identifier, Positive
from entraide.profiles.text import Text

MONTHS_BETWEEN_COMMISSIONS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Aid:
    """One kind of aid. `type`: of the fund's category in papers.toml; `papers`: ids of pieces.toml.

    `needs_amount`: it helps with a sum that is known, such as a bill.
    """

    type: Identifier
    purpose: Text
    papers: tuple[Identifier, ...]
    needs_amount: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialFund:
    """`asks_resources`: what comes in each month is asked, which nobody has to tell.

    `commissions`: the days on which it decides; `file_days`: a file must be whole so long before.
    `answer_days`: the decision is told within so many working days.
    """

    category: Identifier
    aids: tuple[Aid, ...] = field(metadata={"key": "aid"})
    commissions: tuple[date, ...]
    asks_resources: bool = False
    file_days: Positive = 10
    answer_days: Positive = 5

    def aid_named(self, type_id: str) -> Aid | None:
        return next((one for one in self.aids if one.type == type_id), None)

    def commission_for(self, on: date) -> date | None:
        """The first one for which a file of this day is in time; None once the agenda has come to its end."""
        return next((one for one in self.commissions if one >= on + timedelta(days=self.file_days)), None)

    def files_until(self, commission: date) -> date:
        """The last day on which a file for this commission may become whole."""
        return commission - timedelta(days=self.file_days)

    def after(self, day: date) -> tuple[date, ...]:
        """The commissions after this day."""
        return tuple(one for one in self.commissions if one > day)
