"""Who will come to a webinar or an event: the least that reminders need, and not for long (PREV-01).

Which one somebody chose may tell about their health: nothing of it goes to the journal or into a mail.
"""

import uuid

from django.db import models

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.prevention.enums import Reminded
from entraide.portal.domain.publications.models import Edition, Publication


class Registration(models.Model):
    """One person for one webinar or event. Forgotten a month after its end.

    `edition` is the one that they read. `starts_at` and `ends_at` are the moments that they were last told:
    others since, and a mail says so; null: they were told that it does not take place.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Beneficiary, on_delete=models.PROTECT, related_name="registrations")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="registrations")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField()
    reminded = models.CharField(max_length=4, choices=Reminded.choices, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("publication", "person", name="registered_once")]
        indexes = [models.Index(fields=["ends_at"], name="registration_by_end")]

    def __str__(self) -> str:
        return f"registration {self.pk}"
