"""Memberships and people as the management system sends them."""
# ruff: noqa: S608 (names of our own tables only)

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection

from entraide.portal.domain.imports import (
    Counts,
    Findings,
    Upsert,
    find_repeated,
    table,
    tell_planner,
)
from entraide.portal.domain.members.bank_accounts import index_on_file, says_what_was_replaced
from entraide.portal.domain.members.contacts import columns_to_keep
from entraide.portal.domain.members.enums import Contact
from entraide.portal.domain.members.mobiles import mobile_index
from entraide.portal.domain.members.models import Beneficiary, Declared, Member
from entraide.portal.domain.members.name_keys import stale_keys
from entraide.portal.domain.sealed_rows import BATCH, opened_rows

MEMBERS = "import_members"
BENEFICIARIES = "import_beneficiaries"
# What the file says of a person, field by field; the account and the ids are the portal's own.
_FIELDS = (
    "relationship",
    "civility",
    "last_name",
    "birth_name",
    "first_name",
    "birth_date",
    "birth_department",
    "nir",
    "birth_rank",
    "parents",
    "scheme_code",
    "fund_code",
    "office_code",
    "claim_feed",
    "email",
    "mobile",
    "phone",
    "address_line1",
    "address_line2",
    "postcode",
    "city",
    "iban",
    "bic",
    "account_holder",
)
_NUMBER_LENGTH = 8
# Where the number of each parent begins in `30041827|30041828`.
_PARENTS_AT = (1, 10)
# One thing in three columns: kept or taken together.
_ACCOUNT = ("iban", "bic", "account_holder")


def check_members(findings: Findings) -> None:
    find_repeated(findings, MEMBERS, key=["member_number"], column="member_number")


def store_members() -> Counts:
    """One statement; how statements are sent stays as the primary insured chose it, until the file agrees."""
    counts = Upsert(
        model=Member,
        stage=MEMBERS,
        key=("number",),
        values={
            "id": "s.id",
            "number": "s.member_number",
            "segment": "s.segment",
            "joined_on": "s.joined_on",
            "left_on": "s.left_on",
            "statement_delivery": (
                "CASE WHEN d.id IS NULL THEN s.statement_delivery ELSE t.statement_delivery END"
            ),
        },
        joins=(
            f"LEFT JOIN {table(Beneficiary)} b ON b.number = s.member_number "
            f"LEFT JOIN {table(Declared)} d ON d.person_id = b.id AND d.contact = '{Contact.DELIVERY}'"
        ),
    ).run()
    _forget_deliveries_that_agree()
    return counts


def _forget_deliveries_that_agree() -> None:
    """The file has caught up with the choice: from now on the file's word counts again."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table(Declared)} WHERE contact = '{Contact.DELIVERY}' AND person_id IN ("
            f"SELECT b.id FROM {MEMBERS} s JOIN {table(Beneficiary)} b ON b.number = s.member_number "
            f"JOIN {table(Member)} m ON m.id = b.member_id WHERE m.statement_delivery = s.statement_delivery)"
        )


def find_unknown_members(findings: Findings, stage: str) -> None:
    """Rows of another file whose membership is not on file (a blank one is not a fault here)."""
    findings.search(
        f"SELECT s.line, s.member_number FROM {stage} s "
        f"LEFT JOIN {table(Member)} m ON m.number = s.member_number "
        "WHERE m.id IS NULL AND s.member_number IS NOT NULL",
        column="member_number",
        expected="the number of a membership in members.csv or loaded before",
    )


def check_beneficiaries(findings: Findings) -> None:
    find_repeated(findings, BENEFICIARIES, key=["beneficiary_number"], column="beneficiary_number")
    find_unknown_members(findings, BENEFICIARIES)
    # Refunds of the past hang on the person: they must not become another membership's to read.
    findings.search(
        f"SELECT s.line, s.member_number, m.number FROM {BENEFICIARIES} s "
        f"JOIN {table(Beneficiary)} b ON b.number = s.beneficiary_number "
        f"JOIN {table(Member)} m ON m.id = b.member_id WHERE m.number <> s.member_number",
        column="member_number",
        expected="{}, the membership of this person; a new membership needs a new beneficiary_number",
    )
    _find_unknown_parents(findings)
    if findings.total:
        # A wrong row is no row: the people who depend on it are not at fault.
        return
    findings.search(
        f"SELECT MIN(s.line), s.member_number FROM {BENEFICIARIES} s "
        f"LEFT JOIN {BENEFICIARIES} p ON p.beneficiary_number = s.member_number "
        f"LEFT JOIN {table(Beneficiary)} b ON b.number = s.member_number "
        "WHERE p.line IS NULL AND b.id IS NULL GROUP BY s.member_number",
        column="member_number",
        expected="a membership whose primary_insured is in the file or loaded before",
    )


def _find_unknown_parents(findings: Findings) -> None:
    """A parent reads a young child's care: it must be somebody of the same membership."""
    for first in _PARENTS_AT:
        parent = f"SUBSTR(s.parents, {first}, {_NUMBER_LENGTH})"
        findings.search(
            f"SELECT s.line, {parent} FROM {BENEFICIARIES} s "
            f"LEFT JOIN {BENEFICIARIES} p "
            f"ON p.beneficiary_number = {parent} AND p.member_number = s.member_number "
            f"LEFT JOIN {table(Beneficiary)} b ON b.number = {parent} "
            f"LEFT JOIN {table(Member)} m ON m.id = b.member_id AND m.number = s.member_number "
            f"WHERE {parent} <> '' AND p.line IS NULL AND m.id IS NULL",
            column="parents",
            expected="a person of the same membership, in the file or loaded before",
        )


