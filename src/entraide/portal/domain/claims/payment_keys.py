"""The payments of one page among those of ten years, found by their days: earlier ones are not read."""

from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from entraide.portal.domain.claims.enums import Payee
from entraide.portal.domain.claims.models import Payment, PaymentLine
from entraide.portal.domain.claims.payments import Key
from entraide.portal.domain.claims.sight import Family
from entraide.portal.domain.members.viewer import Viewer


def payments_with(lines: QuerySet[PaymentLine], viewer: Viewer) -> QuerySet[Payment]:
    """The payments of the viewer's membership that hold one of these lines."""
    return Payment.objects.filter(_holds(lines), member_id=viewer.member_id)


def _holds(lines: QuerySet[PaymentLine]) -> Exists:
    return Exists(lines.filter(payment_id=OuterRef("pk")))


def day_of_payment(number: int, payments: QuerySet[Payment]) -> Combinable:
    """The day of the payment of that number, the newest being 1; the first of all days when there are fewer.

    By the index of payments and their days: how many came before does not matter.
    """
    days = payments.order_by("-paid_on").values("paid_on")
    return Coalesce(Subquery(days[number - 1 : number]), Value(date.min), output_field=DateField())


@dataclass(frozen=True, slots=True)
class PaymentKeys:
    """The `Key` of every payment that these lines are shown as, newest first, for a paginator.

    Its length is one query, a slice another. What stands apart comes last in its day: its neighbours tell
    nothing.
    """

    lines: QuerySet[PaymentLine]
    family: Family
    viewer: Viewer

    def __len__(self) -> int:
        """Counted from the payments: together they count once, and once for each person who stands apart."""
        to_member = Q(payee=Payee.MEMBER)
        detailed = self.lines.filter(beneficiary_id__in=self.family.detailed)
        together = Q(to_member & Q(_holds(self.lines))) | Q(~to_member & Q(_holds(detailed)))
        apart = {
            f"apart_{place}": Count(
                "pk", filter=~to_member & Q(_holds(self.lines.filter(beneficiary_id=one)))
            )
            for place, one in enumerate(self.family.amount_only)
        }
        mine = Payment.objects.filter(member_id=self.viewer.member_id)
        counts: dict[str, int] = mine.aggregate(together=Count("pk", filter=together), **apart)
        return sum(counts.values())

    def __getitem__(self, place: slice) -> list[Key]:
        if place.stop <= place.start:
            return []
        # Each payment has one key at least: those wanted are of its day or of a later one.
        first = day_of_payment(place.stop, payments_with(self.lines, self.viewer))
        mine = Q(payment__member_id=self.viewer.member_id, payment__paid_on__gte=first)
        shown_together = Q(beneficiary_id__in=self.family.detailed) | Q(payment__payee=Payee.MEMBER)
        apart = Case(
            When(shown_together, then=Value(None)),
            default=F("beneficiary_id"),
            output_field=UUIDField(null=True),
        )
        rows = (
            self.lines.filter(mine)
            .values("payment_id", "payment__paid_on", "payment__payee", apart=apart)
            .distinct()
            .order_by("-payment__paid_on", F("apart").asc(nulls_first=True), "payment__payee", "payment_id")
        )
        return [Key(row["payment_id"], row["apart"]) for row in rows[place]]
