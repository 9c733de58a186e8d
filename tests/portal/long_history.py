"""Ten years of a large family: payments, statements, requests, contributions, readings, stored in bulk."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from entraide.portal.domain.claims.enums import CareKind
from entraide.portal.domain.claims.models import Payment, PaymentLine, Statement
from entraide.portal.domain.consultations.enums import ReaderKind
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.contributions.models import Contribution
from entraide.portal.domain.members.models import Beneficiary, Member
from entraide.portal.domain.requests.models import Request, RequestFile, Step

YEARS = 10


@dataclass(frozen=True, slots=True)
class Length:
    """How much of each a family has, over how many years. Lines come three to a payment."""

    years: int = YEARS
    lines: int = 5000
    statements: int = 400
    requests: int = 200
    contributions: int = 12 * YEARS
    readings: int = 400


SHORT = Length(lines=3, statements=1, requests=1, contributions=1, readings=1)
# A year as busy as each of the ten: every list shows as many rows as that of ten years, and has few more.
ONE_PAGE = Length(years=1, lines=120, statements=40, requests=20, contributions=12, readings=20)


def give_history(member: Member, people: list[Beneficiary], length: Length) -> None:
    """From today back over the years, everybody of `people` in turn; the first one sends the requests."""
    statements = _statements(member, length)
    _payments(member, people, statements, length)
    _contributions(member, length)
    _requests(people, length)
    _readings(people[0], length)


def _day(position: int, of: int, length: Length) -> date:
    return timezone.localdate() - timedelta(days=2 + position * 365 * length.years // of)


def _statements(member: Member, length: Length) -> list[Statement]:
    count, before = length.statements, Statement.objects.count()
    return Statement.objects.bulk_create(
        Statement(
            id=uuid4(), member=member, number=f"R-{before + one:05d}", issued_on=_day(one, count, length)
        )
        for one in range(count)
    )


def _payments(member: Member, people: list[Beneficiary], statements: list[Statement], length: Length) -> None:
    payments, lines = [], []
    count = -(-length.lines // 3)
    for one in range(count):
        day = _day(one, count, length)
        payments.append(Payment(
            id=uuid4(), member=member, statement=statements[one * len(statements) // count], amount=2700,
            reference=f"P-{one:06d}", paid_on=day, payee="member", payee_name=people[0].full_name,
            method="transfer", iban_end="0189",
        ))  # fmt: skip
    kinds = [kind.value for kind in CareKind]
    for number in range(length.lines):
        payment = payments[number // 3]
        lines.append(PaymentLine(
            id=uuid4(), payment=payment, beneficiary=people[number % len(people)], reference=f"L{number}",
            claim_number=f"S{number // 3}", care_date=payment.paid_on - timedelta(days=4),
            # One in twenty counts against a yearly allowance, and is priced again to tell what is left.
            act_code="G" if number % 20 else "OST",
            kind=kinds[number % len(kinds)], label_fr="Consultation", label_en="Visit",
            professional="Docteur Amandier", charged=3000, base=3000, rate=70, amo=1900, amc=900, left=200,
        ))  # fmt: skip
    Payment.objects.bulk_create(payments, batch_size=500)
    PaymentLine.objects.bulk_create(lines, batch_size=500)


def _contributions(member: Member, length: Length) -> None:
    Contribution.objects.bulk_create(
        Contribution(
            member=member, reference=f"C{one}", year=day.year, due_on=day, label_fr="Cotisation",
            label_en="Contribution", amount=10_180, state="paid", paid_on=day, method="direct_debit",
            mandate_reference="RUM-1", iban_end="0189",
        )
        for one in range(length.contributions)
        for day in [_day(one, length.contributions, length)]
    )  # fmt: skip


def _requests(people: list[Beneficiary], length: Length) -> None:
    now, requests, before = timezone.now(), [], Request.objects.count()
    for one in range(length.requests):
        requests.append(Request(
            reference=f"HIST-{before + one:08d}", kind="deposit", sender=people[0],
            concerns=people[one % len(people)], category="care", type="invoice", description="Ma facture",
            request_key=uuid4(), content_digest="", received_at=now - timedelta(days=17 * one),
            promised_on=timezone.localdate(),
            due_on=timezone.localdate(), language="fr", state="received" if one < 20 else "done",
        ))  # fmt: skip
    Request.objects.bulk_create(requests, batch_size=200)
    Step.objects.bulk_create(Step(request=one, state="received", at=one.received_at) for one in requests)
    RequestFile.objects.bulk_create(
        RequestFile(
            request=one, sender=people[0], request_key=one.request_key, name="facture.pdf", size=1000,
            media_type="application/pdf", sha256="0" * 64, stored_name=uuid4().hex, kept_at=one.received_at,
        )
        for one in requests
    )  # fmt: skip


def _readings(person: Beneficiary, length: Length) -> None:
    """As rows alone: nothing here looks at their seals."""
    now, before = timezone.now(), Consultation.objects.filter(person=person).count()
    Consultation.objects.bulk_create(
        Consultation(
            person=person, position=before + 1 + one, at=now - timedelta(days=one), reader=uuid4(),
            role="reader", reader_kind=ReaderKind.AGENT, reader_name="Ada Aron", seen="care", reason="Appel",
            network="192.0.2.3", seal="",
        )
        for one in range(length.readings)
    )  # fmt: skip