def store_beneficiaries() -> Counts:
    """Row by row through the model, which seals; the account of a person is never touched."""
    new = changed = total = 0
    for sealed in opened_rows(BENEFICIARIES):
        rows = [{**row, "birth_date": date.fromisoformat(row["birth_date"])} for row in sealed]
        known = {
            one.number: one
            for one in Beneficiary.objects.filter(
                number__in=[r["beneficiary_number"] for r in rows]
            ).prefetch_related("declared")
        }
        members = dict(
            Member.objects.filter(number__in={r["member_number"] for r in rows}).values_list("number", "pk")
        )
        added = [_person(row, members) for row in rows if row["beneficiary_number"] not in known]
        Beneficiary.objects.bulk_create(added, batch_size=BATCH)
        changes = [
            _update(known[r["beneficiary_number"]], r) for r in rows if r["beneficiary_number"] in known
        ]
        new, changed, total = new + len(added), changed + sum(changes), total + len(rows)
    tell_planner(Beneficiary, written=new)
    return Counts(new=new, changed=changed, unchanged=total - new - changed)


def _person(row: Mapping[str, Any], members: Mapping[str, Any]) -> Beneficiary:
    keys = settings.ENTRAIDE.keys
    return Beneficiary(
        id=keys.sealed_id("beneficiary", row["beneficiary_number"]),
        number=row["beneficiary_number"],
        member_id=members[row["member_number"]],
        nir_index=keys.blind_index("nir", row["nir"]),
        mobile_index=mobile_index(row["mobile"]),
        iban_index=index_on_file(row["iban"]),
        **{name: row[name] for name in _FIELDS},
    )


def _update(person: Beneficiary, row: Mapping[str, Any]) -> bool:
    """Writes the columns that differ, but for what the person changed here and the file does not know.

    Another mobile takes the place of a declared one: the mutual knows better, and it is not declared (A22).
    An account that a change at the portal replaced stays replaced, until the file tells the new one or a
    third (A71).
    """
    different = _differing(person, row)
    for name in different:
        setattr(person, name, row[name])
    if person.replaced_accounts and not says_what_was_replaced(person, iban=row["iban"]):
        person.replaced_accounts = []
        different.append("replaced_accounts")
    if "nir" in different:
        person.nir_index = settings.ENTRAIDE.keys.blind_index("nir", row["nir"])
        different.append("nir_index")
    if "mobile" in different and person.mobile_declared_at is not None:
        person.mobile_declared_at = None
        different.append("mobile_declared_at")
    if person.mobile_index != mobile_index(person.mobile):
        person.mobile_index = mobile_index(person.mobile)
        different.append("mobile_index")
    if person.iban_index != index_on_file(person.iban):
        person.iban_index = index_on_file(person.iban)
        different.append("iban_index")
    # Also of a row that was written before there were keys.
    different += stale_keys(person)
    if different:
        person.save(update_fields=different)
    return bool(different)


def _differing(person: Beneficiary, row: Mapping[str, Any]) -> list[str]:
    """The columns to take from the file: not those in which the portal knows better for now."""
    kept = set(columns_to_keep(person, row, list(person.declared.all())))
    if says_what_was_replaced(person, iban=row["iban"]):
        kept |= set(_ACCOUNT)
    return [name for name in _FIELDS if getattr(person, name) != row[name] and name not in kept]
