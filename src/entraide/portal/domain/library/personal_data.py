"""Documents that the mutual wrote for one membership, for whom they are addressed to (A79)."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from uuid import UUID

from django.db.models import QuerySet
from django.utils.text import slugify

from entraide.portal.domain.library.models import Document
from entraide.portal.domain.library.storage import vault
from entraide.portal.domain.members.enums import Relationship
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.personal_data import OwnFile, Table, table_of


def personal_data_of(person_id: UUID) -> list[Table]:
    """The list of the papers; who is not the primary insured has none."""
    columns = ("reference", "shelf", "kind", "title_fr", "title_en", "published_on", "size", "sha256")
    return [table_of("documents", _own(person_id), *columns)]


def own_files_of(viewer: Viewer, *, language: str, on: date) -> Iterator[OwnFile]:
    for row in _own(viewer.person_id).iterator(chunk_size=100):
        name = slugify(row.title_fr)[:60] or "document"
        path = f"documents/{row.published_on:%Y-%m-%d}-{name}-{str(row.pk)[:8]}.pdf"
        yield OwnFile(path, partial(vault().read, row.stored_name))


def _own(person_id: UUID) -> QuerySet[Document]:
    member = Beneficiary.objects.filter(pk=person_id, relationship=Relationship.PRIMARY_INSURED)
    return Document.objects.filter(member_id__in=member.values("member_id")).order_by("published_on", "pk")
