"""What a member finds on prevention: articles, webinars, events, their own registrations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from entraide.formats.names import normalise
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.prevention.models import Registration
from entraide.portal.domain.publications.policies import need_to_write
from entraide.portal.domain.publications.prevention import (
    Article,
    Meeting,
    articles_for,
    blocks_of,
    meeting_for,
    meeting_from,
    meetings_for,
    minutes_to_read,
)
from entraide.portal.foundation.web.wording import language, text
from entraide.profiles import OwnArticle, own_articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A webinar or event for the viewer. `left`: free places; None where none are counted."""

    meeting: Meeting
    is_mine: bool
    left: int | None
    is_over: bool

    @property
    def is_full(self) -> bool:
        return self.left == 0

    @property
    def is_open(self) -> bool:
        """Whether one can register now."""
        return self.meeting.takes_registrations and not (self.is_over or self.is_full or self.is_mine)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What there is on prevention. `coming` begins with the next one; `replays` with the latest."""

    coming: tuple[Place, ...]
    replays: tuple[Place, ...]
    articles: tuple[Article, ...]


def shelf_of(viewer: Viewer, *, theme: str = "", asked: str = "", now: datetime) -> Shelf:
    """What the viewer may read and join, of one theme, or that answers every word asked for. Four queries."""
    on = timezone.localdate(now)
    articles = [*articles_for(viewer.segment, on=on), *map(_own, _named_articles())]
    places = _places(viewer, meetings_for(viewer.segment, on=on), now=now)
    wanted = [one for one in places if _fits(one.meeting.theme, one.meeting.words, theme, asked)]
    return Shelf(
        coming=tuple(one for one in wanted if not one.is_over),
        replays=tuple(one for one in reversed(wanted) if one.is_over and one.meeting.replay_url),
        articles=tuple(one for one in articles if _fits(one.theme, one.words, theme, asked)),
    )


def article_of(viewer: Viewer, article_id: str, *, on: date) -> Article | None:
    """One of the agents' or of our own; None when it is not there, or not for this viewer."""
    own = next((one for one in _named_articles() if one.slug == article_id), None)
    if own is not None:
        return _own(own)
    return next((one for one in articles_for(viewer.segment, on=on) if one.id == article_id), None)


def place_of(viewer: Viewer, publication_id: UUID, *, now: datetime) -> Place | None:
    """One webinar or event; None when it is not there, or not for this viewer."""
    found = meeting_for(viewer.segment, publication_id, on=timezone.localdate(now))
    return _places(viewer, [meeting_from(found)], now=now)[0] if found else None


def registered(agent: AgentViewer, publication_id: UUID) -> int:
    """How many people registered; who they are is nobody's business at the desk."""
    need_to_write(agent)
    return Registration.objects.filter(publication_id=publication_id, starts_at__isnull=False).count()


def _places(viewer: Viewer, meetings: list[Meeting], *, now: datetime) -> list[Place]:
    rows = Registration.objects.filter(publication_id__in=[one.id for one in meetings])
    taken: dict[UUID, int] = {}
    for publication in rows.values_list("publication_id", flat=True):
        taken[publication] = taken.get(publication, 0) + 1
    mine = set(rows.filter(person_id=viewer.person_id).values_list("publication_id", flat=True))
    return [
        Place(
            meeting=one,
            is_mine=one.id in mine,
            left=None if one.capacity is None else max(0, one.capacity - taken.get(one.id, 0)),
            is_over=one.ends_at <= now,
        )
        for one in meetings
    ]


def _named_articles() -> Iterable[OwnArticle]:
    return (own_articles()[slug] for slug in settings.PROFILE.prevention.articles)


def _own(article: OwnArticle) -> Article:
    blocks = blocks_of(text(article.body))
    return Article(
        id=article.slug,
        theme=article.theme,
        title=text(article.title),
        blocks=blocks,
        language=language(),
        minutes=minutes_to_read(blocks),
        sources=article.sources,
    )


def _fits(theme: str, words: str, wanted: str, asked: str) -> bool:
    if wanted and theme != wanted:
        return False
    known = normalise(words).split()
    return all(any(word.startswith(one) for word in known) for one in normalise(asked).split())
