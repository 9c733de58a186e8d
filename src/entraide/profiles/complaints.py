"""Whom a member may ask once the mutual has answered a complaint, or has not in time."""

from dataclasses import dataclass

from entraide.profiles.shapes import Line, Website
from entraide.profiles.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediator:
    """The mediator of consumers whom the mutual names; asking costs nothing."""

    name: Text
    address: tuple[Line, ...]
    website: Website
