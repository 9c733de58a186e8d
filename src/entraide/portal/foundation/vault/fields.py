"""A model field whose text is encrypted in the database and opened only when it is read."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from entraide.portal.foundation.vault.seal import SealBroken, key_of, reseal, seal, unseal


class _Sealed(bytes):
    """Ciphertext as it came from the database, not yet opened."""


class _OpenOnRead(DeferredAttribute):
    def __get__(self, instance: models.Model | None, cls: type | None = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is not None and isinstance(value, _Sealed):
            value = unseal(settings.ENTRAIDE.keys, value, place=place_of(instance, self.field)).decode()
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        # A data descriptor: without it Python would read the instance's dictionary past __get__.
        instance.__dict__[self.field.attname] = value


class EncryptedText(models.BinaryField):  # type: ignore[type-arg]
    """Text sealed with the row's own place (table, field, primary key): a copied ciphertext does not open.

    The primary key must be known before saving (a UUID default). Empty text is stored as empty bytes.
    """

    descriptor_class = _OpenOnRead

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", "")
        kwargs.setdefault("blank", True)
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: object, connection: object) -> "str | _Sealed | None":
        if value is None:
            return None
        raw = bytes(value)
        return _Sealed(raw) if raw else ""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname, "")
        if isinstance(value, _Sealed):
            return self._as_it_came(value, model_instance)
        if not value:
            return b""
        return seal(settings.ENTRAIDE.keys, value.encode(), place=place_of(model_instance, self))

    def _as_it_came(self, value: bytes, instance: models.Model) -> bytes:
        # Not under a former key: a row that was read before a rotation passed would bring that key back.
        ring = settings.ENTRAIDE.keys
        if key_of(value) == ring.current:
            return bytes(value)
        try:
            return reseal(ring, value, place=place_of(instance, self))
        except SealBroken:  # nobody asked for it: whoever reads it is told
            return bytes(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        # A column that is added to a table with rows begins empty; all else comes sealed from pre_save.
        return super().get_db_prep_value(b"" if value == "" else value, connection, prepared)

    def _check_str_default_value(self) -> list[Any]:
        # Django expects bytes from a binary field; this one holds text once it is open.
        return []

    def get_default(self) -> str:
        return ""

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self.name} is sealed and is not serialised")


def place_of(instance: models.Model, field: Any) -> str:
    """Where a sealed value lives: table, column, row."""
    return place_at(instance._meta.db_table, field.attname, instance.pk)


def place_at(table: str, column: str, pk: object) -> str:
    return f"{table}.{column}.{pk}"
