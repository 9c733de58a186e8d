"""Ids are unique, segments exist; and where a mutual's files name pages, for whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from entraide.profiles.checks.own_forms import check_own_forms
from entraide.profiles.decode import shown
from entraide.profiles.faults import Fault
from entraide.profiles.files import (
    GLOSSARY,
    HELP,
    MENU,
    NEWS,
    PAPERS,
    PREVENTION,
    PROFILE,
    GlossaryFile,
    MenuFile,
    NewsFile,
    PapersFile,
)
from entraide.profiles.help import HelpPage
from entraide.profiles.model import DepositCatalogue, Segment
from entraide.profiles.prevention import Prevention


@dataclass(frozen=True, slots=True)
class Mention:
    """A place of a file that names a page, some segments, or both."""

    file: str
    key: str
    segments: tuple[str, ...]
    page: str | None = None

    def readers(self, segments: Iterable[Segment]) -> frozenset[str]:
        """Of these segments, those that are shown it; all of them where it names none."""
        every = frozenset(one.id for one in segments)
        return every & frozenset(self.segments) or every


def mentions(
    *, menu: MenuFile | None, news: NewsFile | None, help_page: HelpPage | None, prevention: Prevention | None
) -> tuple[Mention, ...]:
    """Every place that names segments or a page, in the files that could be read."""
    return (
        *(_in_menu(menu) if menu else ()),
        *(_in_news(news) if news else ()),
        *(_in_help(help_page) if help_page else ()),
        *(_in_prevention(prevention) if prevention else ()),
    )


def duplicates(names: Iterable[str], *, file: str, key: str) -> Iterator[Fault]:
    """A fault for each name met again."""
    met: set[str] = set()
    for name in names:
        if name in met:
            yield Fault(file, key, f"{shown(name)} twice", "each id once")
        met.add(name)


def check_ids(
    *,
    segments: tuple[Segment, ...] | None,
    menu: MenuFile | None,
    news: NewsFile | None,
    papers: PapersFile | None,
    glossary: GlossaryFile | None,
) -> Iterator[Fault]:
    if segments is not None:
        yield from duplicates((segment.id for segment in segments), file=PROFILE, key="segment")
    if menu is not None:
        yield from duplicates((category.id for category in menu.menu), file=MENU, key="category")
    if news is not None:
        yield from duplicates((item.id for item in news.news), file=NEWS, key="item")
        yield from _check_dates(news)
    if papers is not None:
        yield from _check_deposit(papers.deposit)
    if glossary is not None:
        yield from duplicates((term.id for term in glossary.terms), file=GLOSSARY, key="term")


def check_segments(found: Iterable[Mention], *, segments: tuple[Segment, ...]) -> Iterator[Fault]:
    known = [segment.id for segment in segments]
    for mention in found:
        for name in mention.segments:
            if name not in known:
                expected = "one of " + ", ".join(known)
                yield Fault(mention.file, f"{mention.key}.segments", shown(name), expected)


def _in_menu(menu: MenuFile) -> Iterator[Mention]:
    for category in menu.menu:
        key = f"category[{category.id}]"
        yield Mention(MENU, key, category.segments)
        for entry in category.entries:
            # An entry is seen by the members of its own segments among those who see its category.
            seen_by = entry.segments or category.segments
            yield Mention(MENU, f"{key}.entry[{entry.page}]", seen_by, entry.page)
    for tile in menu.tiles:
        yield Mention(MENU, f"tile[{tile.page}]", tile.segments, tile.page)


def _in_news(news: NewsFile) -> Iterator[Mention]:
    for item in news.news:
        yield Mention(NEWS, f"item[{item.id}]", item.segments, item.page)


def _in_help(page: HelpPage) -> Iterator[Mention]:
    for topic in page.topics:
        for question in topic.questions:
            if question.link is not None:
                yield Mention(HELP, f"question[{question.id}].link", (), question.link.page)


def _in_prevention(found: Prevention) -> Iterator[Mention]:
    for number, one in enumerate(found.helps, 1):
        yield Mention(PREVENTION, f"help[{number}]", one.segments, one.page)


def _check_dates(news: NewsFile) -> Iterator[Fault]:
    for item in news.news:
        if item.ends is not None and item.ends < item.starts:
            expected = f"a day not before {item.starts.isoformat()}"
            yield Fault(NEWS, f"item[{item.id}].ends", item.ends.isoformat(), expected)


def _check_deposit(deposit: DepositCatalogue) -> Iterator[Fault]:
    yield from check_own_forms(deposit)
    categories = deposit.categories
    if [one.by_message for one in categories].count(True) != 1:
        yield Fault(PAPERS, "deposit.category.by_message", "not on one category", "the one of the messages")
    yield from duplicates((category.id for category in categories), file=PAPERS, key="deposit.category")
    types = (kind.id for category in categories for kind in category.types)
    yield from duplicates(types, file=PAPERS, key="deposit.category.type")
    for category in categories:
        if not category.types:
            yield Fault(PAPERS, f"deposit.category[{category.id}].type", "an empty list", "at least one type")
