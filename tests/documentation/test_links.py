"""Every link of the documentation leads somewhere."""

import re
from pathlib import Path

import pytest

from tests.documentation.pages import DOCS, ROOT, anchors_of, name_of, pages, prose_of

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def links_of(page: Path) -> list[str]:
    return _LINK.findall(prose_of(page))


def test_the_documentation_is_there():
    names = {name_of(page) for page in pages()}

    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "docs/contract.md"} <= names
    assert sum(len(links_of(page)) for page in pages()) > 60


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_every_link_leads_to_a_file_of_the_repository_or_to_the_web(page):
    wrong = []
    for link in links_of(page):
        target, _, _anchor = link.partition("#")
        if not link.startswith("https://") and not (page.parent / target).exists():
            wrong.append(link)

    assert wrong == []


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_every_link_to_a_heading_finds_it(page):
    wrong = []
    for link in links_of(page):
        target, _, anchor = link.partition("#")
        if anchor and not link.startswith("https://"):
            there = (page.parent / target).resolve() if target else page
            if there.suffix != ".md" or anchor not in anchors_of(there):
                wrong.append(link)

    assert wrong == []


def test_every_page_can_be_reached_from_the_readme():
    met, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        met.add(page)
        near = {(page.parent / link.partition("#")[0]).resolve() for link in links_of(page)}
        waiting += [one for one in near if one.suffix == ".md" and one.is_file() and one not in met]

    assert {name_of(page) for page in DOCS.rglob("*.md")} - {name_of(page) for page in met} == set()


def test_the_readme_shows_its_two_screenshots():
    pictures = re.findall(r"!\[([^\]]+)\]\((docs/screenshots/[^)]+)\)", prose_of(ROOT / "README.md"))

    assert [path for _words, path in pictures] == [
        "docs/screenshots/home-phone.png",
        "docs/screenshots/receipt-desktop.png",
    ]
    assert all(words for words, _path in pictures)
