"""Who gets a quarter's statement by post, and what stands in it (REMB-03, A40): for the printed batch.

People and lines are read in blocks, a few queries each: memory does not grow with the mutual.
"""

import re
import textwrap
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from enum import Enum
from itertools import islice
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from entraide.portal.domain.claims.models import Payment, PaymentLine
from entraide.portal.domain.claims.paid_lines import PaidLine, read
from entraide.portal.domain.claims.payments import SeenPayments, gather, oldest_first
from entraide.portal.domain.claims.periods import Quarter
from entraide.portal.domain.claims.sight import family_among, with_ties
from entraide.portal.domain.members.enums import Relationship, StatementDelivery
from entraide.portal.domain.members.models import Beneficiary, Member
from entraide.portal.domain.members.queries import rank_in_family
from entraide.portal.domain.members.viewer import PostalReader

BLOCK = 500
# What NF Z 10-011 leaves for a postal address, the name included.
ADDRESS_LINES, ADDRESS_SIGNS = 6, 38
_POSTCODE = re.compile(r"[0-9]{5}", re.ASCII)


class WhyNot(Enum):
    """Why a member who chose the post gets no letter."""

    NO_PRIMARY = "no primary insured on file"
    NO_STREET = "no street on file"
    NO_TOWN = "no town, or no French postcode of five digits, on file"
    TOO_LONG = "address longer than six lines of 38 characters"


class SumsDiffer(Exception):
    """What was paid to a member is not the sum of its lines: no statement can be right."""

    def __init__(self, number: str, *, paid: int, lines: int) -> None:
        super().__init__(f"member {number}: payments of {paid} cents, lines of {lines} cents")


@dataclass(frozen=True, slots=True)
class Figures:
    """All payments of one member in the quarter, counted and added up; amounts in cents."""

    payments: int
    amount: int
    lines: int
    charged: int
    amo: int
    amc: int
    left: int


@dataclass(frozen=True, slots=True)
class Addressee:
    """One who gets a letter; `address` is what the window shows below the name, from street to town."""

    member_id: UUID
    number: str
    postcode: str
    person_id: UUID
    civility: str
    full_name: str
    address: tuple[str, ...]
    figures: Figures

    @property
    def fingerprint(self) -> str:
        """What the batch plans to print of them, as one text; the lines of care count by their sums."""
        figures = astuple(self.figures)
        return repr(
            (str(self.member_id), self.postcode, self.civility, self.full_name, self.address, figures)
        )


@dataclass(frozen=True, slots=True)
class Skipped:
    """One who should get a letter and cannot."""

    number: str
    reason: WhyNot


@dataclass(frozen=True, slots=True)
class PostedStatement(SeenPayments):
    """A quarter's payments as the primary insured may read them; `untold`: cents of care that is left out."""

    addressee: Addressee
    untold: int


def addressees(quarter: Quarter, *, on: date) -> Iterator[Addressee | Skipped]:
    """Everyone with something to read, by postcode and then member number, as a sorted mailing asks.

    Raises SumsDiffer. Four queries a block.
    """
    members = _members(quarter)
    primary = Beneficiary.objects.filter(
        member_id=OuterRef("pk"), relationship=Relationship.PRIMARY_INSURED.value
    )
    for number in members.filter(~Exists(primary)).order_by("number").values_list("number", flat=True):
        yield Skipped(number, WhyNot.NO_PRIMARY)
    people = Beneficiary.objects.filter(
        member__in=members, relationship=Relationship.PRIMARY_INSURED.value
    ).select_related("member")
    rows = people.order_by("postcode", "member__number").iterator(chunk_size=BLOCK)
    while block := list(islice(rows, BLOCK)):
        yield from _readers(block, quarter, on=on)


def posted_statements(member_ids: Sequence[UUID], quarter: Quarter, *, on: date) -> list[PostedStatement]:
    """The statements of these members, in this order; three queries.

    Raises SumsDiffer when what a letter tells is not what was paid. A member without address has none.
    """
    families: dict[UUID, list[Beneficiary]] = defaultdict(list)
    # What an adult lets another one read stays on the screen: paper lies about, and cannot be taken back.
    everybody = with_ties(Beneficiary.objects.filter(member_id__in=member_ids), consents_to=None)
    for person in everybody.select_related("member"):
        families[person.member_id].append(person)
    lines: dict[UUID, list[PaidLine]] = defaultdict(list)
    for line in read(_lines(member_ids, quarter).order_by("reference", "id")):
        lines[line.member_id].append(line)
    figures = _figures(member_ids, quarter)
    found = []
    for member_id in member_ids:
        people = sorted(families[member_id], key=rank_in_family)
        addressee = _addressee(people[0], figures[member_id])
        if isinstance(addressee, Addressee):
            found.append(_statement(addressee, people, lines[member_id], on=on))
    return found


