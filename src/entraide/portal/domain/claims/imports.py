"""Payments and the care behind them, as the management system sends them."""
# ruff: noqa: S608 (names of our own tables only)

from django.db import connection

from entraide.formats.money import format_cents
from entraide.portal.domain.claims.models import Payment, PaymentLine, Statement
from entraide.portal.domain.imports import (
    FINDINGS_SHOWN,
    Counts,
    Finding,
    Findings,
    Refused,
    Upsert,
    find_repeated,
    quoted,
    rows_of,
    table,
)
from entraide.portal.domain.members.imports import find_unknown_members
from entraide.portal.domain.members.models import Beneficiary, Member

PAYMENTS = "import_payments"
LINES = "import_payment_lines"
_DETAILS = (
    "quantity", "sector", "pathway", "exemption", "withheld", "side", "tooth", "lens_right", "lens_left",
    "stay_from", "stay_until", "ward",
)  # fmt: skip


def check_payments(findings: Findings) -> None:
    find_repeated(findings, PAYMENTS, key=["payment_reference"], column="payment_reference")
    find_unknown_members(findings, PAYMENTS)
    # Its lines are about people of the first membership: nobody else may come to read them.
    findings.search(
        f"SELECT s.line, s.member_number, m.number FROM {PAYMENTS} s JOIN {table(Payment)} p ON p.id = s.id "
        f"JOIN {table(Member)} m ON m.id = p.member_id WHERE m.number <> s.member_number",
        column="member_number",
        expected="{}, to whom this payment was made; a payment keeps its membership",
    )


