from uuid import UUID

from django.db.models import Q

from entraide.portal.domain.members.models import Beneficiary, CareConsent, Declared, Delegation
from entraide.portal.domain.personal_data import Table, table_of


def personal_data_of(person_id: UUID) -> list[Table]:
    """The person's file, and the membership it belongs to."""
    person = Beneficiary.objects.select_related("member").filter(pk=person_id)
    consents = CareConsent.objects.filter(giver_id=person_id).order_by("given_at")
    helped = Delegation.objects.filter(Q(giver_id=person_id) | Q(helper_id=person_id)).order_by("given_at")
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
        # To whom would be somebody else's data: the page of the portal names them.
        table_of("care_shared", consents, "given_at", "withdrawn_at"),
        table_of("help", helped, "scopes", "ends_on", "given_at", "accepted_at", "ended_at"),
    ]  # fmt: skip
