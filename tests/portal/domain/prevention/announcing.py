"""Webinars, events and articles for the tests, written and published by agents."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.publications.drafts import Draft
from entraide.portal.domain.publications.enums import PublicationKind
from entraide.portal.domain.publications.models import Publication
from entraide.portal.domain.publications.publishing import publish_edition
from entraide.portal.domain.publications.writing import change, write
from tests.portal.domain.publications.test_scanning import at_work

NOW = timezone.now().replace(microsecond=0)


def draft(title: str = "Bien dormir", **more: object) -> Draft:
    starts_at: datetime | None = more.pop("starts_at", NOW + timedelta(days=5))  # type: ignore[assignment]
    ends_at = starts_at + timedelta(minutes=45) if starts_at else None
    first = {
        "title_fr": title, "body_fr": "Une psychologue répond.", "theme": "sleep", "starts_at": starts_at,
        "ends_at": ends_at, "first_day": timezone.localdate() - timedelta(days=1),
    }  # fmt: skip
    return Draft(**first | more)  # type: ignore[arg-type]


def announced(kind: PublicationKind = PublicationKind.WEBINAR, **more: object) -> UUID:
    """Written by one agent and published by another one."""
    author = at_work("Noé Tallec", Role.HANDLER)
    found = write(author, kind, draft(**more), request_key=uuid4(), now=NOW)  # type: ignore[arg-type]
    publish_edition(at_work("Maud Cendrier", Role.SUPERVISOR), found, number=1, now=NOW)
    return found


def moved(publication: UUID, **more: object) -> None:
    """Another edition, public at once."""
    author = at_work("Noé Tallec", Role.HANDLER)
    change(author, publication, draft(**more), request_key=uuid4(), now=NOW)  # type: ignore[arg-type]
    number = Publication.objects.get(pk=publication).editions.count()
    publish_edition(at_work("Maud Cendrier", Role.SUPERVISOR), publication, number=number, now=NOW)
