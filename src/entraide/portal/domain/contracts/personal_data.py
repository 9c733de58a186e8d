from uuid import UUID

from entraide.portal.domain.contracts.models import Coverage
from entraide.portal.domain.personal_data import Table, table_of


def personal_data_of(person_id: UUID) -> list[Table]:
    """The contracts that cover the person, from when to when."""
    rows = Coverage.objects.filter(beneficiary_id=person_id).select_related("contract").order_by("starts_on")
    columns = ("number", "label_fr", "label_en", "tier", "plan_fr", "plan_en", "subscribed_on", "ended_on")
    whole = [f"contract.{one}" for one in columns]
    return [table_of("contracts", rows, *whole, "starts_on", "ends_on")]
