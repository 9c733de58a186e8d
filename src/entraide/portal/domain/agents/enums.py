from django.db.models import TextChoices


class Role(TextChoices):
    """What an agent is there for (A75). One role each: none holds both granting rights and reading care.

    `social_fund`: requests to the social fund, which nobody else sees, and no others.
    """

    READER = "reader"
    HANDLER = "handler"
    PAYER = "payer"
    SUPERVISOR = "supervisor"
    SECURITY_ADMIN = "security_admin"
    DPO = "dpo"
    SOCIAL_FUND = "social_fund"
