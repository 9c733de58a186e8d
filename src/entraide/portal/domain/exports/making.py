"""Making an export, outside any page and any transaction: a death in the middle leaves nothing to see."""

import json
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.utils import timezone, translation

from entraide.portal.domain.exports.archive import archive, parts_of
from entraide.portal.domain.exports.cells import plain
from entraide.portal.domain.exports.enums import ExportState
from entraide.portal.domain.exports.events import DataExportReady
from entraide.portal.domain.exports.models import DataExport
from entraide.portal.domain.exports.sources import SOURCES
from entraide.portal.domain.exports.storage import vault
from entraide.portal.domain.exports.words import readme
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.personal_data import OwnFile
from entraide.portal.foundation.events.facts import publish
from entraide.portal.foundation.vault.files import Kept
from entraide.portal.foundation.vault.storing import stored_with

KEPT_FOR = timedelta(hours=24)
# How often at most the progress is written down while one export is made.
_STEPS = 50
_UNDER_WAY = (ExportState.ASKED, ExportState.MAKING)


def write_export(export_id: UUID, *, now: datetime) -> Kept | None:
    """Writes the archive into the vault; None when it is no longer wanted, or its person has no access."""
    wanted = DataExport.objects.filter(pk=export_id, state__in=_UNDER_WAY)
    export = wanted.select_related("person").first()
    account = export.person.account_id if export is not None else None
    viewer = viewer_of(account) if account is not None else None
    if export is None or viewer is None:
        wanted.update(state=ExportState.FAILED)
        return None
    parts = _parts(viewer, language=export.language, now=now)
    wanted.update(state=ExportState.MAKING, parts=len(parts), done=0)
    written = partial(_tell, export_id, every=max(1, len(parts) // _STEPS))
    return vault().keep(archive(parts, at=now, written=written))


def finish_export(export_id: UUID, kept: Kept, *, now: datetime) -> bool:
    """Makes the archive the export, if nobody else has; a second one is forgotten at once."""
    with stored_with(vault(), kept.name):
        found = DataExport.objects.select_for_update().filter(pk=export_id, state=ExportState.MAKING)
        export = found.select_related("person").first()
        if export is not None:
            _ready(export, kept, now=now)
    if export is None:
        vault().forget(kept.name)
    return export is not None


def _ready(export: DataExport, kept: Kept, *, now: datetime) -> None:
    export.state, export.stored_name, export.size = ExportState.READY, kept.name, kept.size
    export.ready_at, export.expires_at = now, now + KEPT_FOR
    export.save(update_fields=["state", "stored_name", "size", "ready_at", "expires_at"])
    publish(DataExportReady(about=export.person_id, export=export.pk, language=export.language))


def _parts(viewer: Viewer, *, language: str, now: datetime) -> list[OwnFile]:
    tables = [table for source in SOURCES.tables for table in source(viewer.person_id)]
    on = timezone.localdate(now)
    files = [one for source in SOURCES.files for one in source(viewer, language=language, on=on)]
    with translation.override(language):
        words = readme(viewer, [table.name for table in tables], at=now)
    about = {"number": viewer.number, "name": viewer.full_name, "made_at": plain(now), "amounts": "cents"}
    return parts_of(tables, files, readme=words, about=json.dumps(about, ensure_ascii=False))


def _tell(export_id: UUID, done: int, *, every: int) -> None:
    if done % every == 0:
        DataExport.objects.filter(pk=export_id, state=ExportState.MAKING).update(done=done)
