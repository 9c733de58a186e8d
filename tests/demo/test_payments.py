"""Payments of the demo: totals, payees, weekly runs and monthly statements."""

import re
from collections import Counter, defaultdict
from datetime import date

from entraide.demo import write_folder
from entraide.formats.money import parse_cents
from tests.demo.conftest import ON, DemoFolder

REFERENCE = re.compile(r"[A-Za-z0-9-]{1,40}")


def test_a_payment_is_the_sum_of_its_lines(demo):
    sums: dict[str, int] = defaultdict(int)
    for row in demo.rows("payment_lines"):
        sums[row["payment_reference"]] += parse_cents(row["amc"])
    payments = demo.rows("payments")

    assert set(sums) == {row["payment_reference"] for row in payments}
    for row in payments:
        assert parse_cents(row["amount"]) == sums[row["payment_reference"]] > 0


def test_payments_cover_three_years_in_weekly_runs(demo):
    days = sorted(date.fromisoformat(row["paid_on"]) for row in demo.rows("payments"))

    assert date(2023, 11, 22) < days[0] < date(2024, 1, 1)
    assert date(2026, 11, 1) < days[-1] <= ON
    assert len({day.weekday() for day in days}) == 1


def test_care_comes_before_its_payment(demo):
    paid_on = {row["payment_reference"]: row["paid_on"] for row in demo.rows("payments")}

    for row in demo.rows("payment_lines"):
        assert row["care_date"] < paid_on[row["payment_reference"]]


def test_a_family_has_a_few_hundred_lines(demo):
    member_of = {row["beneficiary_number"]: row["member_number"] for row in demo.rows("beneficiaries")}
    people = Counter(member_of.values())
    lines = Counter(member_of[row["beneficiary_number"]] for row in demo.rows("payment_lines"))

    for member, count in lines.items():
        assert count <= 150 + 75 * people[member]
    assert max(lines.values()) >= 150


def test_a_month_has_one_statement_sometimes_two_sometimes_none(demo):
    """REMB-02."""
    statements: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in demo.rows("payments"):
        statements[row["member_number"], row["paid_on"][:7]].add(row["statement_number"])
    sizes = Counter(len(numbers) for numbers in statements.values())

    assert set(sizes) == {1, 2}
    assert sizes[1] > sizes[2]
    months = Counter(member for member, _ in statements)
    assert min(months.values()) < 36


def test_a_statement_belongs_to_one_member_and_one_month(demo):
    owners = defaultdict(set)
    for row in demo.rows("payments"):
        owners[row["statement_number"]].add((row["member_number"], row["paid_on"][:7]))

    assert all(len(facts) == 1 for facts in owners.values())


def test_professionals_are_paid_directly_when_they_did_not_ask_the_patient(demo):
    payments = demo.rows("payments")
    direct = [row for row in payments if row["payee"] == "professional"]

    assert direct
    assert all(row["payee_name"] and not row["iban_end"] for row in direct)


def test_a_transfer_to_the_member_names_the_end_of_a_known_account(demo):
    ends = defaultdict(set)
    for row in demo.rows("beneficiaries"):
        if row["iban"]:
            ends[row["member_number"]].add(row["iban"][-4:])

    for row in demo.rows("payments"):
        if row["payee"] == "member":
            assert row["method"] == ("transfer" if row["iban_end"] else "cheque")
            assert not row["iban_end"] or row["iban_end"] in ends[row["member_number"]]


def test_references_are_short_and_unique(demo):
    for table, column in (
        ("payments", "payment_reference"),
        ("payment_lines", "line_reference"),
        ("documents", "document_reference"),
    ):
        values = [row[column] for row in demo.rows(table)]
        assert len(set(values)) == len(values)
        assert all(REFERENCE.fullmatch(value) for value in values)


def test_a_month_later_nothing_already_paid_has_changed(profile, demo, tmp_path):
    write_folder(profile, tmp_path, on=date(2026, 12, 22))
    later = {row["line_reference"]: row for row in DemoFolder(tmp_path).rows("payment_lines")}
    since = "2023-12-22"
    paid_on = {row["payment_reference"]: row["paid_on"] for row in demo.rows("payments")}

    kept = [row for row in demo.rows("payment_lines") if paid_on[row["payment_reference"]] > since]
    assert kept
    assert all(later[row["line_reference"]] == row for row in kept)
    assert len(later) > len(kept)
