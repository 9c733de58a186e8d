"""What must hold once all is calm (security, section 4): each line that is returned breaks the promise."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

from django.db.models import Q
from django.utils import timezone

from entraide.portal.domain.requests import sweeps
from entraide.portal.domain.requests.enums import PENDING_SCANS, ScanState
from entraide.portal.domain.requests.models import Message, Request, RequestFile
from entraide.portal.domain.requests.storage import vault
from entraide.portal.foundation.events.models import Entry as Fact
from entraide.portal.foundation.tasks.models import Job, JobState
from entraide.portal.foundation.vault.seal import SealBroken
from entraide.portal.notifications.models import Delivery, DeliveryState
from tests.ledger.book import Book, Entry

# What was left by a kill between a file and its row is removed by the daily look once it is older.
SETTLED = timedelta(hours=26)
ACKNOWLEDGED = "Documents bien reçus"


def unfinished() -> Counter[str]:
    """What still moves, or never will: by what it is."""
    now = timezone.now()
    tried, due = Q(attempts__gt=0), Q(run_at__lte=now)
    jobs = Job.objects.filter(Q(state=JobState.QUEUED) & (tried | due) | Q(state=JobState.RUNNING))
    found = Counter(f"job {kind}" for kind in jobs.values_list("kind", flat=True))
    found["scan"] = RequestFile.objects.filter(scan_state__in=PENDING_SCANS).count()
    found["mail"] = Delivery.objects.filter(state=DeliveryState.WAITING).count()
    return +found


def broken(book: Book, mails: list[EmailMessage]) -> list[str]:
    """Everything that does not hold, in words; empty when all does."""
    return [
        *_requests(book),
        *_replies(book),
        *_acknowledgements(mails),
        *_files(),
        *(f"I6: {count} × {what} is not final" for what, count in unfinished().items()),
        *_given_up(),
    ]


def _requests(book: Book) -> Iterator[str]:
    stored: dict[str, list[Request]] = defaultdict(list)
    for one in Request.objects.prefetch_related("files"):
        stored[str(one.request_key)].append(one)
    entries = {one.key: one for one in [*book.of("deposit"), *book.of("message")]}
    for key in stored.keys() - entries.keys():
        yield f"I4: {key} was stored and nobody sent it"
    for key, entry in entries.items():
        found = stored.get(key, [])
        if len(found) > 1:
            yield f"I2: {key} is stored {len(found)} times"
        if entry.answered and not found:
            yield f"I1: {key} was answered and is not stored"
        for one in found:
            if entry.references - {one.reference}:
                yield f"I5: {key} was answered as {entry.references} and is {one.reference}"
            yield from _bytes(entry, [file for file in one.files.all() if file.message_id is None])


def _replies(book: Book) -> Iterator[str]:
    stored = {str(one.request_key): one for one in Message.objects.exclude(request_key=None)}
    entries = {one.key: one for one in book.of("reply")}
    for key in stored.keys() - entries.keys():
        yield f"I4: reply {key} was stored and nobody sent it"
    for key, entry in entries.items():
        if key in stored:
            yield from _bytes(entry, list(stored[key].files.all()))
        elif entry.answered:
            yield f"I1: reply {key} was answered and is not stored"


def _bytes(entry: Entry, files: list[RequestFile]) -> Iterator[str]:
    if [one.sha256 for one in files] != [entry.sha256]:
        yield f"I1: {entry.key} holds {len(files)} files, or others than were sent"
    for one in files:
        try:
            held = b"".join(vault().read(one.stored_name))
        except (OSError, SealBroken) as error:
            yield f"I1: {entry.key} cannot be read: {error}"
            continue
        if held != entry.content:
            yield f"I1: {entry.key} holds other bytes than were sent"


def _acknowledgements(mails: list[EmailMessage]) -> Iterator[str]:
    """One fact, one message and one Message-ID for each request; a repeat of it is marked as one."""
    told = Fact.objects.filter(kind="DepositReceived").values_list("data__reference", flat=True)
    facts = Counter(told)
    came: dict[str, list[EmailMessage]] = defaultdict(list)
    for mail in mails:
        if str(mail["Subject"]).startswith(ACKNOWLEDGED):
            came[str(mail["Subject"]).split()[-1]].append(mail)
    references = set(Request.objects.values_list("reference", flat=True))
    for unknown in came.keys() - references:
        yield f"I4: {unknown} was acknowledged and is not stored"
    for reference in references:
        if facts[reference] != 1:
            yield f"I3: {reference} has {facts[reference]} facts of its arrival"
        numbers = {str(mail["Message-ID"]) for mail in came[reference]}
        if len(numbers) != 1:
            yield f"I3: {reference} has {len(numbers)} acknowledgements"
        if sum(mail["X-Entraide-Attempt"] is None for mail in came[reference]) > 1:
            yield f"I3: {reference} has a repeated acknowledgement that does not say so"


def _files() -> Iterator[str]:
    list(sweeps.files(timezone.now() + SETTLED))
    rows, kept = set(RequestFile.objects.values_list("stored_name", flat=True)), set(vault().names())
    if rows - kept:
        yield f"I8: {len(rows - kept)} rows without a file"
    if kept - rows:
        yield f"I8: {len(kept - rows)} files without a row"
    if other := RequestFile.objects.exclude(scan_state=ScanState.CLEAN).count():
        yield f"A48: {other} sound files were not found clean"


def _given_up() -> Iterator[str]:
    for kind in Job.objects.filter(state__in=(JobState.FAILED, JobState.UNKNOWN)).values_list(
        "kind", flat=True
    ):
        yield f"I6: a job {kind} was given up"
