"""Questions and answers of a mutual, and where its branches are (`help.toml`).

An answer may name a figure of the access rules in braces, such as {link_minutes}: it is never typed twice.
"""

import re
from dataclasses import dataclass, field

from entraide.profiles.opening import OpeningHours
from entraide.profiles.pages import Page
from entraide.profiles.shapes import Identifier, Line, Phone
from entraide.profiles.text import Text

# Of the access rules of profile.toml.
FIGURES = (
    "code_minutes",
    "idle_minutes",
    "link_minutes",
    "lock_attempts",
    "lock_hours",
    "password_max_age_days",
    "password_min_length",
)
_FIGURE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpLink:
    """Where in the portal the reader can do something about it."""

    page: Page
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`words`: what people call it besides, in either language; a search finds these too."""

    id: Identifier
    question: Text
    answer: tuple[Text, ...]
    words: tuple[Line, ...] = ()
    link: HelpLink | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpTopic:
    """`at_the_door`: about signing in, and so first for who is not."""

    id: Identifier
    label: Text
    questions: tuple[Question, ...] = field(metadata={"key": "question"})
    at_the_door: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """A place where members are received, or write to; without `hours`, by appointment."""

    id: Identifier
    name: Text
    address: tuple[Line, ...]
    phone: Phone | None = None
    hours: tuple[OpeningHours, ...] = ()
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    title: Text
    purpose: Text
    topics: tuple[HelpTopic, ...] = field(metadata={"key": "topic"})
    agencies: tuple[Agency, ...] = field(default=(), metadata={"key": "agency"})


def with_figures(words: str, rules: object) -> str:
    """An answer with the figures of these access rules in the place of their names."""
    return _FIGURE.sub(lambda found: str(getattr(rules, found[1])), words)


def figures_named(words: str) -> list[str]:
    """What stands between braces, known or not."""
    return re.findall(r"\{([^{}]*)\}", words)
