"""Documents that the mutual gives to read: for everybody, for a segment, or for one member (DOC-01, 02)."""

from django.db import models

from entraide.portal.domain.library.enums import Shelf
from entraide.portal.domain.members.models import Member


class Document(models.Model):
    """A PDF kept in the vault; blank `segment` and no `member`: for everybody."""

    id = models.UUIDField(primary_key=True)
    reference = models.CharField(max_length=40, unique=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="documents")
    segment = models.CharField(max_length=40, blank=True)
    shelf = models.CharField(max_length=20, choices=Shelf.choices)
    kind = models.CharField(max_length=40)
    title_fr = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    published_on = models.DateField()
    stored_name = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"document {self.pk}"
