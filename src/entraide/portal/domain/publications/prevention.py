"""Articles, webinars and events as members read them: blocks of text, and moments (PREV-01, PREV-02)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from entraide.portal.domain.publications.enums import MEETINGS, PublicationKind
from entraide.portal.domain.publications.models import Edition
from entraide.portal.domain.publications.queries import shown_to
from entraide.portal.foundation.web.wording import language
from entraide.profiles.text import Language, typeset

WORDS_A_MINUTE = 200
AT_MOST = 200


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    POINTS = "points"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, a paragraph, or a list of points."""

    kind: BlockKind
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article in the words that its reader gets; `language` is that of the words.

    `id` stands in its address. `sources`: public bodies whose advice it follows.
    """

    id: str
    theme: str
    title: str
    blocks: tuple[Block, ...]
    language: str
    minutes: int
    published_on: date | None = None
    sources: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Everything it says, for a search."""
        return " ".join((self.title, *(line for block in self.blocks for line in block.lines)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A webinar or an event of an agency. `capacity`: None where places are not counted."""

    id: UUID
    kind: PublicationKind
    theme: str
    title: str
    blocks: tuple[Block, ...]
    language: str
    starts_at: datetime
    ends_at: datetime
    place: str
    live_url: str
    replay_url: str
    capacity: int | None

    @property
    def takes_registrations(self) -> bool:
        return self.kind == PublicationKind.WEBINAR or self.capacity is not None

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def words(self) -> str:
        lines = (line for block in self.blocks for line in block.lines)
        return " ".join((self.title, self.place, *lines))


def blocks_of(body: str) -> tuple[Block, ...]:
    """Plain text in blocks: an empty line ends one, `## ` begins a heading, `- ` a point."""
    return tuple(_blocks(body.replace("\r\n", "\n")))


def _blocks(body: str) -> Iterator[Block]:
    for part in body.split("\n\n"):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        while lines:
            if lines[0].startswith("## "):
                yield Block(kind=BlockKind.HEADING, lines=(lines.pop(0)[3:].strip(),))
                continue
            points = lines[0].startswith("- ")
            taken = []
            while lines and lines[0].startswith("- ") == points and not lines[0].startswith("## "):
                taken.append(lines.pop(0))
            if points:
                yield Block(kind=BlockKind.POINTS, lines=tuple(one[2:].strip() for one in taken))
            else:
                yield Block(kind=BlockKind.PARAGRAPH, lines=("\n".join(taken),))


def minutes_to_read(blocks: tuple[Block, ...]) -> int:
    """Whole minutes, at least one."""
    words = sum(len(line.split()) for block in blocks for line in block.lines)
    return max(1, -(-words // WORDS_A_MINUTE))


def article_from(edition: Edition) -> Article:
    """An edition in the reader's language; in French where it has no English."""
    lang, title, blocks = _said(edition)
    return Article(
        id=str(edition.publication_id),
        theme=edition.theme,
        title=title,
        blocks=blocks,
        language=lang,
        minutes=minutes_to_read(blocks),
        published_on=edition.first_day,
    )


def meeting_from(edition: Edition) -> Meeting:
    """A webinar or an event in the reader's language; its publication is read too."""
    assert edition.starts_at is not None
    assert edition.ends_at is not None
    lang, title, blocks = _said(edition)
    return Meeting(
        id=edition.publication_id,
        kind=PublicationKind(edition.publication.kind),
        theme=edition.theme,
        title=title,
        blocks=blocks,
        language=lang,
        starts_at=edition.starts_at,
        ends_at=edition.ends_at,
        place=edition.place,
        live_url=edition.live_url,
        replay_url=edition.replay_url,
        capacity=edition.capacity,
    )


def articles_for(segment: str, *, on: date) -> list[Article]:
    """The public articles of the agents for this segment, newest first. One query."""
    found = shown_to(segment, [PublicationKind.ARTICLE], on)
    return [article_from(one) for one in found.order_by("-first_day", "-at")[:AT_MOST]]


def meetings_for(segment: str, *, on: date) -> list[Meeting]:
    """The public webinars and events for this segment, the next ones first. One query."""
    found = shown_to(segment, MEETINGS, on).select_related("publication")
    rows = found.order_by("-starts_at", "pk")[:AT_MOST]
    return [meeting_from(one) for one in reversed(rows)]


def meeting_for(segment: str, publication_id: UUID, *, on: date) -> Edition | None:
    """The public edition of one of them; None when this segment does not see it. One query."""
    found = shown_to(segment, MEETINGS, on).select_related("publication")
    return found.filter(publication_id=publication_id).first()


def _said(edition: Edition) -> tuple[Language, str, tuple[Block, ...]]:
    in_english = language() == "en" and bool(edition.body_en)
    lang: Language = "en" if in_english else "fr"
    title = typeset(edition.title_en if in_english else edition.title_fr, language=lang)
    return lang, title, blocks_of(typeset(edition.body_en if in_english else edition.body_fr, language=lang))
