from uuid import UUID

from entraide.portal.domain.payment_runs.models import Transfer
from entraide.portal.domain.personal_data import Table, table_of


def personal_data_of(person_id: UUID) -> list[Table]:
    """Transfers to the person's own account. No amount: one transfer may pay the care of several people."""
    rows = Transfer.objects.filter(beneficiary_id=person_id).select_related("run").order_by("run__pay_on")
    columns = ("run.pay_on", "end_to_end_id", "iban", "bic", "holder", "state", "reason", "answered_on")
    return [table_of("transfers", rows, *columns)]
