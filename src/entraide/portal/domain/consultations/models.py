"""Who read whose data (A68). Rows are added and, when they are old, forgotten; never changed."""

import uuid

from django.db import models

from entraide.portal.domain.consultations.enums import Outcome, ReaderKind, Seen
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.vault.fields import EncryptedText


class Consultation(models.Model):
    """One reading of somebody's data by somebody else. `position` counts those of one person, from 1.

    `role` is the relationship of a relative or the role of an agent, as it was then. `reason` is what an
    agent gave; a relative's is their relationship. `seal` covers this row and the seal before it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        Beneficiary, on_delete=models.PROTECT, related_name="consultations", db_index=False
    )
    position = models.PositiveBigIntegerField()
    at = models.DateTimeField(db_index=True)
    reader = models.UUIDField()
    reader_kind = models.CharField(max_length=6, choices=ReaderKind.choices)
    reader_name = EncryptedText()
    role = models.CharField(max_length=20)
    seen = models.CharField(max_length=12, choices=Seen.choices)
    object_id = models.UUIDField(null=True)
    reason = EncryptedText()
    network = EncryptedText()
    outcome = models.CharField(max_length=7, choices=Outcome.choices, default=Outcome.SHOWN)
    seal = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint("person", "position", name="consultation_position_once")]
        indexes = [models.Index(fields=["person", "reader", "at"], name="consultation_by_reader")]

    def __str__(self) -> str:
        return f"consultation {self.pk}"


class Chain(models.Model):
    """Where the rows of one person begin and end, so that neither end can be cut unseen.

    `before_first` is the seal of the last row that was forgotten because of its age, blank if none was.
    Each end has a seal of its own: a reading and the forgetting of old ones need not wait for each other.
    """

    person = models.OneToOneField(
        Beneficiary, on_delete=models.PROTECT, primary_key=True, related_name="consultation_chain"
    )
    first = models.PositiveBigIntegerField(default=1)
    before_first = models.CharField(max_length=64, blank=True)
    start_seal = models.CharField(max_length=64)
    last = models.PositiveBigIntegerField()
    last_seal = models.CharField(max_length=64)
    end_seal = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"chain of {self.pk}"
