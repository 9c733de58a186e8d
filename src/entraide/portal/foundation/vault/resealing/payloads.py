"""What travels sealed inside the JSON of a waiting row, such as a job."""

import base64
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models

from entraide.portal.foundation.vault.resealing.stock import Batch
from entraide.portal.foundation.vault.seal import SealBroken, key_of, reseal, unseal

Payload = dict[str, Any]


@dataclass(frozen=True)
class SealedPayloads:
    """One key of the JSON column `payload` of the rows of one kind, in base64; `place` says what binds it."""

    model: type[models.Model]
    kind: str
    key: str
    place: Callable[[Payload], str]

    @property
    def name(self) -> str:
        return f"{self.model._meta.db_table} {self.kind}"

    def count(self) -> Counter[str]:
        return Counter(key_of(self._sealed(payload)) for _pk, payload in self._rows())

    def reseal(self) -> Iterator[Batch]:
        ring = settings.ENTRAIDE.keys
        for pk, payload in self._rows():
            sealed = self._sealed(payload)
            if key_of(sealed) == ring.current:
                continue
            try:
                fresh = reseal(ring, sealed, place=self.place(payload))
            except SealBroken:
                yield Batch(broken=(f"{self.name} {pk}",))
                continue
            # Only where the old ciphertext still stands: a job that ended meanwhile forgot what it carried.
            rows = self.model._base_manager.filter(pk=pk, **{f"payload__{self.key}": payload[self.key]})
            done = rows.update(payload={**payload, self.key: base64.b64encode(fresh).decode()})
            yield Batch(done=done, busy=1 - done)

    def broken(self) -> Iterator[str]:
        for pk, payload in self._rows():
            try:
                unseal(settings.ENTRAIDE.keys, self._sealed(payload), place=self.place(payload))
            except SealBroken:
                yield f"{self.name} {pk}"

    def _rows(self) -> Iterator[tuple[Any, Payload]]:
        after = 0
        while rows := list(
            self.model._base_manager.filter(kind=self.kind, payload__has_key=self.key, pk__gt=after)
            .order_by("pk")
            .values_list("pk", "payload")[:200]
        ):
            after = rows[-1][0]
            yield from rows

    def _sealed(self, payload: Payload) -> bytes:
        return base64.b64decode(payload[self.key])
