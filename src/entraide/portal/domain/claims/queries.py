"""What members may read of reimbursements; the first argument is who asks (REMB-01, REMB-02, A36, A40)."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.db.models import Q, QuerySet, Sum

from entraide.portal.domain.claims.enums import CareKind, Payee, PaymentMethod, Period
from entraide.portal.domain.claims.models import Payment, PaymentLine
from entraide.portal.domain.claims.paid_lines import PaidLine, read
from entraide.portal.domain.claims.payment_keys import PaymentKeys, day_of_payment, payments_with
from entraide.portal.domain.claims.payments import (
    CareGroup,
    SeenPayment,
    Shares,
    gather,
    line_of,
    payee_name_of,
)
from entraide.portal.domain.claims.periods import first_and_last
from entraide.portal.domain.claims.sight import Family, PersonName, family_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.web.paging import page_of

# A phone shows three; a page of eight is some twenty-five rows of care.
PAYMENTS_PER_PAGE = 8


@dataclass(frozen=True, slots=True)
class Filters:
    """What to look for. `period`: a `Period`, or a year in four digits."""

    person: UUID | None = None
    kind: CareKind | None = None
    period: str = Period.ALL.value


@dataclass(frozen=True, slots=True)
class FilterOptions:
    """What the viewer may filter by; it names no kind of care of people whose care is their own."""

    people: tuple[PersonName, ...]
    kinds: tuple[CareKind, ...]
    past_years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums in cents: `shares` of care seen in full, `others` paid for people of whom only amounts show."""

    shares: Shares
    others: int

    @property
    def paid(self) -> int:
        return self.shares.amc + self.others


@dataclass(frozen=True)
class Reimbursements:
    """A page of payments (`page.object_list` holds `SeenPayment`), and what was paid this year.

    `page.paginator` is an `OpenPaginator`: of a long history it does not say how long it is.
    """

    page: Page[SeenPayment]
    year: int
    this_year: Totals
    _lines: QuerySet[PaymentLine] = field(repr=False)
    _family: Family = field(repr=False)

    @cached_property
    def found(self) -> Totals:
        """Of all that was found. One query, asked by who shows it: it reads every line."""
        return _totals(self._lines, self._family)

    @property
    def shows_others(self) -> bool:
        """Whether this page tells what was paid for people whose care is their own."""
        return any(payment.others for payment in self.page.object_list)


@dataclass(frozen=True)
class Claim(CareGroup):
    """The lines of one care paid together, and how they were paid."""

    paid_on: date
    payee: Payee
    payee_name: str
    method: PaymentMethod
    iban_end: str
    statement_id: UUID
    returned_on: date | None


def filter_options(viewer: Viewer, *, on: date, family: Family | None = None) -> FilterOptions:
    """Two queries. `family`: as `family_of` gave it for this page; None asks for it."""
    family = family or family_of(viewer, on=on)
    # Amounts of the others count for the years, under no kind.
    kinds = set(family.detailed_lines().order_by().values_list("kind", flat=True).distinct())
    days = payments_with(family.known_lines(), viewer).order_by("paid_on").values_list("paid_on", flat=True)
    oldest = days.first() or on
    return FilterOptions(
        people=tuple(family.people.values()),
        kinds=tuple(one for one in CareKind if one.value in kinds),
        past_years=tuple(range(on.year - 1, oldest.year - 1, -1)),
    )


def reimbursements_of(
    viewer: Viewer, *, filters: Filters, page: int | str = 1, on: date, family: Family | None = None
) -> Reimbursements:
    """Payments newest first, cut to what the viewer may see. Four or five queries, whatever the size.

    `family`: as `family_of` gave it for this page; None asks for it.
    """
    family = family or family_of(viewer, on=on)
    lines = family.known_lines().filter(_wanted(filters, family, on=on))
    this_year = first_and_last(str(on.year), on=on)
    of_year = family.known_lines().filter(
        payment__member_id=viewer.member_id, payment__paid_on__range=this_year
    )
    newest = PaymentKeys(lines, family, viewer).newest
    shown: Page[Any] = page_of(newest, per_page=PAYMENTS_PER_PAGE, page=page)
    keys = list(shown.object_list)
    rows = lines.filter(payment_id__in={key.payment_id for key in keys}).order_by("reference")
    payments = gather(read(rows), family)
    return Reimbursements(
        page=Page([payments[key] for key in keys], shown.number, shown.paginator),
        year=on.year,
        this_year=_totals(of_year, family),
        _lines=lines,
        _family=family,
    )


def _wanted(filters: Filters, family: Family, *, on: date) -> Q:
    wanted = Q()
    if filters.person is not None:
        wanted &= Q(beneficiary_id=filters.person)
    if filters.kind is not None:
        # Never found by kind: looking for dental care must not tell that another adult had some.
        wanted &= Q(kind=filters.kind, beneficiary_id__in=family.detailed)
    days = first_and_last(filters.period, on=on)
    if days is not None:
        wanted &= Q(payment__paid_on__range=days)
    return wanted


def _totals(lines: QuerySet[PaymentLine], family: Family) -> Totals:
    """One query."""
    sums = {f"sum_{name}": Sum(name) for name in ("charged", "amo", "amc", "left")}
    rows = list(lines.order_by().values_list("beneficiary_id").annotate(**sums))
    mine = [shares for person, *shares in rows if person in family.detailed]
    others = sum(amc for person, _charged, _amo, amc, _left in rows if person in family.amount_only)
    return Totals(
        shares=Shares(*(sum(column) for column in zip((0,) * 4, *mine, strict=True))), others=others
    )


def claim_of(viewer: Viewer, line_id: UUID, *, on: date) -> Claim | None:
    """The care that this line belongs to; None when it is not there, or not for this viewer."""
    family = family_of(viewer, on=on)
    line = family.detailed_lines().filter(pk=line_id).first()
    if line is None:
        return None
    rows = family.detailed_lines().filter(
        payment_id=line.payment_id, claim_number=line.claim_number, beneficiary_id=line.beneficiary_id
    )
    return _claim(read(rows.order_by("care_date", "reference")), family)


def latest_of(viewer: Viewer, *, limit: int = 3, on: date) -> list[Claim]:
    """The latest care paid, seen in full by the viewer, newest first. Two queries."""
    family = family_of(viewer, on=on)
    recent = _latest_payments(viewer, family, limit=limit)
    rows = family.detailed_lines().filter(payment__in=recent.values("pk"))
    groups: dict[tuple[UUID, str, UUID], list[PaidLine]] = defaultdict(list)
    order = ("-payment__paid_on", "claim_number", "payment_id", "care_date", "reference")
    for row in read(rows.order_by(*order)):
        groups[row.payment_id, row.claim_number, row.beneficiary_id].append(row)
    return [_claim(groups[key], family) for key in islice(groups, limit)]


def _latest_payments(viewer: Viewer, family: Family, *, limit: int) -> QuerySet[Payment]:
    """Enough to hold that much care seen in full: all of the days of the last payments with some of it."""
    mine = payments_with(family.detailed_lines(), viewer)
    return mine.filter(paid_on__gte=day_of_payment(limit, mine))


def _claim(rows: list[PaidLine], family: Family) -> Claim:
    payment = rows[0]
    return Claim(
        lines=tuple(line_of(row, family) for row in rows),
        paid_on=payment.paid_on,
        payee=Payee(payment.payee),
        payee_name=payee_name_of(payment, family),
        method=PaymentMethod(payment.method),
        iban_end=payment.iban_end if payment.iban_end in family.account_ends else "",
        statement_id=payment.statement_id,
        returned_on=payment.returned_on,
    )
