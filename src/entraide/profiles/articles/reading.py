"""Reads the file of one article strictly, or says what is wrong in it."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from entraide.profiles.decode import Decoder
from entraide.profiles.faults import Fault
from entraide.profiles.shapes import Line
from entraide.profiles.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFile:
    theme: Line
    title: Text
    body: Text
    sources: tuple[Line, ...]


def read_article(path: Path, faults: list[Fault]) -> ArticleFile | None:
    """The article, or None with its faults added."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults.append(Fault(path.name, "", f"a mistake of writing: {error}", "a TOML file in UTF-8"))
        return None
    decoder = Decoder(path.name)
    found = decoder.read(ArticleFile, table)
    faults.extend(decoder.faults)
    return found
