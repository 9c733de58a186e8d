"""Rows of a file with identity numbers or accounts wait in a stage sealed, each in its own place."""
# ruff: noqa: S608 (names of our own stages only)

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings

from entraide.portal.domain.imports import rows_of
from entraide.portal.foundation.vault.seal import seal, unseal

BATCH = 500


def sealed_row(row: Mapping[str, Any], *, stage: str, line: int) -> str:
    """A row as it may wait on a disk: what must not be readable there never is (A62)."""
    return seal(settings.ENTRAIDE.keys, json.dumps(row).encode(), place=f"{stage}.{line}").hex()


def opened_rows(stage: str) -> Iterator[list[dict[str, Any]]]:
    """The rows of a stage in the order of the file, some hundred at a time."""
    after = 0
    while rows := rows_of(
        f"SELECT line, sealed_row FROM {stage} WHERE line > %s ORDER BY line LIMIT {BATCH}", [after]
    ):
        after = rows[-1][0]
        yield [_opened(sealed, place=f"{stage}.{line}") for line, sealed in rows]


def _opened(sealed: str, *, place: str) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(unseal(settings.ENTRAIDE.keys, bytes.fromhex(sealed), place=place))
    return row
