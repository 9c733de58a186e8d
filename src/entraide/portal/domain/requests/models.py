"""What a member asked, with its files, its reference, its history, and what was said about it."""

import uuid

from django.db import models

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.enums import (
    ANSWERED_STATES,
    FINAL_STATES,
    PENDING_SCANS,
    READABLE,
    By,
    RequestKind,
    RequestState,
    ScanState,
)
from entraide.portal.foundation.vault.fields import EncryptedText

LOWEST, HIGHEST = 1, 5
_OPEN = ~models.Q(state__in=[state.value for state in FINAL_STATES])


class Request(models.Model):
    """One request. The same key of the same sender is stored once, whatever is clicked twice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=20, choices=RequestKind.choices)
    sender = models.ForeignKey(Beneficiary, on_delete=models.PROTECT, related_name="sent_requests")
    concerns = models.ForeignKey(Beneficiary, on_delete=models.PROTECT, related_name="requests")
    category = models.CharField(max_length=60)
    type = models.CharField(max_length=60)
    description = EncryptedText()
    # What a form of its own asked, as JSON: pairs of a label's key and the answer.
    answers = EncryptedText(db_default=b"")
    # A blind index of what it is about, where a second open request makes no sense.
    subject = models.CharField(max_length=64, blank=True, db_default="")
    state = models.CharField(max_length=20, choices=RequestState.choices, default=RequestState.RECEIVED)
    request_key = models.UUIDField()
    content_digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    promised_on = models.DateField()
    # The promise of the first day, moved by the working days on which we waited for the member.
    due_on = models.DateField()
    waiting_since = models.DateTimeField(null=True)
    waited_seconds = models.PositiveBigIntegerField(default=0, db_default=0)
    closed_at = models.DateTimeField(null=True)
    # When its sender last wrote again after the answer.
    reopened_at = models.DateTimeField(null=True)
    # When somebody of the mutual who reads words first opened it.
    read_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=2)
    # Who takes care of it at the mutual: a team of its profile, and the id of an agent.
    team = models.CharField(max_length=40, blank=True, default="", db_default="")
    handler = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("sender", "request_key", name="request_stored_once"),
            models.UniqueConstraint(
                "subject",
                condition=~models.Q(subject="")
                & ~models.Q(state__in=[state.value for state in FINAL_STATES]),
                name="request_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state=RequestState.WAITING_FOR_MEMBER)
                ^ models.Q(waiting_since__isnull=True),
                name="request_clock_stands_while_waiting",
            ),
        ]
        indexes = [
            models.Index(fields=["sender", "-received_at"], name="request_by_sender"),
            models.Index(fields=["received_at"], name="request_by_arrival"),
            models.Index(fields=["team", "due_on", "id"], condition=_OPEN, name="request_by_team"),
            models.Index(fields=["due_on", "id"], condition=_OPEN, name="request_by_day"),
            # With the kind, which says who may see a request: counting them reads no row.
            models.Index(fields=["state", "due_on", "id", "kind"], condition=_OPEN, name="request_by_state"),
            models.Index(
                fields=["team", "state", "due_on", "id", "kind"],
                condition=_OPEN,
                name="request_by_team_and_state",
            ),
            models.Index(fields=["category", "due_on", "id"], condition=_OPEN, name="request_by_category"),
            models.Index(fields=["type", "due_on", "id"], condition=_OPEN, name="request_by_type"),
            models.Index(fields=["handler", "due_on", "id"], condition=_OPEN, name="request_by_handler"),
            models.Index(
                fields=["handler", "reopened_at", "id"],
                condition=_OPEN & models.Q(reopened_at__isnull=False),
                name="request_reopened",
            ),
        ]

    def __str__(self) -> str:
        return f"request {self.reference}"


class Step(models.Model):
    """One line of a request's timeline: the state that it reached, and who brought it there.

    `actor` is the account behind the hand; `refusal` the code of the reason, for a refusal alone.
    """

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=20, choices=RequestState.choices)
    at = models.DateTimeField()
    by = models.CharField(max_length=6, choices=By.choices, default=By.MEMBER, db_default=By.MEMBER)
    actor = models.UUIDField(null=True)
    refusal = models.CharField(max_length=40, blank=True, db_default="")

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(
                fields=["at", "state", "refusal"],
                condition=models.Q(state__in=[state.value for state in ANSWERED_STATES]),
                name="step_of_answer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.state}"


class Message(models.Model):
    """What was said to the other side with a step: a question, a reply, an answer.

    A reply has the key of its form: the same key of a request is stored once, whatever is clicked twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    step = models.OneToOneField(Step, on_delete=models.CASCADE, related_name="message")
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="messages")
    words = EncryptedText()
    # The papers that a question asks for by name: ids of the profile, with commas between.
    papers = models.TextField(blank=True, default="", db_default="")
    # When the other side first opened it.
    read_at = models.DateTimeField(null=True)
    request_key = models.UUIDField(null=True)
    content_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("request", "request_key", name="reply_stored_once")]

    def __str__(self) -> str:
        return f"message {self.pk}"


