"""Files kept for a form that is not sent yet: accepted ones stay while the member corrects the rest."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests import storage, words
from entraide.portal.domain.requests.enums import ScanState
from entraide.portal.domain.requests.files.check import Checked, check, words_in
from entraide.portal.domain.requests.files.names import clean_name
from entraide.portal.domain.requests.files.verdicts import Fault, Refused
from entraide.portal.domain.requests.files.words import PrintedWords
from entraide.portal.domain.requests.models import Request, RequestFile
from entraide.portal.domain.requests.scanning import ask_for_scan, first_state
from entraide.portal.foundation.tasks.queue import enqueue
from entraide.portal.foundation.vault.storing import stored_with

KEPT_FOR = timedelta(hours=24)
PURGE_JOB = "requests.purge_held"
# Unsent files of one person, over all forms: room for several envelopes, not for filling the disk.
MAX_HELD = 40
# The larger of the two measures that people call a megabyte.
MEGABYTE = 1024 * 1024


class Upload(Protocol):
    """A file as it arrives."""

    @property
    def name(self) -> str | None: ...

    @property
    def size(self) -> int | None: ...

    def read(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file of a form: enough to show it, and to tell whether two sendings are the same.

    `piece`: the paper that it is, see `pieces.piece_of`; blank when nobody said.
    """

    id: UUID
    name: str
    size: int
    sha256: str
    piece: str = ""
    is_infected: bool = False


def hold_file(
    viewer: Viewer, *, request_key: UUID, upload: Upload, now: datetime, piece: str = ""
) -> HeldFile:
    """Checks a file and keeps it encrypted for this form; the same file twice is kept once for each piece.

    Raises DomainError with a sentence for the member; then nothing is stored.
    """
    limits = settings.PROFILE.deposit
    checked = checked_upload(upload)
    already = files_of_form(viewer, request_key)
    for one in already:
        if (one.name, one.sha256, one.piece) == (checked.name, checked.sha256, piece):
            return one
    if len(already) >= limits.max_files:
        raise DomainError(words.too_many(checked.name, max_files=limits.max_files), field="files")
    _check_room(viewer, now=now)
    # Files of one sending come at one moment: a microsecond each keeps them in the member's order.
    moment = now + timedelta(microseconds=len(already))
    whose: dict[str, UUID | str] = {"sender_id": viewer.person_id, "piece": piece}
    return as_held(store(checked, whose=whose, request_key=request_key, now=moment))


def checked_upload(upload: Upload) -> Checked:
    """A file as it may be kept, opened apart. Raises DomainError with a sentence for who sends it."""
    with _refusing(upload):
        return check(upload.read(), name=upload.name or "")


def words_of(upload: Upload) -> tuple[PrintedWords, ...]:
    """What is printed in a file, checked as one that is sent and then forgotten; empty for a picture.

    Raises DomainError with a sentence for the member.
    """
    with _refusing(upload):
        return words_in(upload.read(), name=upload.name or "")


@contextmanager
def _refusing(upload: Upload) -> Iterator[None]:
    name, max_mb = upload.name or "", settings.PROFILE.deposit.max_file_mb
    try:
        if (upload.size or 0) > max_mb * MEGABYTE:
            raise Refused(Fault.TOO_BIG)
        yield
    except Refused as refused:
        sentence = words.refusal(refused.fault, name=clean_name(name), max_mb=max_mb)
        raise DomainError(sentence, field="files") from None


def drop_held_file(viewer: Viewer, *, request_key: UUID, file_id: UUID) -> None:
    """Takes back a file of a form that is not sent; one of someone else or of a sent request stays."""
    with transaction.atomic():
        held = RequestFile.objects.filter(
            pk=file_id, sender_id=viewer.person_id, request_key=request_key, request=None, kept_by=""
        )
        drop(list(held.select_for_update()))


def drop(held: list[RequestFile]) -> None:
    """Deletes rows, and their files once that is certain. Inside a transaction."""
    for one in held:
        stored_name, apart = one.stored_name, one.is_infected
        one.delete()
        transaction.on_commit(partial(storage.forget, stored_name, apart=apart))


def reference_sent_with(viewer: Viewer, request_key: UUID) -> str:
    """The reference of the request that this form became, or replied to; blank while it is not sent."""
    form, reply = Q(request_key=request_key), Q(messages__request_key=request_key)
    sent = Request.objects.filter(form | reply, sender_id=viewer.person_id)
    return sent.values_list("reference", flat=True).first() or ""


def files_of_form(viewer: Viewer, request_key: UUID) -> list[HeldFile]:
    """What was kept under this key, sent or not, oldest first."""
    rows = RequestFile.objects.filter(sender_id=viewer.person_id, request_key=request_key)
    return [as_held(row) for row in rows]


def _check_room(viewer: Viewer, *, now: datetime) -> None:
    """A42: what is not sent yet, what came within a day, and all that is kept. One query."""
    limits = settings.PROFILE.deposit
    kept = RequestFile.objects.filter(sender_id=viewer.person_id).aggregate(
        held=Count("pk", filter=Q(request=None, kept_by="")),
        day=Count("pk", filter=Q(kept_at__gt=now - timedelta(days=1))),
        all=Count("pk"),
    )
    if kept["day"] >= limits.max_files_a_day:
        raise DomainError(words.too_many_today(limits.max_files_a_day), field="files")
    if kept["all"] >= limits.max_files_in_all:
        raise DomainError(words.too_many_in_all(limits.max_files_in_all), field="files")
    if kept["held"] >= MAX_HELD:
        raise DomainError(
            _(
                "Vous avez beaucoup de fichiers en attente dans des envois commencés : "
                "terminez un envoi, ou réessayez demain."
            ),
            field="files",
        )


def as_held(row: RequestFile) -> HeldFile:
    """A row as its form shows it."""
    return HeldFile(row.pk, row.name, row.size, row.sha256, row.piece, row.is_infected)


def store(
    checked: Checked, *, whose: Mapping[str, UUID | str], request_key: UUID, now: datetime
) -> RequestFile:
    """Keeps a checked file for a form, and asks for its scan. `whose`: columns that say who sends it."""
    stored_name = storage.keep(checked)
    with stored_with(storage.vault(), stored_name):
        row = RequestFile(
            **whose,
            request_key=request_key,
            name=checked.name,
            media_type=checked.media_type,
            size=checked.size,
            sha256=checked.sha256,
            stored_name=stored_name,
            kept_at=now,
            scan_state=first_state(),
            scan_since=now,
        )
        row.save(force_insert=True)
        if row.scan_state == ScanState.RECEIVED:
            ask_for_scan(row.pk, now=now)
        # One purge for all the files of an hour, once the last of them is a day old.
        enqueue(
            PURGE_JOB,
            {},
            dedup=f"{PURGE_JOB}:{now:%Y-%m-%dT%H}",
            delay_seconds=(KEPT_FOR + timedelta(hours=1)).total_seconds(),
        )
    return row
