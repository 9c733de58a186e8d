"""What a viewer may see of payments: shapes, and how lines are gathered into them. Amounts are cents."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple, Self
from uuid import UUID

from entraide.formats.money import share
from entraide.portal.domain.claims.enums import CareKind, Payee, PaymentMethod
from entraide.portal.domain.claims.models import PaymentLine
from entraide.portal.domain.claims.paid_lines import PaidLine
from entraide.portal.domain.claims.sight import Family, PersonName
from entraide.profiles import Text


@dataclass(frozen=True, slots=True)
class Shares:
    """Who paid what: charged = amo + amc + left."""

    charged: int
    amo: int
    amc: int
    left: int

    @classmethod
    def of(cls, lines: Iterable["Line"]) -> Self:
        rows = [line.shares for line in lines]
        return cls(
            charged=sum(row.charged for row in rows),
            amo=sum(row.amo for row in rows),
            amc=sum(row.amc for row in rows),
            left=sum(row.left for row in rows),
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One line of care that the viewer sees in full."""

    id: UUID
    person: PersonName
    kind: CareKind
    label: Text
    professional: str
    care_date: date
    claim_number: str
    base: int
    rate: int
    shares: Shares

    @property
    def has_deduction(self) -> bool:
        """The compulsory scheme paid less than its rate of its base."""
        return self.shares.amo < share(min(self.base, self.shares.charged), percent=self.rate)


# Without slots: what a list shows of each of dozens is worked out once.
@dataclass(frozen=True)
class CareGroup:
    """Lines of one person's care that were claimed together; they are explained on one page."""

    lines: tuple[Line, ...]

    @cached_property
    def _main(self) -> Line:
        return max(self.lines, key=lambda line: line.shares.charged)

    @property
    def id(self) -> UUID:
        """Of the line that names the page."""
        return self._main.id

    @property
    def person(self) -> PersonName:
        return self._main.person

    @property
    def kind(self) -> CareKind:
        return self._main.kind

    @property
    def care_date(self) -> date:
        return min(line.care_date for line in self.lines)

    @property
    def professional(self) -> str:
        return ", ".join(dict.fromkeys(line.professional for line in self.lines if line.professional))

    @cached_property
    def shares(self) -> Shares:
        return Shares.of(self.lines)


@dataclass(frozen=True, slots=True)
class OthersPart:
    """What was paid for someone whose care is their own: who, and how much. Nothing else."""

    person: PersonName
    paid: int


@dataclass(frozen=True, slots=True)
class SeenPayment:
    """The viewer's part of one payment; `payee_name` and `iban_end` are blank when not for this viewer.

    `returned_on`: the bank sent it back on that day, and it is still owed.
    """

    paid_on: date
    payee: Payee
    payee_name: str
    method: PaymentMethod
    iban_end: str
    lines: tuple[Line, ...]
    others: tuple[OthersPart, ...]
    returned_on: date | None = None

    @property
    def shares(self) -> Shares:
        return Shares.of(self.lines)

    @property
    def groups(self) -> list[CareGroup]:
        """The lines by person and claim, in their order."""
        found: dict[tuple[UUID, str], list[Line]] = defaultdict(list)
        for line in self.lines:
            found[line.person.id, line.claim_number].append(line)
        return [CareGroup(tuple(lines)) for lines in found.values()]

    @property
    def paid(self) -> int:
        """What the mutual paid, other people's part included."""
        return self.shares.amc + sum(part.paid for part in self.others)


@dataclass(frozen=True, slots=True)
class SeenPayments:
    """Payments cut for one reader, oldest first."""

    payments: tuple[SeenPayment, ...]

    @property
    def shares(self) -> Shares:
        return Shares.of(line for payment in self.payments for line in payment.lines)

    @property
    def paid(self) -> int:
        return sum(payment.paid for payment in self.payments)


class Key(NamedTuple):
    """Names a `SeenPayment`: the payment, and the person when it is shown apart from the rest."""

    payment_id: UUID
    apart: UUID | None


def key_of(line: PaidLine, family: Family) -> Key:
    """A professional's name tells the care: what was paid to one for another adult stands apart, nameless."""
    is_apart = line.beneficiary_id in family.amount_only and line.payee != Payee.MEMBER
    return Key(line.payment_id, line.beneficiary_id if is_apart else None)


def gather(lines: Iterable[PaidLine], family: Family) -> dict[Key, SeenPayment]:
    """Payments made of these lines."""
    groups: dict[Key, list[PaidLine]] = defaultdict(list)
    for line in lines:
        groups[key_of(line, family)].append(line)
    return {key: _payment(rows, family) for key, rows in groups.items()}


def oldest_first(found: dict[Key, SeenPayment]) -> tuple[SeenPayment, ...]:
    """As a statement tells them; what stands apart comes last in its day."""
    return tuple(found[key] for key in sorted(found, key=lambda key: _order(key, found[key])))


def _order(key: Key, payment: SeenPayment) -> tuple[date, str, str, str]:
    return payment.paid_on, str(key.apart or ""), payment.payee.value, str(key.payment_id)


def _payment(rows: list[PaidLine], family: Family) -> SeenPayment:
    payment = rows[0]
    detailed = [line_of(row, family) for row in rows if row.beneficiary_id in family.detailed]
    is_members = payment.payee == Payee.MEMBER
    return SeenPayment(
        paid_on=payment.paid_on,
        payee=Payee(payment.payee),
        payee_name=payee_name_of(payment, family) if is_members or detailed else "",
        method=PaymentMethod(payment.method),
        iban_end=payment.iban_end if payment.iban_end in family.account_ends else "",
        lines=tuple(
            sorted(detailed, key=lambda line: (line.care_date, line.claim_number, line.person.first_name))
        ),
        others=_others(rows, family),
        returned_on=payment.returned_on if detailed else None,
    )


def payee_name_of(payment: PaidLine, family: Family) -> str:
    """Who was paid, as this reader may know it; blank for another member's name where only one may stand."""
    hidden = payment.payee == Payee.MEMBER and family.only_payee not in {None, payment.payee_name}
    return "" if hidden else payment.payee_name


def _others(rows: list[PaidLine], family: Family) -> tuple[OthersPart, ...]:
    paid: dict[UUID, int] = defaultdict(int)
    for row in rows:
        if row.beneficiary_id in family.amount_only:
            paid[row.beneficiary_id] += row.amc
    return tuple(OthersPart(family.people[person], cents) for person, cents in sorted(paid.items()))


def line_of(row: PaymentLine | PaidLine, family: Family) -> Line:
    """The line in full; only for people whose care the viewer sees."""
    return Line(
        id=row.id,
        person=family.people[row.beneficiary_id],
        kind=CareKind(row.kind),
        label=Text(row.label_fr, row.label_en),
        professional=row.professional,
        care_date=row.care_date,
        claim_number=row.claim_number,
        base=row.base,
        rate=row.rate,
        shares=Shares(charged=row.charged, amo=row.amo, amc=row.amc, left=row.left),
    )
