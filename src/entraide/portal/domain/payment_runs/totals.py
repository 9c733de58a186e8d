"""Sums that must agree: lines, payments, statements and transfers of one run (I7)."""
# ruff: noqa: S608 (names of our own tables only)

from dataclasses import astuple, dataclass

from entraide.portal.domain.claims.models import Payment, PaymentLine, Statement
from entraide.portal.domain.imports import rows_of, table
from entraide.portal.domain.payment_runs.models import PaymentRun, Transfer, TransferPart


@dataclass(frozen=True, slots=True)
class Totals:
    """Each counted from its own rows; cents."""

    lines: int
    payments: int
    statements: int
    transfers: int

    @property
    def agree(self) -> bool:
        return len(set(astuple(self))) == 1


def totals_of(run: PaymentRun) -> Totals:
    """The sums of an ordered run. A payment that is paid again counts with the run that pays it."""
    parts, payments = table(TransferPart), table(Payment)
    of_run = f"SELECT payment_id FROM {parts} WHERE run_id = %s"
    again = f"SELECT payment_id FROM {parts} WHERE run_id = %s AND repays"
    return Totals(
        lines=_sum(f"SELECT SUM(amc) FROM {table(PaymentLine)} WHERE payment_id IN ({of_run})", run.pk),
        payments=_sum(f"SELECT SUM(amount) FROM {payments} WHERE id IN ({of_run})", run.pk),
        statements=_sum(
            f"SELECT SUM(p.amount) FROM {payments} p JOIN {table(Statement)} s ON s.id = p.statement_id "
            f"WHERE s.number = %s OR p.id IN ({again})",
            run.number,
            run.pk,
        ),
        transfers=_sum(f"SELECT SUM(amount) FROM {table(Transfer)} WHERE run_id = %s", run.pk),
    )


def _sum(sql: str, *params: object) -> int:
    return int(rows_of(sql, params)[0][0] or 0)
