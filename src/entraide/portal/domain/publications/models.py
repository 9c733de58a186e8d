"""What agents publish, news, documents and prevention: every edition is kept (DOC-02, DOC-03, PREV-01).

No row holds anything about a member.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.publications.enums import DeedKind, PreventionTheme, PublicationKind
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
    shown, and called French. `document_kind` and the file are a document's, the texts all others'.

    What is for prevention has a theme. A webinar or an event has its moments; `place` is an event's, the
    addresses a webinar's. `capacity`: how many may register; null: a webinar takes everybody, an event asks
    for no registration.
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
    theme = models.CharField(max_length=20, blank=True, choices=PreventionTheme.choices, db_default="")
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=200, blank=True, db_default="")
    live_url = models.CharField(max_length=300, blank=True, db_default="")
    replay_url = models.CharField(max_length=300, blank=True, db_default="")
    capacity = models.PositiveIntegerField(null=True)
    stored_name = models.CharField(max_length=80, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    scan_state = models.CharField(max_length=10, choices=ScanState.choices, default=ScanState.UNSCANNED)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint("publication", "number", name="edition_numbered_once"),
            models.UniqueConstraint("agent", "request_key", name="edition_stored_once"),
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None) | Q(starts_at__lt=F("ends_at")),
                name="edition_moments_in_order",
            ),
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
