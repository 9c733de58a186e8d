"""The pages of the documentation, and the parts of them that can be compared with the program."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PORTAL = ROOT / "src" / "entraide" / "portal"
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language (maybe blank) and what it holds."""

    language: str
    text: str


def pages() -> list[Path]:
    """Every page of documentation: those at the root, and all below docs/."""
    return sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def prose_of(page: Path) -> str:
    """The page without its fenced blocks."""
    return _FENCE.sub("", text_of(page))


def blocks_of(page: Path) -> list[Block]:
    return [Block(*found) for found in _FENCE.findall(text_of(page))]


def section(page: Path, title: str) -> str:
    """The text below a heading, down to the next one of the same rank or higher."""
    heading = re.search(rf"^(#+) {re.escape(title)}$", text_of(page), re.MULTILINE)
    assert heading is not None, f"{name_of(page)} has no section {title!r}"
    rest = text_of(page)[heading.end() :]
    following = re.search(rf"^#{{1,{len(heading[1])}}} ", rest, re.MULTILINE)
    return rest[: following.start()] if following else rest


def rows(text: str) -> Iterator[list[str]]:
    """The cells of every row of the tables in a text, without heads and rules."""
    lines = text.splitlines()
    for position, line in enumerate(lines):
        following = lines[position + 1] if position + 1 < len(lines) else ""
        if line.startswith("|") and not _is_rule(line) and not _is_rule(following):
            yield [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip("|"))]


def _is_rule(line: str) -> bool:
    return re.fullmatch(r"\|(?:\s*-+\s*\|)+", line) is not None


def quoted(text: str) -> list[str]:
    """What stands between backticks."""
    return re.findall(r"`([^`\n]+)`", text)


def anchors_of(page: Path) -> set[str]:
    """The addresses of the headings, as forges make them."""
    titles = re.findall(r"^#+ (.+)$", prose_of(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
