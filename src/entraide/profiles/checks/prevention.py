"""The page of prevention: its articles are there, each once."""

from collections.abc import Iterator

from entraide.profiles.articles import own_articles
from entraide.profiles.checks.references import duplicates
from entraide.profiles.decode import shown
from entraide.profiles.faults import Fault
from entraide.profiles.files import PREVENTION
from entraide.profiles.prevention import Prevention


def check_prevention(found: Prevention) -> Iterator[Fault]:
    yield from duplicates(found.articles, file=PREVENTION, key="articles")
    for slug in found.articles:
        if slug not in own_articles():
            yield Fault(PREVENTION, "articles", shown(slug), "one of " + ", ".join(own_articles()))
