"""Payments of a family, one of each situation that the privacy rules tell apart."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

from entraide.portal.domain.claims.models import Payment, PaymentLine, Statement
from entraide.portal.domain.members.models import Beneficiary, Member

# What no other adult may ever read of Bruno, Chloé and Denis (17).
SECRETS = (
    "Cabinet Brunoir", "Appareil auditif", "Otologie", "Clinique Chlorisse", "Séjour chirurgical",
    "Centre Denizart", "Bilan de prévention",
)  # fmt: skip
SECRET_KINDS = ("hearing", "hospital", "prevention")


@dataclass(frozen=True, kw_only=True)
class Care:
    """One line of care with plausible shares; every figure can be set."""

    person: Beneficiary
    kind: str = "consultation"
    charged: int = 3000
    amo: int = 1900
    amc: int = 900
    base: int = 3000
    rate: int = 70
    day: date = date(2026, 11, 2)
    claim: str = "S1"
    label: str = "Consultation"
    label_en: str = "Visit"
    professional: str = "Docteur Amandier"
    act: str = "G"
    details: Mapping[str, object] = field(default_factory=dict)


def pay(
    member: Member,
    *care: Care,
    on: date,
    payee: str = "member",
    name: str = "Anne Vautrin",
    iban_end: str = "0189",
    statement: str = "",
    method: str = "transfer",
) -> Payment:
    """A payment of these lines, in the statement of its month unless another is named."""
    number = statement or f"R-{on:%Y%m}"
    sent, _created = Statement.objects.get_or_create(
        member=member, number=number, defaults={"id": uuid4(), "issued_on": on}
    )
    payment = Payment.objects.create(
        id=uuid4(), member=member, statement=sent, reference=f"P-{uuid4().hex[:10]}", paid_on=on,
        amount=sum(one.amc for one in care), payee=payee, payee_name=name, method=method,
        iban_end=iban_end if payee == "member" else "",
    )  # fmt: skip
    for number_of_line, one in enumerate(care):
        PaymentLine.objects.create(
            id=uuid4(), payment=payment, beneficiary=one.person, reference=f"L{number_of_line}",
            claim_number=one.claim, care_date=one.day, kind=one.kind, act_code=one.act, label_fr=one.label,
            label_en=one.label_en, professional=one.professional, charged=one.charged, base=one.base,
            rate=one.rate, amo=one.amo, amc=one.amc, left=one.charged - one.amo - one.amc,
            **one.details,
        )  # fmt: skip
    return payment
