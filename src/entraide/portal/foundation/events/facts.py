"""Typed facts, and how an action publishes one in its own transaction."""

import base64
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.models import Job, Priority
from entraide.portal.foundation.tasks.queue import enqueue, job
from entraide.portal.foundation.vault.resealing.payloads import SealedPayloads
from entraide.portal.foundation.vault.seal import seal, unseal

Secrets = dict[str, str]
DISPATCH_JOB = "events.dispatch"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Base of all facts: `actor` did it, it is `about` this person (ids; None when nobody is known)."""

    personal_data: ClassVar[str] = "none"
    # Somebody waits for what follows from it, in front of the screen.
    urgent: ClassVar[bool] = False

    actor: UUID | None = None
    about: UUID | None = None


Reaction = Callable[[Entry, Secrets], None]
_REACTIONS: dict[str, list[Reaction]] = {}


def subscribe(fact: type[Fact], reaction: Reaction) -> None:
    """Runs `reaction` after the commit, in the worker, at least once: it must be idempotent."""
    _REACTIONS.setdefault(fact.__name__, []).append(reaction)


def publish(fact: Fact, *, secrets: Secrets | None = None) -> Entry:
    """Writes the fact to the journal with its dispatch, in the caller's transaction.

    `secrets` (a code, a link) travel sealed with the dispatch and never reach the journal.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{type(fact).__name__} published outside a transaction")
    data = {name: _plain(value) for name, value in asdict(fact).items() if name not in {"actor", "about"}}
    entry = Entry(
        id=uuid4(), kind=type(fact).__name__, at=timezone.now(), actor=fact.actor, about=fact.about, data=data
    )
    entry.save(force_insert=True)
    # With secrets always, even if nothing reacts: pages must take as long for unknown people (A1).
    if secrets is not None or type(fact).__name__ in _REACTIONS:
        payload = {"entry": str(entry.id), "secrets": _wrap(entry.id, secrets or {})}
        priority = Priority.URGENT if fact.urgent else Priority.NORMAL
        enqueue(DISPATCH_JOB, payload, dedup=f"dispatch:{entry.id}", priority=priority)
    return entry


def tell_again(entry: Entry, *, key: str) -> None:
    """Lets what reacts to a fact react once more, in the caller's transaction; once for each `key`.

    For a fact without secrets: those are gone with the job that was lost.
    """
    payload = {"entry": str(entry.id), "secrets": _wrap(entry.id, {})}
    enqueue(DISPATCH_JOB, payload, dedup=f"dispatch:{entry.id}:{key}")


@job(DISPATCH_JOB)
def dispatch(payload: dict[str, Any]) -> None:
    """Lets everything that reacts to a fact react, in one transaction."""
    entry = Entry.objects.get(pk=payload["entry"])
    secrets = _unwrap(entry.id, payload["secrets"])
    for reaction in _REACTIONS.get(entry.kind, []):
        reaction(entry, secrets)


def _plain(value: Any) -> Any:
    return str(value) if value is not None and not isinstance(value, bool | int | str) else value


def _wrap(entry_id: UUID, secrets: Secrets) -> str:
    clear = json.dumps(secrets).encode()
    return base64.b64encode(seal(settings.ENTRAIDE.keys, clear, place=_place(entry_id))).decode()


def _unwrap(entry_id: UUID, wrapped: str) -> Secrets:
    clear = unseal(settings.ENTRAIDE.keys, base64.b64decode(wrapped), place=_place(entry_id))
    return dict(json.loads(clear))


def _place(entry_id: object) -> str:
    return f"dispatch.{entry_id}"


SEALED_SECRETS = SealedPayloads(Job, DISPATCH_JOB, "secrets", lambda payload: _place(payload["entry"]))
