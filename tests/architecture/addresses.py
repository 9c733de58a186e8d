"""Every address of the portal, with an example of it, from the URL resolver itself."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

EXAMPLES = {
    "uuid": "00000000-0000-4000-8000-000000000000",
    "int": "3",
    "str": "ABCD-0000-0000",
}


@dataclass(frozen=True)
class Address:
    """One pattern: its name, an address that it matches, its view."""

    name: str
    example: str
    view: Callable[..., Any]


@lru_cache(maxsize=1)
def addresses() -> tuple[Address, ...]:
    return tuple(_walk(get_resolver(), "/", ""))


def _walk(resolver: URLResolver, before: str, namespace: str) -> Iterator[Address]:
    for one in resolver.url_patterns:
        example = before + _example(one)
        if isinstance(one, URLResolver):
            inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from _walk(one, example, inner)
        else:
            yield Address(f"{namespace}{one.name}", example, one.callback)


def _example(one: URLPattern | URLResolver) -> str:
    text = str(one.pattern)
    for name, converter in one.pattern.converters.items():
        kind = {"StringConverter": "str"}.get(type(converter).__name__, type(converter).__name__[:-9].lower())
        text = re.sub(rf"<(?:\w+:)?{name}>", EXAMPLES.get(kind, EXAMPLES["str"]), text)
    return text
