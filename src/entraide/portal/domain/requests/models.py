"""What a member asked, with its files, its reference and its history."""

import uuid

from django.db import models

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.enums import FINAL_STATES, RequestKind, RequestState
from entraide.portal.foundation.vault.fields import EncryptedText


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
    language = models.CharField(max_length=2)

    class Meta:
        constraints = [
            models.UniqueConstraint("sender", "request_key", name="request_stored_once"),
            models.UniqueConstraint(
                "subject",
                condition=~models.Q(subject="")
                & ~models.Q(state__in=[state.value for state in FINAL_STATES]),
                name="request_open_once",
            ),
        ]
        indexes = [models.Index(fields=["sender", "-received_at"], name="request_by_sender")]

    def __str__(self) -> str:
        return f"request {self.reference}"


class Step(models.Model):
    """One line of a request's timeline."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=20, choices=RequestState.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.state}"


class RequestFile(models.Model):
    """A file of a request, or one held for a form that is not sent yet (no `request`, no `kept_by`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, null=True, related_name="files")
    sender = models.ForeignKey(Beneficiary, on_delete=models.PROTECT, related_name="files")
    request_key = models.UUIDField()
    name = EncryptedText()
    media_type = models.CharField(max_length=40)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_name = models.CharField(max_length=80)
    kept_at = models.DateTimeField()
    # Another feature that keeps it for good, such as a change of account; blank: a request, or a form.
    kept_by = models.CharField(max_length=20, blank=True, db_default="")

    class Meta:
        indexes = [models.Index(fields=["sender", "request_key"], name="file_by_form")]
        ordering = ["kept_at", "pk"]

    def __str__(self) -> str:
        return f"file {self.pk}"
