from uuid import UUID

from entraide.portal.domain.adjudication.models import AdjudicatedLine
from entraide.portal.domain.personal_data import Table, table_of


def personal_data_of(person_id: UUID) -> list[Table]:
    """What the compulsory scheme sent about the person's care, and what the contracts pay of it."""
    rows = AdjudicatedLine.objects.filter(beneficiary_id=person_id).select_related("feed")
    return [
        table_of(
            "feed_lines", rows.order_by("care_date", "pk"),
            "feed.taken_in_at", "record", "state", "scheme_code", "fund_code", "office_code",
            "statement_number", "statement_date", "reference", "claim_number", "care_date", "care_end",
            "act_code", "detail_code", "quantity", "coefficient", "unit_price", "charged", "base", "rate",
            "amo", "withheld", "amc", "left", "shares", "exemption", "pathway", "sector", "side", "tooth",
            "lens_right", "lens_left", "sight_changed", "stay_from", "stay_until", "ward", "payee",
            "professional", "professional_number", "speciality", "prescriber",
        )
    ]  # fmt: skip
