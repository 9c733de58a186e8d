from uuid import UUID

from entraide.portal.domain.contributions.models import Contribution
from entraide.portal.domain.members.enums import Relationship
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.personal_data import Table, table_of


def personal_data_of(person_id: UUID) -> list[Table]:
    """What the contracts cost: the primary insured's, who pays them."""
    payer = Beneficiary.objects.filter(pk=person_id, relationship=Relationship.PRIMARY_INSURED)
    rows = Contribution.objects.filter(member__in=payer.values("member")).order_by("due_on", "reference")
    columns = ("reference", "year", "due_on", "label_fr", "amount", "state", "paid_on", "method", "failure")
    return [table_of("contributions", rows, *columns, "mandate_reference", "iban_end")]
