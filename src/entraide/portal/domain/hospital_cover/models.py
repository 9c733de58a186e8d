"""The letter to a hospital: the mutual's yes to a request for hospital cover."""

import uuid

from django.db import models

from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.hospital_cover.enums import LetterChannel, Trouble
from entraide.portal.domain.requests.models import Request
from entraide.portal.foundation.vault.fields import EncryptedText


class CoverLetter(models.Model):
    """One letter per request. `agent` is null where the profile lets it leave by itself.

    A request that ended otherwise before its letter left keeps it, unsent: nobody is told of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.OneToOneField(Request, on_delete=models.PROTECT, related_name="cover_letter")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="cover_letters")
    decided_at = models.DateTimeField()
    channel = models.CharField(max_length=5, choices=LetterChannel.choices)
    # The admissions office: an e-mail address, or a fax number in E.164.
    to = EncryptedText()
    # What the letter says, as JSON, frozen: the paper stays the one that was sent.
    letter = EncryptedText()
    # Which sending counts: an agent who sends it again, perhaps elsewhere, begins another one.
    sending = models.PositiveSmallIntegerField(default=1)
    # When the try under way began; null: none is.
    leaving_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=10, choices=Trouble.choices, blank=True, default="")
    trouble_at = models.DateTimeField(null=True)
    # A try ended in doubt: the letter may be at the hospital, whatever became of the others.
    maybe_there = models.BooleanField(default=False)
    # When the next server or the fax service took it; null: not yet.
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(trouble="") ^ models.Q(trouble_at__isnull=False),
                name="cover_letter_trouble_has_its_moment",
            ),
        ]

    @property
    def may_be_there(self) -> bool:
        """Whether the hospital may hold it: sent, on its way at this moment, or in doubt."""
        return self.sent_at is not None or self.leaving_at is not None or self.maybe_there

    def __str__(self) -> str:
        return f"cover letter {self.pk}"
