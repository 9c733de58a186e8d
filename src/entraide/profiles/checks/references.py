"""Ids are unique, segments exist, and every page that is named can be shown to whoever sees its name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from entraide.profiles.checks.own_forms import check_own_forms
from entraide.profiles.decode import shown
from entraide.profiles.faults import Fault
from entraide.profiles.files import (
    GLOSSARY,
    MENU,
    NEWS,
    PAGES,
    PAPERS,
    PROFILE,
    GlossaryFile,
    MenuFile,
    NewsFile,
    PagesFile,
    PapersFile,
)
from entraide.profiles.model import DepositCatalogue, Segment
from entraide.profiles.pages import PAGES_WITH_A_SCREEN


@dataclass(frozen=True, slots=True)
class Mention:
    """A place of a file that names a page, some segments, or both."""

    file: str
    key: str
    segments: tuple[str, ...]
    page: str | None = None


def mentions(*, menu: MenuFile, news: NewsFile, pages: PagesFile) -> tuple[Mention, ...]:
    """Every place that names segments or a page."""
    return (*_in_menu(menu), *_in_news(news), *_in_pages(pages))


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


def check_pages(
    found: Iterable[Mention], *, pages: PagesFile, segments: tuple[Segment, ...]
) -> Iterator[Fault]:
    """Whoever is shown a page's name must find a screen or an information page behind it, and only one."""
    every = {segment.id for segment in segments}
    told: dict[str, set[str]] = {}
    for page in pages.pages:
        readers = set(page.segments) or every
        if readers & told.get(page.page, set()):
            expected = "one page for each segment"
            yield Fault(PAGES, f"page[{page.page}]", "two pages for the same members", expected)
        told.setdefault(page.page, set()).update(readers)
    yield from unreachable(found, pages=pages, segments=segments)


def unreachable(
    found: Iterable[Mention], *, pages: PagesFile, segments: tuple[Segment, ...]
) -> Iterator[Fault]:
    """A fault for each page that is named to members who would find nothing behind it."""
    every = {segment.id for segment in segments}
    for mention in found:
        if mention.page is None or mention.page in PAGES_WITH_A_SCREEN:
            continue
        told = {one for page in pages.pages if page.page == mention.page for one in page.segments or every}
        missing = (set(mention.segments) & every or every) - told
        if missing:
            expected = f"a [[page]] in {PAGES} for {', '.join(sorted(missing))}"
            found_there = f"{shown(mention.page)}, which has no page"
            yield Fault(mention.file, f"{mention.key}.page", found_there, expected)


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


def _in_pages(pages: PagesFile) -> Iterator[Mention]:
    for page in pages.pages:
        key = f"page[{page.page}]"
        yield Mention(PAGES, key, page.segments)
        for name, action in (("action", page.action), ("also", page.also)):
            if action is not None:
                yield Mention(PAGES, f"{key}.{name}", page.segments, action.page)


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
