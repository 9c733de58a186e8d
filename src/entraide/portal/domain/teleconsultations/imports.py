"""Teleconsultations, as a partner told them to the mutual."""
# ruff: noqa: S608 (names of our own tables only)

from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.imports import Counts, Findings, Upsert, find_repeated, table
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.teleconsultations.enums import TeleconsultationState
from entraide.portal.domain.teleconsultations.models import Teleconsultation

TELECONSULTATIONS = "import_teleconsultations"


def check_teleconsultations(findings: Findings) -> None:
    find_repeated(
        findings,
        TELECONSULTATIONS,
        key=["id"],
        shown="teleconsultation_reference",
        column="teleconsultation_reference",
    )
    findings.search(
        f"SELECT s.line, s.beneficiary_number FROM {TELECONSULTATIONS} s "
        f"LEFT JOIN {table(Beneficiary)} b ON b.number = s.beneficiary_number WHERE b.id IS NULL",
        column="beneficiary_number",
        expected="the number of a person in beneficiaries.csv or loaded before",
    )
    # Nobody else may come to read that somebody saw a doctor.
    findings.search(
        f"SELECT s.line, s.beneficiary_number, b.number FROM {TELECONSULTATIONS} s "
        f"JOIN {table(Teleconsultation)} t ON t.id = s.id JOIN {table(Beneficiary)} b ON b.id = t.person_id "
        "WHERE b.number <> s.beneficiary_number",
        column="beneficiary_number",
        expected=(
            "{}, whose consultation this is; it keeps its person: "
            "cancel it and send the right one under another reference"
        ),
    )
    _find_days_without_cover(findings)


def _find_days_without_cover(findings: Findings) -> None:
    """Of what is told for the first time: a cover that ends later takes back nothing that was right."""
    covered = (
        f"SELECT 1 FROM {table(Coverage)} c JOIN {table(Contract)} k ON k.id = c.contract_id "
        "WHERE c.beneficiary_id = b.id AND c.starts_on <= s.consulted_on "
        "AND (c.ends_on IS NULL OR c.ends_on >= s.consulted_on) "
        "AND (k.ended_on IS NULL OR k.ended_on >= s.consulted_on)"
    )
    findings.search(
        f"SELECT s.line, s.consulted_on FROM {TELECONSULTATIONS} s "
        f"JOIN {table(Beneficiary)} b ON b.number = s.beneficiary_number "
        f"LEFT JOIN {table(Teleconsultation)} t ON t.id = s.id "
        f"WHERE s.state = '{TeleconsultationState.HELD}' AND NOT EXISTS ({covered}) "
        "AND (t.id IS NULL OR t.cancelled OR t.consulted_on <> s.consulted_on)",
        column="consulted_on",
        expected="a day on which a contract covered the person",
    )


def store_teleconsultations() -> Counts:
    """What was told later stays: an older file that comes again changes nothing of it."""
    is_older = "t.told_until > s.told_until"
    is_silent = f"s.confidential = '' OR {is_older}"
    return Upsert(
        model=Teleconsultation,
        stage=TELECONSULTATIONS,
        joins=f"JOIN {table(Beneficiary)} b ON b.number = s.beneficiary_number",
        key=("id",),
        values={
            "id": "s.id",
            "person_id": "b.id",
            "partner": "s.partner",
            "reference": "s.teleconsultation_reference",
            "consulted_on": f"CASE WHEN {is_older} THEN t.consulted_on ELSE s.consulted_on END",
            "told_until": f"CASE WHEN {is_older} THEN t.told_until ELSE s.told_until END",
            "cancelled": (
                f"CASE WHEN {is_older} THEN t.cancelled "
                f"ELSE s.state = '{TeleconsultationState.CANCELLED}' END"
            ),
            # A file that does not tell opens nothing that an earlier one closed.
            "confidential": (
                f"CASE WHEN {is_silent} THEN COALESCE(t.confidential, FALSE) ELSE s.confidential = 'yes' END"
            ),
        },
    ).run()
