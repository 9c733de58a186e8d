"""Contracts, and whom they cover, as the management system sends them."""
# ruff: noqa: S608 (names of our own tables only)

from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.imports import Counts, Findings, Upsert, find_repeated, table
from entraide.portal.domain.members.imports import find_unknown_members
from entraide.portal.domain.members.models import Beneficiary, Member

CONTRACTS = "import_contracts"
COVERAGES = "import_coverages"


def check_contracts(findings: Findings) -> None:
    find_repeated(findings, CONTRACTS, key=["member_number", "contract_number"], column="contract_number")
    find_unknown_members(findings, CONTRACTS)


def store_contracts() -> Counts:
    names = ("label_fr", "label_en", "tier", "plan_fr", "plan_en", "subscribed_on", "ended_on")
    return Upsert(
        model=Contract,
        stage=CONTRACTS,
        joins=f"JOIN {table(Member)} m ON m.number = s.member_number",
        key=("member_id", "number"),
        values={
            "id": "s.id",
            "member_id": "m.id",
            "number": "s.contract_number",
            **{name: f"s.{name}" for name in names},
        },
    ).run()


def check_coverages(findings: Findings) -> None:
    find_repeated(
        findings,
        COVERAGES,
        key=["member_number", "contract_number", "beneficiary_number"],
        column="beneficiary_number",
    )
    find_unknown_members(findings, COVERAGES)
    findings.search(
        f"SELECT s.line, s.contract_number, s.member_number FROM {COVERAGES} s "
        f"JOIN {table(Member)} m ON m.number = s.member_number "
        f"LEFT JOIN {table(Contract)} c ON c.member_id = m.id AND c.number = s.contract_number "
        "WHERE c.id IS NULL",
        column="contract_number",
        expected="a contract of the membership {}",
    )
    findings.search(
        f"SELECT s.line, s.beneficiary_number, s.member_number FROM {COVERAGES} s "
        f"JOIN {table(Member)} m ON m.number = s.member_number "
        f"LEFT JOIN {table(Beneficiary)} b ON b.number = s.beneficiary_number AND b.member_id = m.id "
        "WHERE b.id IS NULL",
        column="beneficiary_number",
        expected="a person of the membership {}",
    )


def store_coverages() -> Counts:
    return Upsert(
        model=Coverage,
        stage=COVERAGES,
        joins=(
            f"JOIN {table(Member)} m ON m.number = s.member_number "
            f"JOIN {table(Contract)} c ON c.member_id = m.id AND c.number = s.contract_number "
            f"JOIN {table(Beneficiary)} b ON b.number = s.beneficiary_number"
        ),
        key=("contract_id", "beneficiary_id"),
        values={
            "id": "s.id",
            "contract_id": "c.id",
            "beneficiary_id": "b.id",
            "starts_on": "s.starts_on",
            "ends_on": "s.ends_on",
        },
    ).run()
