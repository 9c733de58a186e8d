"""What the social fund decided about one's own requests (A79)."""

from uuid import UUID

from entraide.portal.domain.personal_data import Table, table_of
from entraide.portal.domain.social_fund.models import AidDecision, AidFile


def personal_data_of(person_id: UUID) -> list[Table]:
    """The agenda of one's files, and each decision with its letter once two people agreed to it."""
    files = AidFile.objects.filter(request__sender_id=person_id).select_related("request")
    decided = AidDecision.objects.filter(request__sender_id=person_id, agreed_at__isnull=False)
    columns = (
        "request.reference", "agreed_at", "outcome", "commission_on", "amount", "payee", "refusal", "words",
        "letter",
    )  # fmt: skip
    return [
        table_of(
            "aid_files",
            files.order_by("request__received_at"),
            "request.reference",
            "papers",
            "commission_on",
        ),
        table_of("aid_decisions", decided.select_related("request").order_by("agreed_at"), *columns),
    ]
