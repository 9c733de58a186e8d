"""What members read of publications: the news of their segment, and PDFs beside those of the library."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from entraide.portal.domain.library.queries import OpenPaper, Paper
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.publications.enums import PublicationKind
from entraide.portal.domain.publications.models import Edition
from entraide.portal.domain.publications.storage import vault
from entraide.portal.domain.requests.enums import READABLE
from entraide.portal.foundation.web.wording import language, text
from entraide.profiles import Text, news_for
from entraide.profiles.text import Language, typeset

MOST_NEWS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One piece of news in the words that its reader gets; `language` is that of the words.

    `page`: a page of the portal that goes further, where the mutual's profile names one.
    """

    id: str
    title: str
    paragraphs: tuple[str, ...]
    language: str
    starts: date
    page: str = ""


def news_of(viewer: Viewer, *, on: date) -> list[News]:
    """The news of the viewer's segment on this day, newest first. One query."""
    return news_in(viewer.segment, on=on)


def news_in(segment: str, *, on: date, with_edition: Edition | None = None) -> list[News]:
    """The same for a segment: the profile's and the agents', `with_edition` as if it were public already."""
    shown = list(shown_to(segment, [PublicationKind.NEWS], on).order_by("-first_day", "-at")[:MOST_NEWS])
    if with_edition is not None:
        others = [one for one in shown if one.publication_id != with_edition.publication_id]
        shown = [*others, with_edition] if is_for(with_edition, segment) else others
    news = [news_from(one) for one in shown] + [
        News(
            id=item.id,
            title=text(item.title),
            paragraphs=(text(item.body),),
            language=language(),
            starts=item.starts,
            page=item.page or "",
        )
        for item in news_for(settings.PROFILE, segment=segment, on=on)
    ]
    return sorted(news, key=lambda one: one.starts, reverse=True)[:MOST_NEWS]


def news_from(edition: Edition) -> News:
    """An edition in the reader's language; in French where it has no English."""
    in_english = language() == "en" and bool(edition.body_en)
    lang: Language = "en" if in_english else "fr"
    body = edition.body_en if in_english else edition.body_fr
    parts = typeset(body.replace("\r\n", "\n"), language=lang).split("\n\n")
    return News(
        # Another edition is news again for who closed the one before.
        id=f"{edition.publication_id}-{edition.number}",
        title=typeset(edition.title_en if in_english else edition.title_fr, language=lang),
        paragraphs=tuple(part.strip() for part in parts if part.strip()),
        language=lang,
        starts=edition.first_day,
    )


def papers_of(viewer: Viewer, *, on: date) -> list[Paper]:
    """The PDFs that agents published for the viewer's segment, newest first. One query."""
    found = _papers(viewer, on).order_by("-first_day", "title_fr", "pk")
    return [paper_from(one) for one in found]


def paper_of(viewer: Viewer, publication_id: UUID, *, on: date) -> OpenPaper | None:
    """One of them with its bytes; None when it is not there, not yet, or not for this viewer."""
    found = _papers(viewer, on).filter(publication_id=publication_id).first()
    return open_paper(found) if found is not None else None


def paper_from(edition: Edition) -> Paper:
    """A document as a line of the shelf; its French title where it has no English one."""
    return Paper(
        id=edition.publication_id,
        title=Text(edition.title_fr, edition.title_en or edition.title_fr),
        kind=edition.document_kind,
        published_on=edition.first_day,
        size=edition.size,
        is_personal=False,
    )


def open_paper(edition: Edition) -> OpenPaper:
    return OpenPaper(paper_from(edition), vault().whole(edition.stored_name))


def is_for(edition: Edition, segment: str) -> bool:
    return not edition.segments or f",{segment}," in edition.segments


def _papers(viewer: Viewer, on: date) -> QuerySet[Edition]:
    return shown_to(viewer.segment, [PublicationKind.DOCUMENT], on).filter(scan_state__in=READABLE)


def shown_to(segment: str, kinds: Iterable[PublicationKind], on: date) -> QuerySet[Edition]:
    """The public editions of these kinds that this segment sees on this day."""
    return Edition.objects.filter(
        Q(last_day=None) | Q(last_day__gte=on),
        Q(segments="") | Q(segments__contains=f",{segment},"),
        public_of__kind__in=list(kinds),
        first_day__lte=on,
    )
