"""What a family has received and sent over the years, written straight into the tables."""

from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.utils import timezone

from entraide.portal.domain.bank.models import AccountChange
from entraide.portal.domain.claims.models import Payment, PaymentLine, Statement
from entraide.portal.domain.exports.models import DataExport
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.models import Request, RequestFile, Step
from entraide.portal.domain.requests.storage import vault
from tests.portal.domain.library.shelf import put

CATEGORY = settings.PROFILE.deposit.categories[0]
PAPER = b"%PDF-1.7 papier"


def ask(
    sender: Beneficiary,
    *,
    at: datetime,
    concerns: Beneficiary | None = None,
    files: tuple[str, ...] = ("facture.pdf",),
    category: str = CATEGORY.id,
) -> Request:
    """A request with its receipt and its files, each really in the vault."""
    number = Request.objects.count()
    request = Request.objects.create(
        reference=f"TEST-{number // 1000:04d}-{number % 1000:04d}", kind="deposit", sender=sender,
        concerns=concerns or sender, category=category, type=CATEGORY.types[0].id, description="Des mots",
        request_key=uuid4(), content_digest="", received_at=at, promised_on=at.date(), language="fr",
        due_on=at.date(),
    )  # fmt: skip
    Step.objects.create(request=request, state="received", at=at)
    for place, name in enumerate(files):
        _file(sender, name, at=at + timedelta(seconds=place), request=request)
    return request


def answer(request: Request, state: str, *, at: datetime) -> None:
    Step.objects.create(request=request, state=state, at=at)
    since = at if state == "waiting_for_member" else None
    Request.objects.filter(pk=request.pk).update(state=state, waiting_since=since)


def change_account(
    asked_by: Beneficiary, *, person: Beneficiary, state: str, at: datetime, reference: str = "TEST-BANK-0001"
) -> AccountChange:
    """A change of account that ended as `state`, or still waits."""
    return AccountChange.objects.create(
        reference=reference, scope="contract" if person.is_primary else "person", person=person,
        asked_by=asked_by, iban="FR1420041010050500013M02606", bic="", holder="", iban_index="",
        replaced_index="", paper=_file(asked_by, "rib.pdf", at=at, kept_by="bank"), state=state,
        request_key=uuid4(), content_digest="", language="fr", asked_at=at, effective_at=at,
        ended_at=None if state == "asked" else at,
    )  # fmt: skip


def export_ready(person: Beneficiary, *, until: datetime) -> DataExport:
    now = timezone.now()
    return DataExport.objects.create(
        person=person, request_key=uuid4(), state="ready", language="fr", asked_at=now, ready_at=now,
        expires_at=until, size=2_400_000,
    )  # fmt: skip


def hold(person: Beneficiary, name: str) -> RequestFile:
    """A file kept for a form that was never sent."""
    return _file(person, name, at=timezone.now())


def many_years(person: Beneficiary, *, vault_dir: Path, lines: int, files: int, until: date) -> None:
    """Ten years: two statements a month, `lines` of care, a document a year, `files` files in requests."""
    member, days = person.member, [until - timedelta(days=15 * back) for back in range(240)]
    sheets = Statement.objects.bulk_create(
        Statement(id=uuid4(), member=member, number=f"S{place}", issued_on=day)
        for place, day in enumerate(days)
    )
    payments = Payment.objects.bulk_create(
        Payment(
            id=uuid4(), member=member, statement=sheet, reference=f"P{place}", paid_on=sheet.issued_on,
            amount=900, payee="member", payee_name="", method="transfer",
        )
        for place, sheet in enumerate(sheets)
    )  # fmt: skip
    care = (
        PaymentLine(
            id=uuid4(), payment=payments[place % len(payments)], beneficiary=person, reference=f"L{place}",
            claim_number=f"C{place}", care_date=until, kind="consultation", act_code="G", label_fr="",
            label_en="", professional="", charged=3000, base=3000, rate=70, amo=1900, amc=900, left=200,
        )
        for place in range(lines)
    )  # fmt: skip
    PaymentLine.objects.bulk_create(care, batch_size=500)
    for back in range(10):
        put(f"Attestation {back}", vault_dir=vault_dir, content=PAPER, member=member, kind="certificate",
            published_on=date(until.year - back, 1, 1))  # fmt: skip
    now = timezone.now()
    for place in range(files // 2):
        ask(person, at=now - timedelta(days=18 * place), files=(f"a{place}.pdf", f"b{place}.pdf"))
    # What grew at once is unknown to the planner until its own housekeeping has looked at it.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _file(
    sender: Beneficiary, name: str, *, at: datetime, request: Request | None = None, kept_by: str = ""
) -> RequestFile:
    kept = vault().keep([PAPER, name.encode()])
    return RequestFile.objects.create(
        request=request, sender=sender, request_key=request.request_key if request else uuid4(), name=name,
        media_type="application/pdf", size=kept.size, sha256=kept.sha256, stored_name=kept.name, kept_at=at,
        kept_by=kept_by,
    )  # fmt: skip
