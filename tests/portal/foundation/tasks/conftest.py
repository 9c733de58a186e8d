"""Kinds of jobs that exist only here."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from entraide.portal.foundation.tasks import queue

Handler = Callable[[dict[str, Any]], None]


@pytest.fixture
def declare() -> Iterator[Callable[..., None]]:
    """Declares a kind of job for one test."""
    before = dict(queue._KINDS)

    def add(kind: str, handler: Handler, **options: Any) -> None:
        queue.job(kind, **options)(handler)

    yield add
    queue._KINDS.clear()
    queue._KINDS.update(before)
