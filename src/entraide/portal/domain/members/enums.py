"""Choices of the members' files."""

from django.db.models import TextChoices


class Relationship(TextChoices):
    PRIMARY_INSURED = "primary_insured"
    SPOUSE = "spouse"
    CHILD = "child"


class Civility(TextChoices):
    MME = "mme"
    M = "m"


class ClaimFeed(TextChoices):
    """Télétransmission: does the compulsory scheme send us the person's lines?"""

    ON = "on"
    OFF = "off"
    NEVER = "never"


class StatementDelivery(TextChoices):
    EMAIL = "email"
    POST = "post"


class Contact(TextChoices):
    """What a person may change by themselves; `DELIVERY` is the membership's, by its primary insured."""

    ADDRESS = "address"
    EMAIL = "email"
    MOBILE = "mobile"
    PHONE = "phone"
    DELIVERY = "delivery"


class HelpScope(TextChoices):
    """How far a helper may go in the file of who asked them; each is given apart."""

    REIMBURSEMENTS = "reimbursements"
    REQUESTS = "requests"
    SENDING = "sending"


class MailTopic(TextChoices):
    """The mails that a person may do without; those of security and receipts always leave."""

    STATEMENTS = "statements"
    REQUESTS = "requests"
    NEWS = "news"
