"""Noting that somebody read somebody else's data (A68). Nobody is told; the person can read it (A69).

A page only hands the reading to the queue, with one insert. The worker writes it into the chain of the
person, so that no page waits for another one's turn.
"""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from entraide.portal.domain.consultations.enums import Outcome, ReaderKind, Seen
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.viewer import HELPER, Viewer
from entraide.portal.foundation.tasks.models import Job
from entraide.portal.foundation.tasks.queue import enqueue
from entraide.portal.foundation.vault.resealing.payloads import SealedPayloads
from entraide.portal.foundation.vault.seal import seal, unseal

NOTE_JOB = "consultations.note"
# Within it, the same reader, person, kind and object are one reading: a page opened again adds nothing.
ONE_READING = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Reading:
    """Whose data, of which kind; `object_id` names the one thing that was opened, None a whole list."""

    person: UUID
    seen: Seen
    object_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: an insured person (`role` is the relationship) or an agent (`role` is theirs)."""

    id: UUID
    kind: ReaderKind
    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Readings on their way to the journal: all of one page, by one reader, at one moment."""

    reader: Reader
    readings: tuple[Reading, ...]
    reason: str
    network: str
    outcome: Outcome
    at: datetime


def consulted_by_relative(
    viewer: Viewer, readings: Iterable[Reading], *, network: str, now: datetime
) -> None:
    """Notes what the viewer was shown of others; what is their own is left out. One query, or none."""
    reader = Reader(viewer.person_id, ReaderKind.FAMILY, viewer.full_name, viewer.relationship)
    others = _once(one for one in readings if one.person != viewer.person_id)
    _hand_over(Note(
        reader=reader, readings=others, reason="", network=network, outcome=Outcome.SHOWN, at=now
    ))  # fmt: skip


def consulted_by_helper(viewer: Viewer, reading: Reading, *, network: str, now: datetime) -> None:
    """Notes what a helper was shown of the one who asked for help, under the helper's own name."""
    assert viewer.helping is not None
    reader = Reader(viewer.helping.helper_id, ReaderKind.HELPER, viewer.helping.helper_name, HELPER)
    _hand_over(Note(
        reader=reader, readings=(reading,), reason="", network=network, outcome=Outcome.SHOWN, at=now
    ))  # fmt: skip


def consulted(
    reader: Reader,
    readings: Iterable[Reading],
    *,
    reason: str,
    network: str,
    outcome: Outcome = Outcome.SHOWN,
    now: datetime,
) -> None:
    """Notes what an agent opened, or was refused. Raises DomainError(field="reason") without a reason."""
    if not reason.strip():
        message = _("Dites pourquoi vous ouvrez ce dossier : la personne pourra lire votre motif.")
        raise DomainError(message, field="reason")
    _hand_over(Note(
        reader=reader, readings=_once(readings), reason=reason.strip(), network=network, outcome=outcome,
        at=now,
    ))  # fmt: skip


def _once(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    return tuple(sorted(set(readings), key=lambda one: (str(one.person), one.seen, str(one.object_id))))


def _hand_over(note: Note) -> None:
    """Asks for the note to be written; a page opened twice within a minute asks once."""
    if not note.readings:
        return
    content = _content(note)
    # Finer than `ONE_READING`, which the writing looks after: no reading falls between two windows.
    minute = int(note.at.timestamp() // 60)
    same = json.dumps([minute, {name: content[name] for name in content if name not in {"at", "network"}}])
    dedup = f"{NOTE_JOB}:{settings.ENTRAIDE.keys.blind_index(NOTE_JOB, same)}"
    # Sealed: it names people, and a finished job is kept nowhere but a waiting one may be.
    sealed = seal(settings.ENTRAIDE.keys, json.dumps(content).encode(), place=dedup)
    enqueue(NOTE_JOB, {"note": base64.b64encode(sealed).decode(), "place": dedup}, dedup=dedup)


def _content(note: Note) -> dict[str, Any]:
    reader = note.reader
    return {
        "reader": [str(reader.id), reader.kind, reader.name, reader.role],
        "readings": [
            [str(one.person), one.seen, str(one.object_id) if one.object_id else None]
            for one in note.readings
        ],
        "reason": note.reason,
        "network": note.network,
        "outcome": note.outcome,
        "at": note.at.isoformat(),
    }


def handed_over(payload: dict[str, Any]) -> Note:
    """The note that a job carries; raises SealBroken when it was changed on its way."""
    sealed = base64.b64decode(payload["note"])
    found = json.loads(unseal(settings.ENTRAIDE.keys, sealed, place=payload["place"]))
    reader, kind, name, role = found["reader"]
    return Note(
        reader=Reader(UUID(reader), ReaderKind(kind), name, role),
        readings=tuple(
            Reading(UUID(person), Seen(seen), UUID(thing) if thing else None)
            for person, seen, thing in found["readings"]
        ),
        reason=found["reason"],
        network=found["network"],
        outcome=Outcome(found["outcome"]),
        at=datetime.fromisoformat(found["at"]),
    )


SEALED_NOTES = SealedPayloads(Job, NOTE_JOB, "note", lambda payload: payload["place"])
