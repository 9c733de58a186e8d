from uuid import UUID

from entraide.portal.domain.claims.models import PaymentLine
from entraide.portal.domain.personal_data import Table, table_of


def personal_data_of(person_id: UUID) -> list[Table]:
    """The person's own care, line by line. A payment's own sum may be of several people: it stays out."""
    rows = PaymentLine.objects.filter(beneficiary_id=person_id).select_related("payment__statement")
    return [
        table_of(
            "care", rows.order_by("care_date", "pk"),
            "care_date", "kind", "act_code", "label_fr", "label_en", "professional", "claim_number",
            "quantity", "charged", "base", "rate", "amo", "amc", "left", "withheld", "sector", "pathway",
            "exemption", "side", "tooth", "lens_right", "lens_left", "sight_changed", "stay_from",
            "stay_until", "ward", "confidential", "payment.paid_on", "payment.payee", "payment.method",
            "payment.returned_on", "payment.statement.issued_on",
        )
    ]  # fmt: skip
