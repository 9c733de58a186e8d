"""What was paid. Every amount is in cents; a line's shares always add up to what was charged."""

from enum import StrEnum

from django.db import models

from entraide.portal.domain.claims.enums import CareKind, Payee, PaymentMethod
from entraide.portal.domain.members.models import Beneficiary, Member
from entraide.reimbursement import Exemption, LensClass, Pathway, Sector, Side, Ward


def _values(kinds: type[StrEnum]) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in kinds]


class Statement(models.Model):
    """Payments sent to the member together; normally one a month, sometimes two, sometimes none (REMB-02)."""

    id = models.UUIDField(primary_key=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="statements")
    number = models.CharField(max_length=40)
    issued_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint("member", "number", name="statement_member_number")]
        indexes = [models.Index(fields=["member", "issued_on"], name="statement_by_day")]

    def __str__(self) -> str:
        return f"statement {self.pk}"


class Payment(models.Model):
    """One payment of the mutual to the member or to a professional (third-party payment)."""

    id = models.UUIDField(primary_key=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="payments")
    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="payments", db_index=False
    )
    reference = models.CharField(max_length=40)
    paid_on = models.DateField()
    amount = models.BigIntegerField()
    payee = models.CharField(max_length=12, choices=Payee.choices)
    payee_name = models.CharField(max_length=120)
    method = models.CharField(max_length=10, choices=PaymentMethod.choices)
    iban_end = models.CharField(max_length=4, blank=True)
    # The bank sent it back: it is still owed, and no longer once it was paid again.
    returned_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["member", "-paid_on", "id"], name="payment_by_member"),
            models.Index(fields=["statement", "id"], name="payment_by_statement"),
        ]

    def __str__(self) -> str:
        return f"payment {self.pk}"


class PaymentLine(models.Model):
    """One line of care: charged = amo + amc + left, in cents.

    From `quantity` on: what the reimbursement engine asks besides. `withheld` is what the law took off
    `amo`, None when the fund did not tell. The defaults are the database's own, so that the former version
    can still load lines while this one takes over.
    """

    id = models.UUIDField(primary_key=True)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="lines", db_index=False)
    beneficiary = models.ForeignKey(
        Beneficiary, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    reference = models.CharField(max_length=40)
    claim_number = models.CharField(max_length=40)
    care_date = models.DateField()
    kind = models.CharField(max_length=20, choices=CareKind.choices)
    act_code = models.CharField(max_length=20)
    label_fr = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120)
    professional = models.CharField(max_length=120)
    charged = models.BigIntegerField()
    base = models.BigIntegerField()
    rate = models.PositiveSmallIntegerField()
    amo = models.BigIntegerField()
    amc = models.BigIntegerField()
    left = models.BigIntegerField()
    quantity = models.PositiveSmallIntegerField(db_default=1)
    sector = models.CharField(max_length=12, choices=_values(Sector), db_default=Sector.REGULATED.value)
    pathway = models.CharField(max_length=8, choices=_values(Pathway), db_default=Pathway.INSIDE.value)
    exemption = models.CharField(max_length=20, choices=_values(Exemption), db_default=Exemption.NONE.value)
    withheld = models.BigIntegerField(null=True)
    side = models.CharField(max_length=5, choices=_values(Side), blank=True, db_default="")
    tooth = models.CharField(max_length=2, blank=True, db_default="")
    lens_right = models.CharField(max_length=12, choices=_values(LensClass), blank=True, db_default="")
    lens_left = models.CharField(max_length=12, choices=_values(LensClass), blank=True, db_default="")
    sight_changed = models.BooleanField(db_default=False)
    stay_from = models.DateField(null=True)
    stay_until = models.DateField(null=True)
    ward = models.CharField(max_length=10, choices=_values(Ward), blank=True, db_default="")
    # The patient asked for secrecy (L.1111-5 CSP): nobody else knows of this line, not even by a total.
    confidential = models.BooleanField(db_default=False)

    class Meta:
        indexes = [
            models.Index(fields=["beneficiary", "-care_date"], name="line_by_beneficiary"),
            # The kinds of care of a person; then whether a payment holds a line for its reader: each of them
            # has all that it takes, so that no line is read.
            models.Index(fields=["beneficiary", "kind", "confidential"], name="line_by_kind"),
            models.Index(fields=["payment", "beneficiary", "confidential", "amc"], name="line_by_payment"),
        ]
        constraints = [
            models.CheckConstraint(
                name="line_shares_add_up",
                condition=models.Q(charged=models.F("amo") + models.F("amc") + models.F("left")),
            )
        ]

    def __str__(self) -> str:
        return f"payment line {self.pk}"
