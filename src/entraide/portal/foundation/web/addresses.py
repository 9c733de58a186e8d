"""The addresses of pages. A list names dozens of one kind, each by an id: they share the work of one."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse


def address_of(name: str, /, *places: Any, **parts: Any) -> str:
    """The address of a page, as Django reverses it; `parts` by name, or `places` in their order.

    Raises NoReverseMatch for a page or a part that there is not.
    """
    if places or not parts or not all(map(_is_plain, parts.values())):
        return _address(name, *places, **parts)
    types: dict[str, Any] = {key: type(value) for key, value in parts.items()}
    pattern = _pattern(name, **types)
    return pattern.format(**parts) if pattern else _address(name, **parts)


def _is_plain(part: object) -> bool:
    """An id or a reference: nothing that an address would write otherwise."""
    if isinstance(part, str):
        return part.isascii() and part.replace("-", "").isalnum()
    return isinstance(part, UUID)


# A page names some thirty others.
@lru_cache(maxsize=2048)
def _address(name: str, /, *places: Any, **parts: Any) -> str:
    return reverse(name, args=places or None, kwargs=parts or None)


@lru_cache(maxsize=512)
def _pattern(name: str, /, **types: type) -> str:
    """The address with `{key}` where the parts stand; blank where a part must look like something else."""
    stand_ins = _stand_ins(types)
    try:
        found = reverse(name, kwargs=stand_ins)
    except NoReverseMatch:
        return ""
    for key, stand_in in stand_ins.items():
        found = found.replace(str(stand_in), f"{{{key}}}")
    return found


def _stand_ins(types: Mapping[str, type]) -> dict[str, UUID | str]:
    return {
        key: UUID(int=place) if one is UUID else f"stands-for-{place}"
        for place, (key, one) in enumerate(types.items())
    }
