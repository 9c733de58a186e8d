from uuid import UUID

from entraide.portal.domain.bank.models import AccountChange
from entraide.portal.domain.personal_data import Table, table_of


def personal_data_of(person_id: UUID) -> list[Table]:
    """Changes of the person's own account, or of the contract's where it is theirs."""
    rows = AccountChange.objects.filter(person_id=person_id).order_by("asked_at")
    columns = ("reference", "scope", "state", "refusal", "iban", "bic", "holder")
    return [table_of("account_changes", rows, *columns, "asked_at", "effective_at", "ended_at")]
