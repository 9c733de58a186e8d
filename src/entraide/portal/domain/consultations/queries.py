"""Who consulted a file, as the person concerned reads it; the first argument is who asks (A69, B-11)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator

from entraide.portal.domain.consultations.enums import Outcome, ReaderKind, Seen
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.consultations.policies import may_read_journal
from entraide.portal.domain.consultations.reasons import reason_in_words
from entraide.portal.domain.members.queries import as_person, people_of
from entraide.portal.domain.members.viewer import Viewer

PER_PAGE = 10


@dataclass(frozen=True, slots=True)
class JournalPerson:
    """Somebody whose journal the viewer may read."""

    id: UUID
    first_name: str
    full_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """One reading. `reader` is blank when it was the viewer; `reason` is what an agent gave."""

    id: UUID
    person: JournalPerson
    is_own: bool
    by_viewer: bool
    reader: str
    reader_kind: ReaderKind
    role: str
    seen: Seen
    reason: str
    refused: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Journal:
    """A page of one person's journal (of `JournalLine`), and whose journals the viewer may read."""

    people: tuple[JournalPerson, ...]
    whose: JournalPerson
    page: Page[Any]


def journal_of(viewer: Viewer, *, person: UUID | None = None, page: str = "1", on: date) -> Journal | None:
    """Who read this person's data, newest first; the viewer's own without a person. Three queries.

    None when that person is not there, or not for this viewer.
    """
    found = [one for one in people_of(viewer) if may_read_journal(viewer, as_person(one), on=on)]
    found.sort(key=lambda one: one.pk != viewer.person_id)
    people = {one.pk: JournalPerson(one.pk, one.first_name, one.full_name) for one in found}
    whose = people.get(person or viewer.person_id)
    if whose is None:
        return None
    rows = Consultation.objects.filter(person_id=whose.id).order_by("-position")
    shown = Paginator(rows, PER_PAGE).get_page(page)
    lines = [_line(row, whose, viewer) for row in shown.object_list]
    seen: Page[Any] = Page(lines, shown.number, shown.paginator)
    return Journal(tuple(people.values()), whose, seen)


def _line(row: Consultation, person: JournalPerson, viewer: Viewer) -> JournalLine:
    return JournalLine(
        id=row.pk,
        person=person,
        is_own=row.person_id == viewer.person_id,
        by_viewer=row.reader == viewer.person_id,
        reader=row.reader_name,
        reader_kind=ReaderKind(row.reader_kind),
        role=row.role,
        seen=Seen(row.seen),
        reason=reason_in_words(row.reason),
        refused=row.outcome == Outcome.REFUSED,
        at=row.at,
    )
