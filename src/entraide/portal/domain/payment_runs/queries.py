"""What the people of the mutual may know of payment runs; members see payments and statements instead."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from entraide.portal.domain.payment_runs.enums import HeldReason
from entraide.portal.domain.payment_runs.models import PaymentRun


@dataclass(frozen=True, slots=True)
class HeldSum:
    """Payees of one reason, their lines and what they are owed; cents, negative for debts."""

    reason: HeldReason
    payees: int
    lines: int
    amount: int


def run_by_number(number: str) -> PaymentRun | None:
    """For the command line only."""
    return PaymentRun.objects.filter(number=number).first()


def latest_runs(*, limit: int = 20) -> list[PaymentRun]:
    """Newest first."""
    return list(PaymentRun.objects.order_by("-pk")[:limit])


def held_by(run: PaymentRun) -> list[HeldSum]:
    """What this run left for later, by reason."""
    rows = run.held.values("reason").annotate(payees=Count("pk"), of_lines=Sum("lines"), owed=Sum("amount"))
    return [
        HeldSum(HeldReason(row["reason"]), row["payees"], row["of_lines"], row["owed"])
        for row in rows.order_by("reason")
    ]


def states_of(run: PaymentRun) -> dict[str, int]:
    """How many transfers are in each state."""
    rows = run.transfers_of.values_list("state").annotate(count=Count("pk")).order_by("state")
    return dict(rows)
