"""What the pages say of facts, decisions, words, folders and examples is so."""

import ast
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from entraide.profiles import Security
from entraide.profiles import files as profile_files
from entraide.profiles.presets import PRESETS
from tests.documentation import facts
from tests.documentation.pages import (
    DOCS,
    PORTAL,
    ROOT,
    blocks_of,
    name_of,
    pages,
    prose_of,
    quoted,
    rows,
    text_of,
)

DECISIONS = sorted((DOCS / "adr").glob("[0-9]*.md"))
_NOT_FOR_READERS = {
    "a path of somebody's machine": r"(?<![\w.])/(?:work|home|root|tmp|Users|opt)/",
    "the host of a package index": r"--(?:extra-)?index[-]url|--find-links|https?://\S+/simpl[e]\b",
    "work that is not done": r"\bTODO\b|\bFIXME\b|\bXXX\b|lorem ipsum",
}
_KEPT = [ROOT / "Makefile", ROOT / "pyproject.toml", ROOT / "LICENSE", ROOT / ".ci" / "run"]


# Facts


def test_every_fact_is_described_as_the_code_describes_it():
    """If this fails: `.venv/bin/python -m tests.documentation.facts`."""
    names = [fact.__name__ for fact in facts.all_facts()]

    assert {"PasswordLinkAsked", "DepositReceived", "FileImported"} <= set(names)
    assert text_of(DOCS / "events.md") == facts.page()


@pytest.mark.parametrize("fact", facts.all_facts(), ids=lambda fact: fact.__name__)
def test_every_fact_says_what_it_means_and_whom_it_names(fact):
    assert fact.__doc__
    assert not fact.__doc__.startswith(f"{fact.__name__}(")
    assert fact.personal_data


# Decisions


def test_decisions_are_numbered_one_after_the_other():
    assert [path.name[:4] for path in DECISIONS] == [
        f"{number:04d}" for number in range(1, len(DECISIONS) + 1)
    ]


@pytest.mark.parametrize("page", DECISIONS, ids=name_of)
def test_a_decision_has_its_number_its_state_and_its_three_parts(page):
    text = text_of(page)

    assert text.startswith(f"# {page.name[:4]} ")
    assert re.search(r"^Status: (accepted|replaced by \[\d{4}\]\(.+\))$", text, re.MULTILINE)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_the_list_of_decisions_is_complete_and_has_their_titles():
    listed = dict(rows(text_of(DOCS / "adr" / "README.md")))
    written = {page.name[:4]: f"[{text_of(page).splitlines()[0][7:]}]({page.name})" for page in DECISIONS}

    assert listed == written


# Words


def sources() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))


def test_every_identifier_of_the_glossary_exists_in_the_code():
    code = sources()
    named = [name for *_words, last in rows(text_of(DOCS / "glossary.md")) for name in quoted(last)]

    assert len(named) > 90
    assert [name for name in named if not re.search(rf"\b{re.escape(name)}\b", code)] == []


def test_the_glossary_names_nothing_twice():
    words = [first for first, *_rest in rows(text_of(DOCS / "glossary.md"))]

    assert sorted({word for word in words if words.count(word) > 1}) == []


# Folders and files


def folders(base: Path) -> set[str]:
    return {path.name for path in base.iterdir() if (path / "__init__.py").exists()}


def test_the_tree_shows_every_room_and_no_other():
    (tree,) = [block.text for block in blocks_of(DOCS / "architecture.md") if "src/entraide/" in block.text]
    shown = re.findall(r"^[│ ]+[├└]── (\w+)/", tree, re.MULTILINE)
    above = {"formats", "profiles", "demo", "portal"}
    inside = {
        "config",
        "member_site",
        "agent_site",
        "notifications",
        "gateways",
        "domain",
        "foundation",
        "design",
    }
    rooms = [
        *folders(ROOT / "src" / "entraide"),
        *folders(PORTAL),
        *(
            name
            for part in ("member_site", "agent_site", "domain", "foundation")
            for name in folders(PORTAL / part)
        ),
    ]

    assert above | inside <= set(rooms)
    assert sorted(shown) == sorted(rooms)


@pytest.mark.parametrize("page", [page for page in pages() if "howto" not in name_of(page)], ids=name_of)
def test_every_path_of_the_code_that_a_page_names_exists(page):
    named = [word for word in quoted(prose_of(page)) if re.fullmatch(r"[\w.-]+(?:/[\w.-]+)*/[\w.-]*", word)]
    ours = [word for word in named if word.split("/")[0] in _STARTS]

    assert [word for word in ours if not any((base / word).exists() for base in _BASES)] == []


_BASES = (ROOT, PORTAL, ROOT / "src" / "entraide")
_STARTS = {
    "src", "docs", "mutuals", "tests", "requirements", "config", "member_site", "domain", "foundation",
    "design", "notifications", "gateways", "profiles", "formats", "demo",
}  # fmt: skip


def test_the_howto_of_a_mutual_names_every_file_of_its_folder():
    wanted = {value for name, value in vars(profile_files).items() if name.isupper()}
    page = DOCS / "howto" / "add-a-mutual.md"
    told = {name for first, *_rest in rows(text_of(page)) for name in quoted(first) if "." in name}

    assert len(wanted) == 19
    assert told == wanted | {"logo.svg", "favicon.svg"}


def test_the_howto_of_a_mutual_says_what_each_preset_gives():
    page = text_of(DOCS / "howto" / "add-a-mutual.md")
    told = {quoted(first)[0]: more for first, *more in rows(page) if len(more) == 2 and quoted(first)}

    assert told.keys() == PRESETS["renforce"].keys()
    defaults = {field.name: field.default for field in fields(Security)}
    for key, (guide, renforce) in told.items():
        assert guide == str(defaults[key]).lower()
        assert renforce == str(PRESETS["renforce"][key]).lower()


# Examples


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_every_example_of_code_or_data_can_be_read(page):
    for block in blocks_of(page):
        if block.language == "python":
            ast.parse(block.text)
        if block.language == "toml":
            tomllib.loads(block.text)


def test_there_are_examples_to_read():
    languages = [block.language for page in pages() for block in blocks_of(page)]

    assert languages.count("python") >= 5
    assert languages.count("toml") >= 3


# What no page may hold


@pytest.mark.parametrize("page", [*pages(), *_KEPT, *sorted((ROOT / "requirements").iterdir())], ids=name_of)
def test_no_page_holds_what_is_not_for_its_readers(page):
    found = {what: re.findall(form, text_of(page)) for what, form in _NOT_FOR_READERS.items()}

    assert {what: words for what, words in found.items() if words} == {}


def test_the_licence_is_named_and_not_pasted():
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert licence.startswith("SPDX-License-Identifier: EUPL-1.2\n")
    assert len(licence.splitlines()) < 40
    assert 'license = "EUPL-1.2"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_changelog_begins_with_what_is_to_come():
    titles = re.findall(r"^## (.+)$", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

    assert titles[0].startswith("Unreleased")
    assert any(version in title for title in titles)
