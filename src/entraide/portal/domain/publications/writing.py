"""Writing an edition: news as plain text, a document as a PDF that was opened apart before it is kept."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.publications import storage
from entraide.portal.domain.publications.drafts import Draft, check_prevention
from entraide.portal.domain.publications.enums import PREVENTION, PublicationKind
from entraide.portal.domain.publications.events import EditionWritten
from entraide.portal.domain.publications.models import Edition, Publication
from entraide.portal.domain.publications.policies import need_to_write
from entraide.portal.domain.publications.scanning import ask_for_scan
from entraide.portal.domain.requests.files.check import Checked, check
from entraide.portal.domain.requests.files.kinds import PDF
from entraide.portal.domain.requests.files.verdicts import Fault, Refused
from entraide.portal.domain.requests.scanning import first_state
from entraide.portal.domain.requests.words import refusal
from entraide.portal.foundation.events.facts import publish
from entraide.portal.foundation.vault.storing import stored_with

MAX_BODY = 6000


class AlreadyWritten(DomainError):
    """The key of the form served before, with other words (409): nothing was changed."""

    def __init__(self, publication_id: UUID) -> None:
        super().__init__(_("Ce formulaire a déjà été enregistré : rien n’y a été changé."))
        self.publication_id = publication_id


def write(
    agent: AgentViewer,
    kind: PublicationKind,
    draft: Draft,
    *,
    upload: "UploadedFile[Any] | None" = None,
    request_key: UUID,
    now: datetime,
) -> UUID:
    """Stores the first edition of a new publication and gives its id; members see nothing of it yet.

    The same key with the same content is stored once; AlreadyWritten with another one. Raises DomainError
    with its field for a text that lacks, a day before the first one, or a file that is no sound PDF.
    """
    need_to_write(agent)
    _check(kind, draft)
    if kind == PublicationKind.DOCUMENT and upload is None:
        raise DomainError(_("Choisissez le PDF à publier."), field="file")
    paper = _checked(upload)
    return _store(
        agent, draft, paper, lambda: Publication.objects.create(kind=kind), request_key=request_key, now=now
    )


def change(
    agent: AgentViewer,
    publication_id: UUID,
    draft: Draft,
    *,
    upload: "UploadedFile[Any] | None" = None,
    request_key: UUID,
    now: datetime,
) -> None:
    """Stores another edition; the one that members see stays until this one is published.

    A document without a new file keeps the one it had. Raises as `write`.
    """
    need_to_write(agent)
    found = Publication.objects.filter(pk=publication_id).first()
    if found is None:
        raise DomainError(_("Cette publication n’existe pas."))
    _check(PublicationKind(found.kind), draft)

    def locked() -> Publication:
        return Publication.objects.select_for_update().get(pk=publication_id)

    _store(agent, draft, _checked(upload), locked, request_key=request_key, now=now)


def _check(kind: PublicationKind, draft: Draft) -> None:
    known = {one.id for one in settings.PROFILE.segments}
    if not known.issuperset(draft.segments):
        raise DomainError(_("Choisissez les destinataires dans la liste."), field="segments")
    if draft.last_day is not None and draft.last_day < draft.first_day:
        raise DomainError(_("Le dernier jour vient après le premier."), field="last_day")
    if kind == PublicationKind.DOCUMENT:
        return
    if not draft.body_fr.strip():
        raise DomainError(_("Écrivez le texte en français."), field="body_fr")
    if bool(draft.title_en.strip()) != bool(draft.body_en.strip()):
        raise DomainError(
            _("Donnez le titre et le texte en anglais, ou aucun des deux."),
            field="title_en" if draft.body_en.strip() else "body_en",
        )
    if kind in PREVENTION:
        check_prevention(kind, draft)


def _checked(upload: "UploadedFile[Any] | None") -> Checked | None:
    if upload is None:
        return None
    most, name = settings.PROFILE.deposit.max_file_mb, upload.name or ""
    if (upload.size or 0) > most * 1024 * 1024:
        raise DomainError(refusal(Fault.TOO_BIG, name=name, max_mb=most), field="file")
    try:
        found = check(upload.read(), name=name)
    except Refused as refused:
        raise DomainError(refusal(refused.fault, name=name, max_mb=most), field="file") from refused
    if found.media_type != PDF.media_type:
        raise DomainError(_("Choisissez un PDF : une photo n’est pas un document."), field="file")
    return found


def _store(
    agent: AgentViewer,
    draft: Draft,
    paper: Checked | None,
    publication: Callable[[], Publication],
    *,
    request_key: UUID,
    now: datetime,
) -> UUID:
    digest = _digest(draft, paper)
    if (before := _written_before(agent, request_key, digest)) is not None:
        return before
    kept = storage.vault().keep([paper.content]) if paper else None
    try:
        with stored_with(storage.vault(), kept.name if kept else ""):
            edition = _new_edition(agent, draft, publication(), request_key=request_key, now=now)
            edition.content_digest = digest
            if paper and kept:
                edition.stored_name, edition.size, edition.sha256 = kept.name, paper.size, paper.sha256
                edition.scan_state = first_state()
            edition.save(force_insert=True)
            ask_for_scan(edition)
            publish(
                EditionWritten(
                    actor=agent.account_id, publication=edition.publication_id, number=edition.number
                )
            )
    except IntegrityError:
        # The same form came twice at once.
        again = _written_before(agent, request_key, digest)
        if again is None:
            raise
        return again
    return edition.publication_id


def _written_before(agent: AgentViewer, request_key: UUID, digest: str) -> UUID | None:
    before = Edition.objects.filter(agent_id=agent.id, request_key=request_key).first()
    if before is not None and before.content_digest != digest:
        raise AlreadyWritten(before.publication_id)
    return before.publication_id if before is not None else None


def _new_edition(
    agent: AgentViewer, draft: Draft, publication: Publication, *, request_key: UUID, now: datetime
) -> Edition:
    """Not saved yet; a document's file is that of the edition before, until another one comes."""
    last = publication.editions.last()
    words = asdict(draft) | {"segments": f",{','.join(draft.segments)}," if draft.segments else ""}
    if last is not None:
        words |= {name: getattr(last, name) for name in ("stored_name", "size", "sha256", "scan_state")}
    return Edition(
        publication=publication,
        number=last.number + 1 if last else 1,
        agent_id=agent.id,
        at=now,
        request_key=request_key,
        **words,
    )


def _digest(draft: Draft, paper: Checked | None) -> str:
    content = [asdict(draft), paper.sha256 if paper else ""]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, default=str).encode()).hexdigest()
