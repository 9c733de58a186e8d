"""The output of the engine: who pays what, and every step that led there."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from entraide.reimbursement.money import Words, euros


class StepKind(StrEnum):
    """What a step is about, in the order in which steps come."""

    SPEND = "spend"
    BASE = "base"
    COMPULSORY = "compulsory"
    LOCAL_SCHEME = "local_scheme"
    WITHHELD = "withheld"
    COPAYMENT = "copayment"
    EXCESS = "excess"
    GUARANTEE = "guarantee"
    LIMIT = "limit"
    POLICY = "policy"
    PAID = "paid"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: cents, the rule that was applied, where the rule or its figure comes from, and the words."""

    kind: StepKind
    amount: int
    rule: str
    source: str
    words: Words
    contract: str = ""

    @property
    def title(self) -> Words:
        """The sentence without its amount, for a page that shows amounts in a column of their own."""
        shown = euros(self.amount)
        return Words(
            self.words.fr.removesuffix(f"\N{NO-BREAK SPACE}: {shown.fr}."),
            self.words.en.removesuffix(f": {shown.en}."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What a line adds to a counter; `units` counts acts, `amount` cents."""

    key: str
    on: date
    amount: int
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one contract pays, in cents."""

    contract: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Display:
    """The four amounts that are shown, and the part of `left` that nobody may refund (domain §4)."""

    spend: int
    amo: int
    amc: int
    left: int
    not_refundable: int
    note: Words | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """One priced line: `fee = amo + amc + left`, all in cents.

    `amo` is net of `withheld` (flat contribution or deductible); `gross` is the share before it.
    """

    line: str
    on: date
    fee: int
    base: int
    rate: int
    gross: int
    withheld: int
    amo: int
    shares: tuple[Share, ...]
    left: int
    steps: tuple[Step, ...]
    movements: tuple[Movement, ...]

    @property
    def amc(self) -> int:
        """Everything that the contracts of the member pay together."""
        return sum(share.amount for share in self.shares)

    @property
    def rules(self) -> tuple[str, ...]:
        """Identifiers of the rules in the order of the steps."""
        return tuple(step.rule for step in self.steps)

    def display(self) -> Display:
        """What a page shows; a contribution is told apart, so that nothing is called free that is not."""
        note = None
        if self.withheld:
            amount = euros(self.withheld)
            note = Words(
                f"dont {amount.fr} non remboursables (participation forfaitaire ou franchise)",
                f"of which {amount.en} cannot be refunded (flat contribution or deductible)",
            )
        return Display(
            spend=self.fee,
            amo=self.amo,
            amc=self.amc,
            left=self.left,
            not_refundable=self.withheld,
            note=note,
        )
