"""What an antivirus says of a file, and what follows: only what was read to its end is clean (A47, A48)."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Min, QuerySet

from entraide.portal.domain.requests import storage
from entraide.portal.domain.requests.antivirus import NoVerdict, Unsure, Verdict, virus_scanner
from entraide.portal.domain.requests.enums import PENDING_SCANS, By, Move, RequestState, ScanState
from entraide.portal.domain.requests.events import (
    EnclosureInfected,
    FileInfected,
    InfectedFilesErased,
    ScansLate,
)
from entraide.portal.domain.requests.life import Hand, NotNow, locked, make_move, may_move
from entraide.portal.domain.requests.models import ENCLOSED, Request, RequestFile
from entraide.portal.foundation.events.facts import publish
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import enqueue
from entraide.portal.foundation.vault.storing import stored_with

SCAN_JOB = "requests.scan"
# The alarm after this, and again each hour as long as something waits (A48).
LATE = timedelta(minutes=15)
ALARM_EVERY = timedelta(hours=1)
# A lost or failed job is asked for again after a day; the queue itself tries each for more than a week.
ASK_AGAIN = timedelta(days=1)
# For the data protection officer and those who look into an attack; then the bytes are erased.
SEALED_FOR = timedelta(days=30)
# Earlier files, once an antivirus is set up: some at each look, so that those of today do not wait for them.
AT_A_TIME = 200
log = structlog.get_logger()


def first_state() -> ScanState:
    """Where a file begins: it waits for the antivirus, or is said to be unscanned where there is none."""
    return ScanState.RECEIVED if settings.ENTRAIDE.antivirus_url else ScanState.UNSCANNED


def ask_for_scan(file_id: UUID, *, now: datetime) -> None:
    """Puts the scan of a file on the queue, once a day at most. Inside a transaction."""
    enqueue(SCAN_JOB, {"file": str(file_id)}, dedup=f"{SCAN_JOB}:{file_id}:{now:%Y-%m-%d}")


def scan(file_id: UUID, *, now: datetime) -> None:
    """Gives a file that waits to the antivirus and notes the verdict; raises NoVerdict to be tried again."""
    waiting = RequestFile.objects.filter(pk=file_id, scan_state__in=PENDING_SCANS)
    row = waiting.first()
    if row is None:
        return
    waiting.filter(scan_state=ScanState.RECEIVED).update(scan_state=ScanState.SCANNING)
    scanner = virus_scanner()
    if scanner is None:
        raise NoVerdict("no antivirus is set up any more")
    try:
        verdict = scanner.scan(storage.vault().read(row.stored_name))
    except Unsure as error:
        waiting.update(scan_state=ScanState.ERROR)
        log.warning("scan.unsure", file=str(file_id), answer=str(error))
        raise
    if verdict.is_clean:
        waiting.update(scan_state=ScanState.CLEAN, scanned_at=now)
        request_id = RequestFile.objects.values_list("request", flat=True).filter(pk=file_id).first()
        if request_id is not None:
            check_once_clean(request_id, now=now)
    else:
        _set_apart(row, verdict, now=now)


def check_once_clean(request_id: UUID, *, now: datetime) -> None:
    """A request whose every file is clean is checked: nothing stands against opening it."""
    files = RequestFile.objects.filter(request=request_id).exclude(ENCLOSED)
    if not files.exists() or files.exclude(scan_state=ScanState.CLEAN).exists():
        return
    state = Request.objects.values_list("state", flat=True).get(pk=request_id)
    if may_move(state, Move.CHECK, by=By.SYSTEM):
        # Two last files at once, or an agent in between: the first one there made the move.
        with suppress(NotNow):
            make_move(request_id, move=Move.CHECK, hand=Hand(by=By.SYSTEM), now=now)


def watch(*, now: datetime) -> None:
    """Asks again for what waits too long, raises the alarm, erases what was sealed long enough."""
    if settings.ENTRAIDE.antivirus_url:
        _take_up_unscanned(now=now)
        for file_id in _waiting_since(now - ASK_AGAIN).values_list("pk", flat=True)[:AT_A_TIME]:
            ask_for_scan(file_id, now=now)
    else:
        never_judged = (ScanState.RECEIVED, ScanState.SCANNING)
        RequestFile.objects.filter(scan_state__in=never_judged).update(scan_state=ScanState.UNSCANNED)
    _raise_alarm(now=now)
    _erase_sealed(now=now)


def how_many_wait() -> int:
    """Files without a verdict."""
    return RequestFile.objects.filter(scan_state__in=PENDING_SCANS).count()


def waiting_too_long(*, now: datetime) -> Iterator[tuple[UUID, datetime | None]]:
    """Files that have had no verdict for longer than the alarm allows, the oldest first, and since when."""
    late = _waiting_since(now - LATE).order_by("scan_since", "pk")
    return late.values_list("pk", "scan_since").iterator(chunk_size=2000)


def _waiting_since(moment: datetime) -> QuerySet[RequestFile]:
    return RequestFile.objects.filter(scan_state__in=PENDING_SCANS, scan_since__lte=moment)


def _take_up_unscanned(*, now: datetime) -> None:
    earlier = RequestFile.objects.filter(scan_state=ScanState.UNSCANNED).order_by("-kept_at", "-pk")
    with transaction.atomic():
        some = list(earlier.select_for_update(skip_locked=True).values_list("pk", flat=True)[:AT_A_TIME])
        RequestFile.objects.filter(pk__in=some).update(scan_state=ScanState.RECEIVED, scan_since=now)
        for file_id in some:
            ask_for_scan(file_id, now=now)


def _raise_alarm(*, now: datetime) -> None:
    late = _waiting_since(now - LATE)
    oldest = late.aggregate(oldest=Min("scan_since"))["oldest"]
    if oldest is None:
        return
    files, minutes = late.count(), int((now - oldest).total_seconds() // 60)
    log.error("scans.late", files=files, minutes=minutes)
    if Entry.objects.filter(kind=ScansLate.__name__, at__gt=now - ALARM_EVERY).exists():
        return
    with transaction.atomic():
        publish(ScansLate(files=files, minutes=minutes))


def _set_apart(row: RequestFile, verdict: Verdict, *, now: datetime) -> None:
    """Seals an infected file away from the others, and tells whoever sent it."""
    sealed, former = storage.set_apart(row.stored_name), row.stored_name
    with stored_with(storage.quarantine(), sealed):
        # Without its request: one that is sent while we wait for the lock would be read as it was before.
        rows = RequestFile.objects.select_for_update()
        held = rows.filter(pk=row.pk, scan_state__in=PENDING_SCANS).first()
        if held is None:
            # Taken back by its sender, or another worker was quicker.
            storage.quarantine().forget(sealed)
            return
        held.scan_state, held.scanned_at = ScanState.INFECTED, now
        held.finding, held.stored_name = verdict.finding[:100], sealed
        held.save(update_fields=["scan_state", "scanned_at", "finding", "stored_name"])
        if held.is_enclosure:
            _tell_agent(held)
        else:
            _tell(held, now=now)
        transaction.on_commit(lambda: storage.vault().forget(former))


def _tell_agent(held: RequestFile) -> None:
    """Who enclosed it: the member never had it, and waits for another one."""
    publish(
        EnclosureInfected(
            agent=held.enclosed_by,
            file_id=held.pk,
            request_id=held.request_id,
            reference=held.request.reference if held.request else "",
            # A form that is not sent yet says so itself.
            tells=held.request_id is not None,
            finding=held.finding,
            language=settings.LANGUAGE_CODE,
        )
    )


def _tell(held: RequestFile, *, now: datetime) -> None:
    """The fact, and one mail: that of the request which waits for its member from now on, or of the fact."""
    fact = FileInfected(
        about=held.sender_id,
        file_id=held.pk,
        request_id=held.request_id,
        reference="",
        tells=bool(held.kept_by),
        finding=held.finding,
        language=settings.LANGUAGE_CODE,
    )
    if held.request_id is not None:
        sent = locked(held.request_id)
        fact = replace(
            fact,
            reference=sent.reference,
            tells=not _ask_again(sent, now=now) and sent.state != RequestState.WITHDRAWN,
            language=sent.language,
        )
    publish(fact)


def _ask_again(sent: Request, *, now: datetime) -> bool:
    """The paper has to come again: whether the life of the request tells so, now or for an earlier file.

    One that waits for its member already keeps the question of its agent, one that is closed stays closed.
    """
    if may_move(sent.state, Move.ASK, by=By.SYSTEM):
        make_move(sent.pk, move=Move.ASK, hand=Hand(by=By.SYSTEM), now=now)
        return True
    last = sent.steps.order_by("at", "pk").last()
    return last is not None and last.state == RequestState.WAITING_FOR_MEMBER and last.by == By.SYSTEM


def _erase_sealed(*, now: datetime) -> None:
    ended = RequestFile.objects.filter(scan_state=ScanState.INFECTED, scanned_at__lte=now - SEALED_FOR)
    with transaction.atomic():
        rows = list(ended.exclude(stored_name="").select_for_update(skip_locked=True)[:AT_A_TIME])
        for one in rows:
            storage.quarantine().forget(one.stored_name)
            one.stored_name = ""
            one.save(update_fields=["stored_name"])
        if rows:
            publish(InfectedFilesErased(files=len(rows)))
