"""Much that is sealed: messages, jobs and files, with what each must say."""

import base64
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone

from entraide.portal.config.wiring import SEALED_PAYLOADS
from entraide.portal.foundation.tasks.models import Job
from entraide.portal.foundation.vault.files import FileVault
from entraide.portal.foundation.vault.seal import seal, unseal
from entraide.portal.notifications.models import Delivery

NOTICE = "rotation"
COLUMNS = ("to", "subject", "body", "html")


@dataclass
class Store:
    """What was planted: the words of each message, the secret of each job, the bytes of each file."""

    folder: Path
    messages: dict[UUID, str] = field(default_factory=dict)
    jobs: dict[int, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def vault(self) -> FileVault:
        """With the keys of the moment."""
        return FileVault(self.folder / "files" / "requests", settings.ENTRAIDE.keys)

    def keep(self, content: bytes) -> str:
        name = self.vault.keep([content]).name
        self.files[name] = content
        return name

    def faults(self) -> list[str]:
        """Everything that does not say what it must; a value that does not open raises SealBroken."""
        found = {one.pk: one for one in Delivery.objects.filter(notice=NOTICE)}
        wrong = [f"message {pk}" for pk, words in self.messages.items() if words_of(found[pk]) != {words}]
        if len(found) != len(self.messages):
            wrong.append("other messages")
        jobs = {one.pk: one for one in Job.objects.filter(kind__in=[one.kind for one in SEALED_PAYLOADS])}
        wrong += [f"job {pk}" for pk, words in self.jobs.items() if secret_of(jobs[pk]) != words]
        vault = self.vault
        wrong += [name for name, content in self.files.items() if b"".join(vault.read(name)) != content]
        on_disk = sorted(one.name for one in vault.folder.glob("??/*"))
        return wrong if on_disk == sorted(self.files) else [*wrong, "other files on the disk"]


def plant(folder: Path, *, messages: int, jobs: int, files: int) -> Store:
    store = Store(folder)
    (folder / "files" / "requests").mkdir(parents=True)
    store.messages = {uuid4(): f"Message n° {number} pour Anne" for number in range(messages)}
    Delivery.objects.bulk_create([message(pk, words) for pk, words in store.messages.items()], batch_size=500)
    for number in range(jobs):
        words = f"secret {number}"
        one = Job.objects.create(**_job(number, words))
        store.jobs[one.pk] = words
    for number in range(files):
        store.keep(b"Ordonnance %d " % number * 40)
    return store


def message(pk: UUID, words: str) -> Delivery:
    texts = dict.fromkeys(COLUMNS, words)
    return Delivery(
        pk=pk, fact=pk, recipient=pk, channel="email", notice=NOTICE, created_at=timezone.now(), **texts
    )


def words_of(one: Delivery) -> set[str]:
    return {getattr(one, column) for column in COLUMNS}


def secret_of(one: Job) -> str:
    (sort,) = [sort for sort in SEALED_PAYLOADS if sort.kind == one.kind]
    sealed = base64.b64decode(one.payload[sort.key])
    return unseal(settings.ENTRAIDE.keys, sealed, place=sort.place(one.payload)).decode()


def _job(number: int, words: str) -> dict[str, object]:
    """Both kinds in turn, as those who ask for them write them."""
    sort = SEALED_PAYLOADS[number % len(SEALED_PAYLOADS)]
    payload = {"entry": str(uuid4()), "place": f"note {number}"}
    sealed = seal(settings.ENTRAIDE.keys, words.encode(), place=sort.place(payload))
    return {"kind": sort.kind, "payload": {**payload, sort.key: base64.b64encode(sealed).decode()}}
