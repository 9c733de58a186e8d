"""The payments of one page among those of ten years, found by their days: earlier ones are not read."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, DateField, F, OuterRef, QuerySet, Subquery, UUIDField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from entraide.portal.domain.claims.enums import Payee
from entraide.portal.domain.claims.models import Payment, PaymentLine
from entraide.portal.domain.claims.payments import Key
from entraide.portal.domain.claims.sight import Family
from entraide.portal.domain.members.viewer import Viewer


def payments_with(lines: QuerySet[PaymentLine], viewer: Viewer) -> QuerySet[Payment]:
    """The payments of the viewer's membership that hold one of these lines."""
    # As a value, not `Exists`: PostgreSQL would join the lines of ten years rather than look for one of each
    # payment, newest first, until there are enough. Of a column that the index of lines by payment has.
    one = Subquery(lines.filter(payment_id=OuterRef("pk")).values("payment_id")[:1])
    return Payment.objects.alias(one=one).filter(one__isnull=False, member_id=viewer.member_id)


def day_of_payment(number: int, payments: QuerySet[Payment]) -> Combinable:
    """The day of the payment of that number, the newest being 1; the first of all days when there are fewer.

    By the index of payments and their days: how many came before does not matter.
    """
    days = payments.order_by("-paid_on").values("paid_on")
    return Coalesce(Subquery(days[number - 1 : number]), Value(date.min), output_field=DateField())


@dataclass(frozen=True, slots=True)
class PaymentKeys:
    """The `Key` of every payment that these lines are shown as, newest first.

    What stands apart comes last in its day: its neighbours tell nothing.
    """

    lines: QuerySet[PaymentLine]
    family: Family
    viewer: Viewer

    def newest(self, number: int) -> list[Key]:
        """The first `number`, or all there are, then others of the last one's day. Three queries at most."""
        payments = payments_with(self.lines, self.viewer)
        # Each payment has one key at least: those wanted are of its day or of a later one. Asked beforehand:
        # databases read less between days that they know.
        last = payments.order_by("-paid_on").values_list("paid_on", flat=True)[number - 1 : number]
        recent = payments.filter(paid_on__gte=next(iter(last), date.min))
        days = {pk: (paid_on, payee) for pk, paid_on, payee in recent.values_list("pk", "paid_on", "payee")}
        keys = self._keys([pk for pk, (_, payee) in days.items() if payee != Payee.MEMBER])
        keys += [Key(pk, None) for pk, (_, payee) in days.items() if payee == Payee.MEMBER]
        keys.sort(key=lambda key: (str(key.apart or ""), days[key.payment_id][1], str(key.payment_id)))
        return sorted(keys, key=lambda key: days[key.payment_id][0], reverse=True)

    def _keys(self, to_others: list[UUID]) -> list[Key]:
        """Of payments to professionals: what others had there stands apart, one by one."""
        if not self.family.amount_only:
            return [Key(pk, None) for pk in to_others]
        apart = Case(
            When(beneficiary_id__in=self.family.amount_only, then=F("beneficiary_id")),
            output_field=UUIDField(null=True),
        )
        rows = self.lines.filter(payment_id__in=to_others).values_list("payment_id", apart).distinct()
        return [Key(*row) for row in rows.order_by()]
