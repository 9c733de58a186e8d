"""Lines of care as they are listed, each with its payment: a list makes no model of each of its rows."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from entraide.portal.domain.claims.models import PaymentLine


class PaidLine(NamedTuple):
    """A line as lists and statements read it, with the payment it belongs to; amounts in cents."""

    id: UUID
    beneficiary_id: UUID
    kind: str
    label_fr: str
    label_en: str
    professional: str
    care_date: date
    claim_number: str
    base: int
    rate: int
    charged: int
    amo: int
    amc: int
    left: int
    confidential: bool
    payment_id: UUID
    member_id: UUID
    statement_id: UUID
    paid_on: date
    payee: str
    payee_name: str
    method: str
    iban_end: str
    returned_on: date | None


_OF_THE_LINE = frozenset(one.name for one in PaymentLine._meta.fields) | {"beneficiary_id", "payment_id"}
_COLUMNS = [name if name in _OF_THE_LINE else f"payment__{name}" for name in PaidLine._fields]


def read(lines: QuerySet[PaymentLine]) -> list[PaidLine]:
    """These lines, in their order. One query: what is shown and no more, as no models."""
    return [PaidLine(*row) for row in lines.values_list(*_COLUMNS)]
