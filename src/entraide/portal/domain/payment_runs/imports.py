"""Accounts of professionals as the management system sends them."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from entraide.portal.domain.imports import Counts, Findings, find_repeated
from entraide.portal.domain.payment_runs.models import ProfessionalAccount
from entraide.portal.domain.sealed_rows import BATCH, opened_rows

PROFESSIONALS = "import_professionals"
_FIELDS = ("name", "iban", "bic", "account_holder")


def check_professionals(findings: Findings) -> None:
    find_repeated(findings, PROFESSIONALS, key=["professional_number"], column="professional_number")


def store_professionals() -> Counts:
    """Row by row through the model, which seals."""
    new = changed = total = 0
    for rows in opened_rows(PROFESSIONALS):
        numbers = [row["professional_number"] for row in rows]
        known = {one.number: one for one in ProfessionalAccount.objects.filter(number__in=numbers)}
        added = [_account(row) for row in rows if row["professional_number"] not in known]
        ProfessionalAccount.objects.bulk_create(added, batch_size=BATCH)
        changes = [
            _update(known[row["professional_number"]], row)
            for row in rows
            if row["professional_number"] in known
        ]
        new, changed, total = new + len(added), changed + sum(changes), total + len(rows)
    return Counts(new=new, changed=changed, unchanged=total - new - changed)


def _account(row: Mapping[str, Any]) -> ProfessionalAccount:
    number = row["professional_number"]
    return ProfessionalAccount(
        id=settings.ENTRAIDE.keys.sealed_id("professional", number),
        number=number,
        **{name: row[name] for name in _FIELDS},
    )


def _update(account: ProfessionalAccount, row: Mapping[str, Any]) -> bool:
    different = [name for name in _FIELDS if getattr(account, name) != row[name]]
    for name in different:
        setattr(account, name, row[name])
    if different:
        account.save(update_fields=different)
    return bool(different)
