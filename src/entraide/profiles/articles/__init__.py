"""Articles of our own on prevention, for every mutual that names them: one file each, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from entraide.profiles.articles.reading import read_article
from entraide.profiles.faults import Fault, ProfileError
from entraide.profiles.text import Text

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnArticle:
    """Plain text with `## ` before a heading and `- ` before a point. `sources`: public bodies."""

    slug: str
    theme: str
    title: Text
    body: Text
    sources: tuple[str, ...]


@cache
def own_articles(folder: Path = FOLDER) -> Mapping[str, OwnArticle]:
    """The articles of a folder by the name of their file; `ProfileError` with every fault."""
    faults: list[Fault] = []
    found = {}
    for path in sorted(folder.glob("*.toml")):
        parts = read_article(path, faults)
        if parts is not None:
            found[path.stem] = OwnArticle(
                slug=path.stem,
                theme=parts.theme,
                title=parts.title,
                body=parts.body,
                sources=parts.sources,
            )
    if faults:
        raise ProfileError(faults)
    return MappingProxyType(found)
