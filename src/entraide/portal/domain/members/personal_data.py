from uuid import UUID

from entraide.portal.domain.members.models import Beneficiary, Declared
from entraide.portal.domain.personal_data import Table, table_of


def personal_data_of(person_id: UUID) -> list[Table]:
    """The person's file, and the membership it belongs to."""
    person = Beneficiary.objects.select_related("member").filter(pk=person_id)
    declared = Declared.objects.filter(person_id=person_id).order_by("declared_at")
    return [
        table_of(
            "person", person,
            "number", "relationship", "civility", "last_name", "birth_name", "first_name", "birth_date",
            "birth_department", "birth_rank", "nir", "scheme_code", "fund_code", "office_code", "claim_feed",
            "email", "mobile", "mobile_declared_at", "phone", "address_line1", "address_line2", "postcode",
            "city", "iban", "bic", "account_holder", "contacts_confirmed_on", "unwanted_mails",
        ),
        table_of(
            "membership", person,
            "member.number", "member.segment", "member.joined_on", "member.left_on",
            "member.statement_delivery",
        ),
        table_of("declared_contacts", declared, "contact", "declared_at"),
    ]  # fmt: skip