def store_payments(*, lines_follow: bool) -> Counts:
    """Payments and their statements; raises Refused when stored lines do not add up to a changed amount.

    With `lines_follow` the same run brings the lines, and the sums are looked at after them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table(Statement)} (id, member_id, number, issued_on) "
            f"SELECT s.statement_id, m.id, s.statement_number, MAX(s.paid_on) FROM {PAYMENTS} s "
            f"JOIN {table(Member)} m ON m.number = s.member_number "
            f"LEFT JOIN {table(Statement)} t ON t.id = s.statement_id WHERE t.id IS NULL "
            "GROUP BY s.statement_id, m.id, s.statement_number"
        )
    counts = _upsert_payments()
    _refresh_statements(moved=bool(counts.changed))
    findings = Findings()
    if counts.changed and not lines_follow:
        _find_wrong_sums(findings, touched=f"SELECT id, line FROM {PAYMENTS}", column="amount")
    if findings.total:
        raise Refused(findings)
    return counts


def _upsert_payments() -> Counts:
    return Upsert(
        model=Payment,
        stage=PAYMENTS,
        joins=f"JOIN {table(Member)} m ON m.number = s.member_number",
        key=("id",),
        values={
            "id": "s.id",
            "member_id": "m.id",
            "statement_id": "s.statement_id",
            "reference": "s.payment_reference",
            **{
                name: f"s.{name}"
                for name in ("paid_on", "amount", "payee", "payee_name", "method", "iban_end")
            },
        },
    ).run()


def _refresh_statements(*, moved: bool) -> None:
    """A statement has the date of its last payment; one that a correction left empty goes.

    New payments concern their own statements; a changed one may also have left another of the member's.
    """
    of_members = f"SELECT m.id FROM {PAYMENTS} s JOIN {table(Member)} m ON m.number = s.member_number"
    concerned = f"member_id IN ({of_members})" if moved else f"id IN (SELECT statement_id FROM {PAYMENTS})"
    latest = f"(SELECT MAX(p.paid_on) FROM {table(Payment)} p WHERE p.statement_id = {table(Statement)}.id)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table(Statement)} SET issued_on = {latest} WHERE {concerned} AND issued_on <> {latest}"
        )
        cursor.execute(
            f"DELETE FROM {table(Statement)} WHERE {concerned} "
            f"AND NOT EXISTS (SELECT 1 FROM {table(Payment)} p WHERE p.statement_id = {table(Statement)}.id)"
        )


def check_lines(findings: Findings) -> None:
    find_repeated(findings, LINES, key=["id"], shown="line_reference", column="line_reference")
    if _points_outside():
        _find_unknown_payments(findings)
        _find_other_people(findings)
    findings.search(
        f"SELECT s.line, s.payment_reference, p.reference FROM {LINES} s "
        f"JOIN {table(PaymentLine)} t ON t.id = s.id JOIN {table(Payment)} p ON p.id = t.payment_id "
        f"JOIN {table(Payment)} n ON n.id = s.payment_id WHERE n.member_id <> p.member_id",
        column="payment_reference",
        expected="{}, where this line is already; a line keeps its membership",
    )


def _points_outside() -> bool:
    """One pass over the stage; what is wrong is told apart only when something is."""
    return bool(
        rows_of(
            f"SELECT 1 FROM {LINES} s LEFT JOIN {table(Payment)} p ON p.id = s.payment_id "
            f"LEFT JOIN {table(Beneficiary)} b "
            "ON b.number = s.beneficiary_number AND b.member_id = p.member_id WHERE b.id IS NULL LIMIT 1"
        )
    )


def _find_unknown_payments(findings: Findings) -> None:
    findings.search(
        f"SELECT s.line, s.payment_reference FROM {LINES} s "
        f"LEFT JOIN {table(Payment)} p ON p.id = s.payment_id WHERE p.id IS NULL",
        column="payment_reference",
        expected="a payment in payments.csv or loaded before",
    )


def _find_other_people(findings: Findings) -> None:
    findings.search(
        f"SELECT s.line, s.beneficiary_number, m.number FROM {LINES} s "
        f"JOIN {table(Payment)} p ON p.id = s.payment_id JOIN {table(Member)} m ON m.id = p.member_id "
        f"LEFT JOIN {table(Beneficiary)} b ON b.number = s.beneficiary_number AND b.member_id = p.member_id "
        "WHERE b.id IS NULL",
        column="beneficiary_number",
        expected="a person of the membership {}, to which the payment was made",
    )


def store_lines(*, payments_in_run: bool) -> Counts:
    """Lines of care; raises Refused when the lines of a payment do not add up to what was paid."""
    told = ("claim_number", "care_date", "kind", "act_code", "label_fr", "label_en", "professional")
    amounts = ("charged", "base", "rate", "amo", "amc", "left")
    counts = Upsert(
        model=PaymentLine,
        stage=LINES,
        joins=f"JOIN {table(Beneficiary)} b ON b.number = s.beneficiary_number",
        key=("id",),
        values={
            "id": "s.id",
            "payment_id": "s.payment_id",
            "beneficiary_id": "b.id",
            "reference": "s.line_reference",
            **{name: f"s.{quoted(name)}" for name in (*told, *amounts, *_DETAILS)},
            "sight_changed": "s.sight_changed = 'yes'",
            # A file that does not tell opens nothing that an earlier one closed.
            "confidential": (
                "CASE WHEN s.confidential = '' THEN COALESCE(t.confidential, FALSE) "
                "ELSE s.confidential = 'yes' END"
            ),
        },
    ).run()
    findings = Findings()
    _find_wrong_sums(
        findings, touched=f"SELECT payment_id AS id, MIN(line) AS line FROM {LINES} GROUP BY payment_id"
    )
    if payments_in_run:
        _find_wrong_sums(
            findings,
            touched=(
                f"SELECT q.id, CAST(NULL AS integer) AS line FROM {PAYMENTS} q "
                f"LEFT JOIN (SELECT DISTINCT payment_id FROM {LINES}) l ON l.payment_id = q.id "
                "WHERE l.payment_id IS NULL"
            ),
        )
    if findings.total:
        raise Refused(findings)
    return counts


def _find_wrong_sums(findings: Findings, *, touched: str, column: str = "amc") -> None:
    """Payments whose lines do not add up to their amount. One without a line may wait for them."""
    wrong = rows_of(
        "SELECT y.*, COUNT(*) OVER () FROM (SELECT x.line, p.reference, p.amount, "
        f"(SELECT SUM(l.amc) FROM {table(PaymentLine)} l WHERE l.payment_id = x.id) AS total "
        f"FROM ({touched}) x JOIN {table(Payment)} p ON p.id = x.id) y "
        f"WHERE total <> amount ORDER BY 1, 2 LIMIT {FINDINGS_SHOWN}"
    )
    for line, reference, amount, total, _ in wrong:
        findings.add(
            Finding(
                line,
                column,
                found=f"{format_cents(int(total))} in all for the payment {reference}",
                expected=f"{format_cents(amount)}, the amount of that payment",
            )
        )
    findings.total += wrong[0][-1] - len(wrong) if wrong else 0