def _statement(
    addressee: Addressee, people: list[Beneficiary], every: list[PaidLine], *, on: date
) -> PostedStatement:
    family = family_among(PostalReader(addressee.person_id, addressee.number), people, on=on)
    known = [line for line in every if family.knows(line)]
    payments = oldest_first(gather(known, family))
    members = {one.pk for one in people}
    untold = sum(line.amc for line in every if line.beneficiary_id in members and not family.knows(line))
    statement = PostedStatement(payments=payments, addressee=addressee, untold=untold)
    if statement.paid + untold != addressee.figures.amount:
        raise SumsDiffer(addressee.number, paid=addressee.figures.amount, lines=statement.paid + untold)
    return statement


def _members(quarter: Quarter) -> QuerySet[Member]:
    paid = Payment.objects.filter(member_id=OuterRef("pk"), paid_on__range=(quarter.first, quarter.last))
    return Member.objects.filter(Exists(paid), statement_delivery=StatementDelivery.POST.value)


def _readers(block: list[Beneficiary], quarter: Quarter, *, on: date) -> Iterator[Addressee | Skipped]:
    figures = _figures([one.member_id for one in block], quarter)
    for one in block:
        own = figures[one.member_id]
        if own.amount != own.amc:
            raise SumsDiffer(one.member.number, paid=own.amount, lines=own.amc)
    # There may be nothing that its reader may know of, and a letter would tell that there is.
    partly = _partly_hidden([one.member_id for one in block], quarter, on=on)
    doubtful = [
        one.member_id for one in block if one.member_id in partly or not figures[one.member_id].amount
    ]
    silent = {
        one.addressee.member_id for one in posted_statements(doubtful, quarter, on=on) if not one.payments
    } if doubtful else set()  # fmt: skip
    for one in block:
        if one.member_id not in silent:
            yield _addressee(one, figures[one.member_id])


def _partly_hidden(member_ids: Sequence[UUID], quarter: Quarter, *, on: date) -> set[UUID]:
    """Memberships with confidential care in the quarter, or care of somebody who may have left."""
    ended = Q(beneficiary__coverages__ends_on__lt=on) | Q(beneficiary__coverages__contract__ended_on__lt=on)
    rows = _lines(member_ids, quarter).filter(Q(confidential=True) | ended)
    return set(rows.values_list("payment__member_id", flat=True))


def _addressee(primary: Beneficiary, figures: Figures) -> Addressee | Skipped:
    number = primary.member.number
    street = [line.strip() for line in (primary.address_line1, primary.address_line2) if line.strip()]
    postcode, city = primary.postcode.strip(), primary.city.strip()
    if not street:
        return Skipped(number, WhyNot.NO_STREET)
    if not city or not _POSTCODE.fullmatch(postcode):
        return Skipped(number, WhyNot.NO_TOWN)
    address = [part for line in (*street, f"{postcode} {city.upper()}") for part in _cut(line)]
    # One line, or two for a long one, is for the name.
    if len(address) + len(_cut(primary.full_name)) > ADDRESS_LINES:
        return Skipped(number, WhyNot.TOO_LONG)
    return Addressee(
        member_id=primary.member_id,
        number=number,
        postcode=postcode,
        person_id=primary.pk,
        civility=primary.civility,
        full_name=primary.full_name,
        address=tuple(address),
        figures=figures,
    )


def _cut(line: str) -> list[str]:
    return textwrap.wrap(line, ADDRESS_SIGNS)


def _lines(member_ids: Sequence[UUID], quarter: Quarter) -> QuerySet[PaymentLine]:
    return PaymentLine.objects.filter(
        payment__member_id__in=member_ids, payment__paid_on__range=(quarter.first, quarter.last)
    )


def _figures(member_ids: Sequence[UUID], quarter: Quarter) -> dict[UUID, Figures]:
    """Of members with payments in the quarter; two queries."""
    paid = Payment.objects.filter(member_id__in=member_ids, paid_on__range=(quarter.first, quarter.last))
    sums = {name: Sum(name) for name in ("charged", "amo", "amc", "left")}
    lines = {
        member_id: rest
        for member_id, *rest in _lines(member_ids, quarter)
        .values_list("payment__member_id")
        .annotate(Count("id"), **{f"sum_{name}": one for name, one in sums.items()})
        .order_by()
    }
    rows = paid.values_list("member_id").annotate(Count("id"), Sum("amount")).order_by()
    return {member_id: Figures(*own, *lines.get(member_id, (0,) * 5)) for member_id, *own in rows}
