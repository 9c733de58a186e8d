"""Contributions, as the management system sends them."""
# ruff: noqa: S608 (names of our own tables only)

from entraide.portal.domain.contributions.models import Contribution
from entraide.portal.domain.imports import Counts, Findings, Upsert, find_repeated, table
from entraide.portal.domain.members.imports import find_unknown_members
from entraide.portal.domain.members.models import Member

CONTRIBUTIONS = "import_contributions"
_VALUES = (
    "year", "due_on", "label_fr", "label_en", "amount", "state", "paid_on", "method", "failure",
    "mandate_reference", "iban_end",
)  # fmt: skip


def check_contributions(findings: Findings) -> None:
    find_repeated(findings, CONTRIBUTIONS, key=["contribution_reference"], column="contribution_reference")
    find_unknown_members(findings, CONTRIBUTIONS)
    # Nobody else may come to read what a member pays.
    findings.search(
        f"SELECT s.line, s.member_number, m.number FROM {CONTRIBUTIONS} s "
        f"JOIN {table(Contribution)} c ON c.id = s.id JOIN {table(Member)} m ON m.id = c.member_id "
        "WHERE m.number <> s.member_number",
        column="member_number",
        expected="{}, who owed this contribution; a contribution keeps its membership",
    )


def store_contributions() -> Counts:
    return Upsert(
        model=Contribution,
        stage=CONTRIBUTIONS,
        joins=f"JOIN {table(Member)} m ON m.number = s.member_number",
        key=("id",),
        values={
            "id": "s.id",
            "member_id": "m.id",
            "reference": "s.contribution_reference",
            **{name: f"s.{name}" for name in _VALUES},
        },
    ).run()
