"""Lines of care that the compulsory scheme sent and the engine priced. Every amount is in cents.

A payment run pays them (`domain/payment_runs`); members see them from then on.
"""

from enum import StrEnum

from django.db import models

from entraide.portal.domain.adjudication.enums import LineState, Reason, RecordKind
from entraide.portal.domain.claims.enums import Payee
from entraide.portal.domain.members.models import Beneficiary
from entraide.reimbursement import Exemption, LensClass, Pathway, Sector, Side, Ward


def _values(kinds: type[StrEnum]) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in kinds]


class Feed(models.Model):
    """One taking-in of a file that brought something. `run` counts those of one file; ids grow with time."""

    scheme_code = models.CharField(max_length=2)
    fund_code = models.CharField(max_length=3)
    office_code = models.CharField(max_length=4)
    number = models.CharField(max_length=40)
    run = models.PositiveSmallIntegerField(default=1)
    digest = models.CharField(max_length=64)
    format_version = models.PositiveSmallIntegerField()
    made_on = models.DateField()
    taken_in_at = models.DateTimeField()
    lines = models.BigIntegerField()
    new = models.BigIntegerField()
    rejected = models.BigIntegerField()
    alerts = models.BigIntegerField()
    charged = models.BigIntegerField()
    amo = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "scheme_code", "fund_code", "office_code", "number", "run", name="feed_run_once"
            )
        ]

    def __str__(self) -> str:
        return f"feed {self.pk}"


class AdjudicatedLine(models.Model):
    """One line of care: charged = amo + amc + left, in cents; negative in what takes a line back.

    `id` is sealed from issuer, statement and line, so that a line is stored once. `shares` holds what each
    contract pays: `[["C40SOCLE", 950]]`. `takes_back` names the line that this one takes back, whether it
    ever came or not; `taken_back_in` is the feed that took this one back.
    """

    id = models.UUIDField(primary_key=True)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="adjudicated")
    feed_line = models.BigIntegerField()
    record = models.CharField(max_length=8, choices=RecordKind.choices)
    state = models.CharField(max_length=8, choices=LineState.choices, default=LineState.PRICED)
    fingerprint = models.UUIDField()
    takes_back = models.UUIDField(null=True, db_index=True)
    taken_back_in = models.ForeignKey(
        Feed, on_delete=models.PROTECT, null=True, related_name="reversed", db_index=False
    )
    beneficiary = models.ForeignKey(
        Beneficiary, on_delete=models.PROTECT, related_name="adjudicated", db_index=False
    )
    scheme_code = models.CharField(max_length=2)
    fund_code = models.CharField(max_length=3)
    office_code = models.CharField(max_length=4)
    statement_number = models.CharField(max_length=40)
    statement_date = models.DateField()
    reference = models.CharField(max_length=40)
    claim_number = models.CharField(max_length=40)
    care_date = models.DateField()
    care_end = models.DateField()
    act_code = models.CharField(max_length=20)
    detail_code = models.CharField(max_length=20, blank=True)
    quantity = models.PositiveSmallIntegerField()
    coefficient = models.BigIntegerField(null=True)
    unit_price = models.BigIntegerField(null=True)
    charged = models.BigIntegerField()
    base = models.BigIntegerField()
    rate = models.PositiveSmallIntegerField()
    amo = models.BigIntegerField()
    withheld = models.BigIntegerField()
    amc = models.BigIntegerField()
    left = models.BigIntegerField()
    shares = models.JSONField()
    exemption = models.CharField(max_length=20, choices=_values(Exemption))
    pathway = models.CharField(max_length=8, choices=_values(Pathway))
    sector = models.CharField(max_length=12, choices=_values(Sector))
    side = models.CharField(max_length=5, choices=_values(Side), blank=True)
    tooth = models.CharField(max_length=2, blank=True)
    lens_right = models.CharField(max_length=12, choices=_values(LensClass), blank=True)
    lens_left = models.CharField(max_length=12, choices=_values(LensClass), blank=True)
    sight_changed = models.BooleanField()
    stay_from = models.DateField(null=True)
    stay_until = models.DateField(null=True)
    ward = models.CharField(max_length=10, choices=_values(Ward), blank=True)
    payee = models.CharField(max_length=12, choices=Payee.choices)
    professional = models.CharField(max_length=120)
    professional_number = models.CharField(max_length=11, blank=True, db_default="")
    speciality = models.CharField(max_length=2, blank=True)
    prescriber = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["beneficiary", "care_date"], name="adjudicated_by_person")]
        constraints = [
            models.CheckConstraint(
                name="adjudicated_shares_add_up",
                condition=models.Q(charged=models.F("amo") + models.F("amc") + models.F("left")),
            )
        ]

    def __str__(self) -> str:
        return f"adjudicated line {self.pk}"


class RejectedLine(models.Model):
    """One thing wrong with one line of a feed, from its last run; no identity number is ever in it."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="rejects")
    feed_line = models.BigIntegerField()
    statement_number = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=20, choices=Reason.choices)
    field = models.CharField(max_length=40)
    found = models.CharField(max_length=300)
    expected = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"rejected line {self.pk}"
