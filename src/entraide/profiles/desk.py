"""How the agents of a mutual answer requests: teams, reasons of refusal, sentences ready to be sent."""

import re
from dataclasses import dataclass, field
from typing import Annotated

from entraide.profiles.shapes import Identifier, Shape
from entraide.profiles.text import Text

# What a ready sentence may hold between braces; the program fills it in.
FIELDS = ("name", "reference", "subject", "due_on")
_FIELD = re.compile(r"\{(\w*)\}")

# What a request is: papers that were sent, a reimbursement asked for online, a message, a call-back, or what
# has a form of its own.
Kind = Annotated[
    str,
    Shape(
        "deposit|claim|message|call_back|card|complaint|social_fund|termination",
        "deposit, claim, message, call_back, card, complaint, social_fund or termination",
    ),
]
Use = Annotated[str, Shape("question|answer|refusal", "question, answer or refusal")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Who takes care of these categories of requests, and of single types beside their category's team.

    `kinds`: whole kinds of requests, whatever their category.
    """

    id: Identifier
    label: Text
    categories: tuple[Identifier, ...]
    types: tuple[Identifier, ...] = ()
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """`kinds`: the kinds of requests that it fits, `types`: their types; none: all of them."""

    kinds: tuple[Kind, ...] = ()
    types: tuple[Identifier, ...] = ()

    @property
    def is_for_all(self) -> bool:
        return not self.kinds and not self.types

    def fits(self, type_id: str, kind: str) -> bool:
        return (not self.kinds or kind in self.kinds) and (not self.types or type_id in self.types)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal(Fitted):
    """A reason not to carry a request out; the member reads `reason`, and in `next` what to do now."""

    id: Identifier
    label: Text
    reason: Text
    next: Text
    # The care may be claimed again, as long as its time is not over.
    claim_again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyWords(Fitted):
    """Words that an agent sends often; `{name}` and the other fields are filled in.

    `refusal`: the reason that they go with, for the use `refusal`; blank for the others.
    """

    id: Identifier
    use: Use
    label: Text
    words: Text
    refusal: Identifier = ""

    def filled(self, language: str, **values: str) -> str:
        """The words in this language with the value of each field."""
        return _FIELD.sub(lambda found: values[found[1]], self.words.in_language(language))


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """`second_look`: types whose answer a second agent must approve.

    `publish_by_two`: news and documents are published by another person than the one who wrote them.
    """

    teams: tuple[Team, ...] = field(metadata={"key": "team"})
    refusals: tuple[Refusal, ...] = field(metadata={"key": "refusal"})
    ready: tuple[ReadyWords, ...] = field(default=(), metadata={"key": "ready"})
    second_look: tuple[Identifier, ...] = ()
    publish_by_two: bool = False

    def team_for(self, category: str, type_id: str, *, kind: str = "deposit") -> str:
        """The id of the team of a type, or of the whole kind; the first one for what is no longer offered."""
        for team in self.teams:
            if type_id in team.types:
                return team.id
        for team in self.teams:
            if kind in team.kinds:
                return team.id
        found = (team.id for team in self.teams if category in team.categories)
        return next(found, self.teams[0].id)

    def refusals_for(self, type_id: str, *, kind: str) -> tuple[Refusal, ...]:
        """The reasons that a request of this type and kind may be refused for, its own ones first."""
        found = (one for one in self.refusals if one.fits(type_id, kind))
        return tuple(sorted(found, key=lambda one: one.is_for_all))

    def ready_for(self, use: str, *, type_id: str, kind: str) -> tuple[ReadyWords, ...]:
        """The words of this use for a request of this type and kind, its own ones first.

        Those of a refusal only where its reason fits as well.
        """
        reasons = {"", *(one.id for one in self.refusals_for(type_id, kind=kind))}
        found = (
            one for one in self.ready if one.use == use and one.fits(type_id, kind) and one.refusal in reasons
        )
        return tuple(sorted(found, key=lambda one: one.is_for_all))

    def refusal_named(self, code: str) -> Refusal | None:
        return next((one for one in self.refusals if one.id == code), None)


def fields_in(words: Text) -> set[str]:
    """The names between braces, of both languages."""
    return set(_FIELD.findall(words.fr)) | set(_FIELD.findall(words.en))
