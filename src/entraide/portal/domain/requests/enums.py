"""Kinds and states of what a member asks."""

from django.db.models import TextChoices


class RequestKind(TextChoices):
    DEPOSIT = "deposit"


class RequestState(TextChoices):
    RECEIVED = "received"
    CHECKED = "checked"
    IN_PROGRESS = "in_progress"
    WAITING_FOR_MEMBER = "waiting_for_member"
    DONE = "done"
    REFUSED = "refused"


FINAL_STATES = (RequestState.DONE, RequestState.REFUSED)
