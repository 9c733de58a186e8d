"""The queue: one row per job, in the same database and transaction as what asked for it."""

from django.db import models
from django.utils import timezone


class JobState(models.TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Priority(models.IntegerChoices):
    """`urgent`: somebody sits in front of the screen and waits for it, such as a code."""

    URGENT = 0
    NORMAL = 5


class Job(models.Model):
    """Work to do once. `unknown`: an outside effect may or may not have happened, a person decides."""

    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    run_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    max_attempts = models.PositiveIntegerField(default=48)
    lease_until = models.DateTimeField(null=True)
    owner = models.CharField(max_length=60, default="")
    dedup = models.CharField(max_length=120, unique=True, null=True)
    last_error = models.CharField(max_length=300, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["priority", "run_at"], name="job_due", condition=models.Q(state="queued")),
            models.Index(fields=["lease_until"], name="job_running", condition=models.Q(state="running")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} {self.state}"
