"""Runs of files for the management system, kept as they went out, and what each of them took."""

import uuid

from django.db import models

from entraide.portal.foundation.vault.fields import EncryptedText


class OutRun(models.Model):
    """One numbered run. `delivered_at` is null until its folder is known to be whole."""

    number = models.PositiveIntegerField(unique=True)
    made_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"run {self.number}"


class OutFile(models.Model):
    """One file of a run, with exactly the text that goes out: accounts and contacts, so it is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(OutRun, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=40)
    rows = models.PositiveIntegerField()
    content = EncryptedText()

    class Meta:
        constraints = [models.UniqueConstraint("run", "name", name="out_file_once")]
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.run_id} {self.name}"


class TakenFact(models.Model):
    """A fact of the journal that a run took: no other run takes it again."""

    entry = models.UUIDField(primary_key=True)
    run = models.ForeignKey(OutRun, on_delete=models.PROTECT, related_name="taken")

    def __str__(self) -> str:
        return f"{self.entry}"


class TakenRequest(models.Model):
    """A request whose acceptance and answers went out; later runs tell only how it ended."""

    request = models.UUIDField(primary_key=True)
    run = models.ForeignKey(OutRun, on_delete=models.PROTECT, related_name="requests")

    def __str__(self) -> str:
        return f"{self.request}"
