"""Asking for an export, taking it once, and forgetting it (A79)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.exports.enums import LIVE, ExportState
from entraide.portal.domain.exports.events import DataExportAsked, DataExportExpired, DataExportTaken
from entraide.portal.domain.exports.models import DataExport
from entraide.portal.domain.exports.storage import vault
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.events.facts import publish
from entraide.portal.foundation.tasks.queue import enqueue
from entraide.portal.foundation.vault.seal import SealBroken

MAKE_JOB = "exports.make"
# What is not made by then never will be; the person asks again.
GIVEN_UP_AFTER = timedelta(hours=24)
A_DAY = timedelta(days=1)
MOST_A_DAY = 5


@dataclass(frozen=True, slots=True)
class TakenExport:
    """The archive as it leaves, for the only time."""

    size: int
    chunks: Iterator[bytes]


def ask_export(viewer: Viewer, *, request_key: UUID, language: str, now: datetime) -> DataExport:
    """Asks for an export; the same key is asked once. Raises DomainError while another one is under way."""
    try:
        with transaction.atomic():
            return _ask(viewer, request_key=request_key, language=language, now=now)
    except IntegrityError:
        # A second click in parallel won: it is the same one, or it is under way.
        with transaction.atomic():
            return _ask(viewer, request_key=request_key, language=language, now=now)


def _ask(viewer: Viewer, *, request_key: UUID, language: str, now: datetime) -> DataExport:
    own = DataExport.objects.filter(person_id=viewer.person_id)
    found = own.filter(request_key=request_key).first()
    if found is not None:
        return found
    expire_exports(now=now, person_id=viewer.person_id)
    if own.filter(state__in=LIVE).exists():
        raise DomainError(
            _("Une copie de vos données est déjà en préparation ou prête, plus haut sur cette page.")
        )
    if own.filter(asked_at__gt=now - A_DAY).count() >= MOST_A_DAY:
        raise DomainError(_("Vous avez déjà demandé plusieurs copies aujourd’hui. Réessayez demain."))
    export = DataExport(person_id=viewer.person_id, request_key=request_key, language=language, asked_at=now)
    export.save(force_insert=True)
    publish(DataExportAsked(actor=viewer.account_id, about=viewer.person_id, export=export.pk))
    enqueue(MAKE_JOB, {"export": str(export.pk)}, dedup=f"export:{export.pk}")
    return export


def take_export(viewer: Viewer, export_id: UUID, *, now: datetime) -> TakenExport | None:
    """Hands the archive out, once; None when there is none for this viewer, or no longer.

    The stored file is gone as soon as this returns: what is read here is the last of it. Raises DomainError
    when it cannot be read any more.
    """
    ready = DataExport.objects.filter(
        pk=export_id, person_id=viewer.person_id, state=ExportState.READY, expires_at__gt=now
    )
    found = ready.first()
    if found is None:
        return None
    try:
        chunks = vault().whole(found.stored_name)
    except (SealBroken, FileNotFoundError):
        if not ready.update(state=ExportState.FAILED, stored_name=""):
            # Not damaged: another press took it a moment ago.
            return None
        raise DomainError(_("Cette copie est abîmée. Demandez-en une nouvelle.")) from None
    with transaction.atomic():
        if not ready.update(state=ExportState.TAKEN, taken_at=now, stored_name=""):
            return None
        publish(DataExportTaken(actor=viewer.account_id, about=viewer.person_id, export=export_id))
        transaction.on_commit(lambda: vault().forget(found.stored_name))
    return TakenExport(found.size, chunks)


def expire_exports(*, now: datetime, person_id: UUID | None = None) -> int:
    """Forgets the exports that nobody took in time, and gives up those never made. Inside a transaction."""
    rows = DataExport.objects.select_for_update()
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    late = list(rows.filter(state=ExportState.READY, expires_at__lte=now))
    for one in late:
        stored_name = one.stored_name
        one.state, one.stored_name = ExportState.EXPIRED, ""
        one.save(update_fields=["state", "stored_name"])
        publish(DataExportExpired(about=one.person_id, export=one.pk))
        transaction.on_commit(lambda name=stored_name: vault().forget(name))  # type: ignore[misc]
    stuck = rows.filter(state__in=(ExportState.ASKED, ExportState.MAKING), asked_at__lte=now - GIVEN_UP_AFTER)
    return len(late) + stuck.update(state=ExportState.FAILED)
