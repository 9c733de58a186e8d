"""News and documents that agents publish: every edition is kept as it was written (DOC-02, DOC-03).

No row holds anything about a member.
"""

import uuid

from django.db import models

from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.publications.enums import DeedKind, PublicationKind
from entraide.portal.domain.requests.enums import ScanState


class Mailing(models.Model):
    """The mails of one day about what was published; what is in it is never in another one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    day = models.DateField(unique=True)

    def __str__(self) -> str:
        return f"mailing of {self.day}"


class Publication(models.Model):
    """Something to publish. Members see the edition that is `public`; null: they see nothing of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=PublicationKind.choices)
    public = models.OneToOneField("Edition", on_delete=models.PROTECT, null=True, related_name="public_of")
    mailing = models.ForeignKey(Mailing, on_delete=models.PROTECT, null=True, related_name="publications")

    def __str__(self) -> str:
        return f"publication {self.pk}"


class Edition(models.Model):
    """What one agent wrote at once. It is never altered: who publishes it publishes what they read (A78).

    `segments`: ids with a comma on each side; blank: for everybody. Without an English text the French is
    shown, and called French. `document_kind` and the file are a document's, the texts news's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="editions")
    at = models.DateTimeField()
    request_key = models.UUIDField()
    content_digest = models.CharField(max_length=64)
    segments = models.CharField(max_length=400, blank=True)
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    title_fr = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    body_fr = models.TextField(blank=True)
    body_en = models.TextField(blank=True)
    # Whether a mail tells of it, to who wants the mails of news.
    tells = models.BooleanField(default=True, db_default=True)
    document_kind = models.CharField(max_length=40, blank=True)
    stored_name = models.CharField(max_length=80, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    scan_state = models.CharField(max_length=10, choices=ScanState.choices, default=ScanState.UNSCANNED)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint("publication", "number", name="edition_numbered_once"),
            models.UniqueConstraint("agent", "request_key", name="edition_stored_once"),
        ]

    def __str__(self) -> str:
        return f"edition {self.number} of {self.publication_id}"


class Deed(models.Model):
    """An edition was published, or taken from the members' eyes: by whom, and when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="deeds")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="deeds")
    kind = models.CharField(max_length=10, choices=DeedKind.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.edition_id}"
