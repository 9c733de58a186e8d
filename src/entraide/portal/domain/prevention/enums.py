from django.db.models import TextChoices


class Reminded(TextChoices):
    """The last reminder that left, or that came too late to be worth a mail."""

    DAY = "day"
    HOUR = "hour"


class Step(TextChoices):
    """What a mail tells of a registration."""

    DAY = "day"
    HOUR = "hour"
    MOVED = "moved"
    CANCELLED = "cancelled"
