"""What a mutual says of prevention, and its words of health cover."""

from dataclasses import dataclass, field

from entraide.profiles.pages import Page
from entraide.profiles.shapes import Identifier
from entraide.profiles.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryTerm:
    """A word of health cover and what it means; `id` is its anchor on the page of the glossary."""

    id: Identifier
    name: Text
    words: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PreventionHelp:
    """Something else that the mutual does for prevention, with a page that goes further."""

    title: Text
    words: Text
    page: Page | None = None
    segments: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prevention:
    """What the mutual says on its page of prevention; `articles` name those of ours that it shows."""

    purpose: Text
    articles: tuple[Identifier, ...]
    helps: tuple[PreventionHelp, ...] = field(default=(), metadata={"key": "help"})
