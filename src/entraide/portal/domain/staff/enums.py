"""What is asked of an access at the desk, and what becomes of it."""

from django.db.models import TextChoices


class ChangeKind(TextChoices):
    INVITATION = "invitation"
    ROLE = "role"


class ChangeState(TextChoices):
    """`withdrawn`: who asked took it back; `lapsed`: nobody answered in time."""

    ASKED = "asked"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Step(TextChoices):
    """What those who give accesses are told of."""

    ASKED = "asked"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
