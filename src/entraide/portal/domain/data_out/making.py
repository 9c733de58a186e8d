"""A run of files for the management system: made once, kept as it is, delivered again at will."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Max, OuterRef

from entraide.portal.domain.data_out import people, requests
from entraide.portal.domain.data_out.events import DataSentOut
from entraide.portal.domain.data_out.models import OutFile, OutRun, TakenFact, TakenRequest
from entraide.portal.domain.data_out.tables import OutTable
from entraide.portal.foundation.events.facts import publish
from entraide.portal.foundation.events.models import Entry

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it lies on a disk: the bytes of each file by its name, the manifest among them."""

    number: int
    rows: int
    contents: dict[str, bytes]


def undelivered() -> list[Run]:
    """Runs that were made and whose folder nobody knows to be whole, the first one first."""
    return [_of(one) for one in OutRun.objects.filter(delivered_at=None).order_by("number")]


def run_numbered(number: int) -> Run | None:
    """The bytes of a former run, those of its first time; None where there is none, or it is forgotten."""
    found = OutRun.objects.filter(number=number, files__isnull=False).first()
    return _of(found) if found is not None else None


def note_delivered(number: int, *, now: datetime) -> None:
    """The folder of this run is whole and on the disk."""
    OutRun.objects.filter(number=number, delivered_at=None).update(delivered_at=now)


def make_run(*, now: datetime) -> Run | None:
    """Takes everything that no run took yet, once, and keeps the files; None when there is nothing.

    All or nothing: a kill in the middle leaves no run, and the next one takes the same. One at a time: a
    second one in parallel fails on what the first one took.
    """
    with transaction.atomic():
        taken = TakenFact.objects.filter(entry=OuterRef("pk"))
        rows = Entry.objects.filter(~Exists(taken), kind__in=(*people.KINDS, *requests.KINDS))
        entries = list(rows.order_by("at", "pk"))
        if not entries:
            return None
        told, first = requests.request_tables([one for one in entries if one.kind in requests.KINDS])
        changed = people.people_tables([one for one in entries if one.kind in people.KINDS])
        tables = [one for one in (*told, *changed) if one.rows]
        if not tables:
            # Only what goes nowhere: it is looked at again, and takes no number.
            return None
        last = OutRun.objects.aggregate(last=Max("number"))["last"] or 0
        run = OutRun.objects.create(number=last + 1, made_at=now)
        TakenFact.objects.bulk_create([TakenFact(entry=one.pk, run=run) for one in entries], batch_size=500)
        TakenRequest.objects.bulk_create([TakenRequest(request=one, run=run) for one in first])
        _keep(run, tables)
        count = sum(len(one.rows) for one in tables)
        publish(DataSentOut(number=run.number, files=len(tables), rows=count))
    return _of(run)


def _keep(run: OutRun, tables: list[OutTable]) -> None:
    for one in tables:
        OutFile.objects.create(run=run, name=one.name, rows=len(one.rows), content=one.as_text())


def _of(run: OutRun) -> Run:
    files = list(run.files.all())
    contents = {one.name: one.content.encode() for one in files}
    told = {
        "run": run.number,
        "mutual": settings.PROFILE.slug,
        "made_at": run.made_at.isoformat(timespec="seconds"),
        "files": [
            {
                "name": one.name,
                "rows": one.rows,
                "bytes": len(contents[one.name]),
                "sha256": hashlib.sha256(contents[one.name]).hexdigest(),
            }
            for one in files
        ],
    }
    manifest = (json.dumps(told, indent=2) + "\n").encode()
    return Run(run.number, sum(one.rows for one in files), {**contents, MANIFEST: manifest})
