"""Every sealed column of every table: a new one needs no mention anywhere."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import BinaryField, Count, F, Func, Q, Value
from django.db.models.lookups import Exact

from entraide.portal.foundation.vault.fields import EncryptedText, place_at
from entraide.portal.foundation.vault.resealing.stock import Batch
from entraide.portal.foundation.vault.seal import SealBroken, key_mark, key_of, reseal, unseal

# A few milliseconds for the one writer of SQLite.
ROWS = 200
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Columns:
    """The sealed columns of one table."""

    model: type[models.Model]
    fields: list[EncryptedText] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    def count(self) -> Counter[str]:
        """By the mark that each value begins with: the length of the id, and the id."""
        found: Counter[str] = Counter()
        for one in self.fields:
            values = self._rows.filter(_sealed(one)).annotate(length_of_id=_part(one, 1, 1))
            for (size,) in values.order_by().values_list("length_of_id").distinct():
                same = values.filter(length_of_id=bytes(size)).annotate(id_of_key=_part(one, 2, size[0]))
                for key, number in same.order_by().values_list("id_of_key").annotate(how_many=Count("pk")):
                    found[bytes(key).decode(errors="replace")] += number
        return found

    def reseal(self) -> Iterator[Batch]:
        after: Any = None
        current = settings.ENTRAIDE.keys.current
        while rows := self._rows_of(_any(_other_than(one, current) for one in self.fields), after=after):
            after = rows[-1][0]
            yield self._move(rows)

    def broken(self) -> Iterator[str]:
        after: Any = None
        while rows := self._rows_of(_any(_sealed(one) for one in self.fields), after=after):
            after = rows[-1][0]
            for pk, *values in rows:
                for one, value in zip(self.fields, values, strict=True):
                    try:
                        if value:
                            unseal(settings.ENTRAIDE.keys, value, place=self._place(one, pk))
                    except SealBroken:
                        yield self._place(one, pk)

    @property
    def _rows(self) -> "models.QuerySet[models.Model]":
        return self.model._base_manager.all()

    def _rows_of(self, which: Q, *, after: object) -> list[Row]:
        """The next rows by key, with their ciphertexts as they are stored."""
        rows = self._rows.filter(which) if after is None else self._rows.filter(which, pk__gt=after)
        return list(rows.order_by("pk").values_list("pk", *(one.attname for one in self.fields))[:ROWS])

    def _place(self, one: EncryptedText, pk: object) -> str:
        return place_at(self.name, one.attname, pk)

    def _move(self, rows: list[Row]) -> Batch:
        """Seals anew outside any lock, then writes where the old ciphertext still stands."""
        ring = settings.ENTRAIDE.keys
        fresh: dict[EncryptedText, list[tuple[bytes, Any, bytes]]] = {one: [] for one in self.fields}
        broken = []
        for pk, *values in rows:
            for one, value in zip(self.fields, values, strict=True):
                if value and key_of(value) != ring.current:
                    try:
                        new = reseal(ring, value, place=self._place(one, pk))
                    except SealBroken:
                        broken.append(self._place(one, pk))
                    else:
                        fresh[one].append((new, pk, bytes(value)))
        wanted = sum(map(len, fresh.values()))
        done = self._write(fresh) if wanted else 0
        return Batch(done=done, busy=wanted - done, broken=tuple(broken))

    def _write(self, fresh: dict[EncryptedText, list[tuple[bytes, Any, bytes]]]) -> int:
        """How many values were written. Rows that a transaction holds are left for the next round."""
        wanted = {pk for changes in fresh.values() for _new, pk, _old in changes}
        done = 0
        with transaction.atomic(), connection.cursor() as cursor:
            held = self._rows.filter(pk__in=wanted).order_by("pk")
            free = set(held.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True))
            for one, changes in fresh.items():
                written = [
                    (new, self._key(pk), old)
                    for new, pk, old in changes
                    if pk in free
                ]  # fmt: skip
                if written:
                    cursor.executemany(self._statement(one), written)
                    done += cursor.rowcount
        return done

    def _statement(self, one: EncryptedText) -> str:
        # The old ciphertext is part of the question: what somebody wrote meanwhile is never overwritten.
        quote = connection.ops.quote_name
        table, column, key = quote(self.name), quote(one.attname), quote(str(self.model._meta.pk.column))
        return f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s"  # noqa: S608 (our own names)

    def _key(self, pk: object) -> Any:
        return self.model._meta.pk.get_db_prep_value(pk, connection)


def sealed_tables() -> list[Columns]:
    """Every table with sealed columns, in the order of its name."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        fields = [one for one in model._meta.local_concrete_fields if isinstance(one, EncryptedText)]
        if fields and not model._meta.proxy:
            found.append(Columns(model, fields))
    return sorted(found, key=lambda one: one.name)


def _under(one: EncryptedText, key: str) -> Q:
    """Whether the value begins with the mark of this key."""
    mark = key_mark(key)
    return Q(Exact(_part(one, 1, len(mark)), Value(mark, output_field=BinaryField())))


def _part(one: EncryptedText, start: int, size: int) -> Func:
    return Func(F(one.attname), Value(start), Value(size), function="SUBSTR", output_field=BinaryField())


def _sealed(one: EncryptedText) -> Q:
    return ~Q(Exact(F(one.attname), Value(b"", output_field=BinaryField())))


def _other_than(one: EncryptedText, key: str) -> Q:
    return _sealed(one) & ~_under(one, key)


def _any(conditions: Iterator[Q]) -> Q:
    found = Q()
    for one in conditions:
        found |= one
    return found
