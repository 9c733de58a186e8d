"""The page of prevention: its articles exist, and what it leads to can be shown to whoever reads it."""

from collections.abc import Iterator

from entraide.profiles.articles import own_articles
from entraide.profiles.checks.references import Mention, check_segments, duplicates, unreachable
from entraide.profiles.decode import shown
from entraide.profiles.faults import Fault
from entraide.profiles.files import PREVENTION, PagesFile
from entraide.profiles.model import Segment
from entraide.profiles.prevention import Prevention


def check_prevention(
    found: Prevention | None, *, segments: tuple[Segment, ...] | None, pages: PagesFile | None
) -> Iterator[Fault]:
    if found is None:
        return
    yield from duplicates(found.articles, file=PREVENTION, key="articles")
    for slug in found.articles:
        if slug not in own_articles():
            yield Fault(PREVENTION, "articles", shown(slug), "one of " + ", ".join(own_articles()))
    mentions = [
        Mention(PREVENTION, f"help[{number}]", one.segments, one.page)
        for number, one in enumerate(found.helps, 1)
    ]
    if segments is None:
        return
    yield from check_segments(mentions, segments=segments)
    if pages is not None:
        yield from unreachable(mentions, pages=pages, segments=segments)