class Satisfaction(models.Model):
    """What the sender thought of it, once it was answered: from 1 (bad) to 5 (very good), told once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.OneToOneField(Request, on_delete=models.CASCADE, related_name="satisfaction")
    score = models.PositiveSmallIntegerField()
    words = EncryptedText()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__gte=LOWEST, score__lte=HIGHEST), name="score_1_to_5"
            )
        ]
        indexes = [models.Index(fields=["at", "score"], name="satisfaction_by_day")]

    def __str__(self) -> str:
        return f"satisfaction {self.pk}"


class RequestFile(models.Model):
    """A file of a request, or one held for a form that is not sent yet (no `request`, no `kept_by`).

    An enclosure is one that an agent sends: `enclosed_by` in the place of a sender. Without a `message` it is
    of an answer that waits for a second agent, and nobody but agents knows of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, null=True, related_name="files")
    # The reply or answer that it came with; null: with the request itself, and so on its receipt.
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="files")
    sender = models.ForeignKey(Beneficiary, on_delete=models.PROTECT, null=True, related_name="files")
    # The id of the agent.
    enclosed_by = models.UUIDField(null=True)
    # When an enclosure was first opened by somebody who may read its request.
    read_at = models.DateTimeField(null=True)
    request_key = models.UUIDField()
    name = EncryptedText()
    media_type = models.CharField(max_length=40)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_name = models.CharField(max_length=80)
    kept_at = models.DateTimeField()
    # Another feature that keeps it for good, such as a change of account; blank: a request, or a form.
    kept_by = models.CharField(max_length=20, blank=True, db_default="")

    # Which paper of which care it is, as `type/paper` of the profile; blank: nobody said.
    piece = models.CharField(max_length=130, blank=True, db_default="")
    scan_state = models.CharField(
        max_length=10, choices=ScanState.choices, default=ScanState.UNSCANNED, db_default=ScanState.UNSCANNED
    )
    # Since when it waits for the antivirus, and when there was a verdict.
    scan_since = models.DateTimeField(null=True)
    scanned_at = models.DateTimeField(null=True)
    # What the antivirus found, by its name for it.
    finding = models.CharField(max_length=100, blank=True, db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sender__isnull=True) ^ models.Q(enclosed_by__isnull=True),
                name="file_of_member_or_agent",
            )
        ]
        indexes = [
            models.Index(fields=["sender", "request_key"], name="file_by_form"),
            models.Index(
                fields=["enclosed_by", "request_key"],
                name="enclosure_by_form",
                condition=models.Q(enclosed_by__isnull=False),
            ),
            models.Index(fields=["sha256"], name="file_by_print"),
            models.Index(
                fields=["scan_since"],
                name="file_scan_pending",
                condition=models.Q(scan_state__in=[state.value for state in PENDING_SCANS]),
            ),
        ]
        ordering = ["kept_at", "pk"]

    def __str__(self) -> str:
        return f"file {self.pk}"

    @property
    def is_readable(self) -> bool:
        """Nothing else may be opened, shown or handed out, to anybody (A47)."""
        return self.scan_state in READABLE

    @property
    def is_infected(self) -> bool:
        return self.scan_state == ScanState.INFECTED

    @property
    def is_enclosure(self) -> bool:
        return self.enclosed_by is not None


# What agents sent, and what was sent to them.
ENCLOSED = models.Q(enclosed_by__isnull=False)
# An enclosure is there for its readers once it has left with its message.
LEFT = ~ENCLOSED | models.Q(message__isnull=False)


class CallBack(models.Model):
    """When somebody is called back; `place`: which of the calls of that moment, null once it is given up."""

    request = models.OneToOneField(
        Request, on_delete=models.CASCADE, related_name="call_back", primary_key=True
    )
    starts_at = models.DateTimeField()
    place = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("starts_at", "place", name="one_call_to_a_place")]

    def __str__(self) -> str:
        return f"call-back {self.request_id}"
