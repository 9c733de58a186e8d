"""Choices of reimbursements."""

from django.db.models import TextChoices


class CareKind(TextChoices):
    """The kinds of care a member recognises; each has an icon and a label (REMB-01)."""

    CONSULTATION = "consultation"
    SPECIALIST = "specialist"
    PHARMACY = "pharmacy"
    LABORATORY = "laboratory"
    IMAGING = "imaging"
    PARAMEDICAL = "paramedical"
    DENTAL = "dental"
    OPTICAL = "optical"
    HEARING = "hearing"
    HOSPITAL = "hospital"
    TRANSPORT = "transport"
    ALTERNATIVE = "alternative"
    PREVENTION = "prevention"
    OTHER = "other"


class Payee(TextChoices):
    MEMBER = "member"
    PROFESSIONAL = "professional"


class PaymentMethod(TextChoices):
    """`none`: nothing was due, the care is shown all the same."""

    TRANSFER = "transfer"
    CHEQUE = "cheque"
    NONE = "none"


class Period(TextChoices):
    """When it was paid; a past year is written in its four digits instead."""

    ALL = ""
    MONTH = "month"
    QUARTER = "3-months"
    YEAR = "year"
