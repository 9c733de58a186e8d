"""Finding people by name, however it is written: a folded copy of each name, kept beside it.

Names stand in clear in the same row: the copy tells nothing more.
"""

from typing import Any

from django.db import models
from django.db.models import Q

from entraide.formats.names import letters_of
from entraide.portal.domain.prefixes import begins_with

# Long enough for both names of a row; what comes after is not looked for.
_LONGEST = 160


class NameKey(models.CharField):  # type: ignore[type-arg]
    """The letters of some columns of its row, one after the other, written whenever the row is.

    The key is never set by hand. Who saves only some fields names it among them, when a name changed.
    """

    def __init__(self, *args: Any, of: tuple[str, ...], **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{"max_length": _LONGEST, "db_default": "", "editable": False, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def key_of(self, row: models.Model) -> str:
        return letters_of(" ".join(getattr(row, one) for one in self.of))[:_LONGEST]

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = self.key_of(model_instance)
        setattr(model_instance, self.attname, key)
        return key


def stale_keys(row: models.Model) -> list[str]:
    """The keys of a row that are not those of its names: to be saved with them."""
    keys = (one for one in row._meta.concrete_fields if isinstance(one, NameKey))
    return [one.name for one in keys if getattr(row, one.attname) != one.key_of(row)]


def is_called(text: str) -> Q:
    """People whose last or first name begins so, or both names in either order.

    Accents, capitals, hyphens, apostrophes and spaces do not matter. Blank text finds nobody.
    """
    key = letters_of(text)[:_LONGEST]
    if not key:
        return Q(pk__in=[])
    return begins_with("last_name_key", key) | begins_with("first_name_key", key)
