"""What the desk reads of publications: all of them, one with its history, and what members would see."""

from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.library.queries import OpenPaper, Paper
from entraide.portal.domain.publications.enums import MEETINGS, PublicationKind, Standing
from entraide.portal.domain.publications.models import Deed, Edition, Publication
from entraide.portal.domain.publications.policies import check_publishing, need_to_write
from entraide.portal.domain.publications.prevention import Article, Meeting, article_from, meeting_from
from entraide.portal.domain.publications.queries import News, is_for, news_in, open_paper, paper_from
from entraide.portal.domain.publications.scanning import is_late
from entraide.portal.domain.requests.enums import READABLE
from entraide.portal.foundation.web.wording import text

AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A publication in the list: what its latest edition says, where it stands.

    `scan_is_late`: the antivirus has left its file without a verdict for too long.
    """

    id: UUID
    kind: PublicationKind
    standing: Standing
    edition: Edition
    scan_is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A line of the history: an edition was `written`, or a deed."""

    what: str
    number: int
    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A publication for its page. `objection`: why this agent cannot publish it; blank: they can.

    `scan_is_late`: as in the list.
    """

    id: UUID
    kind: PublicationKind
    standing: Standing
    edition: Edition
    history: list[Event]
    objection: str
    may_publish: bool
    mailed_on: date | None
    scan_is_late: bool


def publications(agent: AgentViewer, *, now: datetime) -> list[Line]:
    """The latest ones first, 50 at most (A77). Two queries."""
    need_to_write(agent)
    newest = Edition.objects.filter(publication=OuterRef("pk")).order_by("-number").values("pk")[:1]
    rows = Publication.objects.annotate(newest=Subquery(newest))
    editions = Edition.objects.filter(pk__in=rows.values("newest"))
    found = editions.select_related("publication").order_by("-at", "-pk")[:AT_ONCE]
    withdrawn = set(_withdrawn().values_list("edition__publication_id", flat=True))
    return [
        Line(
            id=one.publication_id,
            kind=PublicationKind(one.publication.kind),
            standing=_standing(one.publication, one, was_public=one.publication_id in withdrawn),
            edition=one,
            scan_is_late=is_late(one, now=now),
        )
        for one in found
    ]


def publication(agent: AgentViewer, publication_id: UUID, *, now: datetime) -> Whole | None:
    """One with its history, the latest first; None when there is none."""
    need_to_write(agent)
    found = Publication.objects.select_related("mailing").filter(pk=publication_id).first()
    if found is None:
        return None
    editions = list(found.editions.select_related("agent", "publication"))
    deeds = list(Deed.objects.filter(edition__publication=found).select_related("agent", "edition"))
    history = [
        Event(what="written", number=one.number, name=one.agent.full_name, at=one.at) for one in editions
    ] + [
        Event(what=one.kind, number=one.edition.number, name=one.agent.full_name, at=one.at) for one in deeds
    ]
    latest = editions[-1]
    return Whole(
        id=found.pk,
        kind=PublicationKind(found.kind),
        standing=_standing(found, latest, was_public=bool(deeds)),
        edition=latest,
        history=sorted(history, key=attrgetter("at"), reverse=True),
        objection=_objection(agent, latest),
        may_publish=may(agent.role, Right.PUBLISH),
        mailed_on=found.mailing.day if found.mailing else None,
        scan_is_late=is_late(latest, now=now),
    )


def paper_to_read(agent: AgentViewer, publication_id: UUID) -> OpenPaper | None:
    """The PDF of the latest edition; None when there is none, or the antivirus has not let it pass."""
    need_to_write(agent)
    latest = Edition.objects.filter(publication_id=publication_id).last()
    if latest is None or not latest.stored_name or latest.scan_state not in READABLE:
        return None
    return open_paper(latest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a member of a segment would see once the latest edition is public, on its first day or today.

    `is_for_them`: whether it is meant for that segment; `on`: the day of the view.
    """

    is_for_them: bool
    on: date
    news: list[News]
    paper: Paper | None
    article: Article | None = None
    meeting: Meeting | None = None


def as_seen(found: Whole, segment: str, *, today: date) -> Seen:
    edition, on = found.edition, max(today, found.edition.first_day)
    is_news = found.kind == PublicationKind.NEWS
    return Seen(
        is_for_them=is_for(edition, segment),
        on=on,
        news=news_in(segment, on=on, with_edition=edition) if is_news else [],
        paper=paper_from(edition) if found.kind == PublicationKind.DOCUMENT else None,
        article=article_from(edition) if found.kind == PublicationKind.ARTICLE else None,
        meeting=meeting_from(edition) if found.kind in MEETINGS else None,
    )


def as_written(edition: Edition) -> dict[str, Any]:
    """The fields of a form that changes it, with the days as they are typed."""
    names = (
        "title_fr", "title_en", "body_fr", "body_en", "document_kind", "tells", "theme", "place", "live_url",
        "replay_url", "capacity",
    )  # fmt: skip
    chosen = [one.id for one in settings.PROFILE.segments if is_for(edition, one.id)]
    last = f"{edition.last_day:%d/%m/%Y}" if edition.last_day else ""
    return {name: getattr(edition, name) for name in names} | {
        "segments": chosen,
        "first_day": f"{edition.first_day:%d/%m/%Y}",
        "last_day": last,
        **_moments(edition),
    }


def _moments(edition: Edition) -> dict[str, str]:
    if edition.starts_at is None or edition.ends_at is None:
        return {}
    starts, ends = timezone.localtime(edition.starts_at), timezone.localtime(edition.ends_at)
    last = "" if starts.date() == ends.date() else f"{ends:%d/%m/%Y}"
    return {
        "day": f"{starts:%d/%m/%Y}",
        "starts": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "last_event_day": last,
    }


def audience(edition: Edition) -> str:
    """Whom it is for, in words; blank: everybody."""
    asked = edition.segments.strip(",").split(",")
    return ", ".join(text(one.label) for one in settings.PROFILE.segments if one.id in asked)


def _withdrawn() -> QuerySet[Deed]:
    return Deed.objects.filter(edition__publication__public=None)


def _standing(found: Publication, latest: Edition, *, was_public: bool) -> Standing:
    if found.public_id is None:
        return Standing.WITHDRAWN if was_public else Standing.DRAFT
    return Standing.PUBLIC if found.public_id == latest.pk else Standing.CHANGED


def _objection(agent: AgentViewer, latest: Edition) -> str:
    try:
        check_publishing(agent, latest)
    except DomainError as refusal:
        return refusal.message
    return ""
