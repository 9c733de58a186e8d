"""Asking for a list as a file, a supervisor's yes or no, and taking it once (A77)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.policies import Right
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.policies import is_same_person, need
from entraide.portal.domain.handling.queries import Wanted
from entraide.portal.domain.list_exports.enums import ListExportState
from entraide.portal.domain.list_exports.events import (
    ListExportApproved,
    ListExportAsked,
    ListExportExpired,
    ListExportRefused,
    ListExportTaken,
)
from entraide.portal.domain.list_exports.models import ListExport
from entraide.portal.domain.requests.references import new_reference
from entraide.portal.foundation.events.facts import publish
from entraide.portal.foundation.tasks.queue import enqueue

MAKE_JOB = "list_exports.make"
MAX_REASON = 500
# Nobody decided: what the list would hold by then is no longer what was asked for.
LAPSES_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TakenList:
    """The file as it leaves, for the only time."""

    name: str
    content: bytes


def ask_list(
    agent: AgentViewer, wanted: Wanted, *, reason: str, request_key: UUID, language: str, now: datetime
) -> ListExport:
    """Asks for the open requests of this list as a file; the same key is asked once.

    Raises DomainError without a reason, or without the right.
    """
    need(agent, Right.EXPORT_LISTS)
    if not reason.strip():
        raise DomainError(_("Écrivez pourquoi cette liste est nécessaire."), field="reason")
    try:
        with transaction.atomic():
            return _ask(agent, wanted, reason, request_key, language, now=now)
    except IntegrityError:
        # A second click in parallel won.
        return ListExport.objects.get(asked_by_id=agent.id, request_key=request_key)


def approve_list(agent: AgentViewer, export_id: UUID, *, now: datetime) -> None:
    """A supervisor's yes; the file is then made in the background. Raises DomainError for the asker's own."""
    with transaction.atomic():
        export = _to_decide(agent, export_id)
        _decide(export, agent, ListExportState.APPROVED, now=now)
        publish(ListExportApproved(actor=agent.account_id, reference=export.reference))
        enqueue(MAKE_JOB, {"export": str(export.pk)}, dedup=f"list-export:{export.pk}")


def refuse_list(agent: AgentViewer, export_id: UUID, *, now: datetime) -> None:
    """A supervisor's no. Raises DomainError as a yes does."""
    with transaction.atomic():
        export = _to_decide(agent, export_id)
        _decide(export, agent, ListExportState.REFUSED, now=now)
        publish(ListExportRefused(actor=agent.account_id, reference=export.reference))


def take_list(agent: AgentViewer, export_id: UUID, *, now: datetime) -> TakenList | None:
    """Hands the file to its asker, once; None when there is none for this agent, or no longer."""
    need(agent, Right.EXPORT_LISTS)
    with transaction.atomic():
        rows = ListExport.objects.select_for_update(of=("self",)).select_related("asked_by")
        mine = rows.filter(pk=export_id, asked_by_id=agent.id, state=ListExportState.READY)
        export = mine.filter(expires_at__gt=now).first()
        if export is None:
            return None
        taken = TakenList(_file_name(export), export.content.encode())
        _forget(export, ListExportState.TAKEN)
        publish(ListExportTaken(actor=agent.account_id, reference=export.reference))
    return taken


def expire_lists(*, now: datetime) -> int:
    """Forgets the files that nobody took in time, and ends what nobody decided on. Inside a transaction."""
    not_taken = Q(state=ListExportState.READY, expires_at__lte=now)
    not_decided = Q(state=ListExportState.ASKED, asked_at__lte=now - LAPSES_AFTER)
    late = list(ListExport.objects.select_for_update().filter(not_taken | not_decided))
    for one in late:
        _forget(one, ListExportState.EXPIRED)
        publish(ListExportExpired(reference=one.reference))
    return len(late)


def _ask(
    agent: AgentViewer, wanted: Wanted, reason: str, request_key: UUID, language: str, *, now: datetime
) -> ListExport:
    before = ListExport.objects.filter(asked_by_id=agent.id, request_key=request_key).first()
    if before is not None:
        return before
    export = ListExport(
        reference=new_reference(settings.PROFILE.identity.reference_prefix),
        asked_by_id=agent.id,
        request_key=request_key,
        reason=reason,
        wanted={
            "team": wanted.team,
            "state": wanted.state,
            "category": wanted.category,
            "type": wanted.type,
            "mine": wanted.handler is not None,
            "due_before": wanted.due_before.isoformat() if wanted.due_before else "",
        },
        language=language,
        asked_at=now,
    )
    export.save(force_insert=True)
    publish(ListExportAsked(actor=agent.account_id, reference=export.reference))
    return export


def _to_decide(agent: AgentViewer, export_id: UUID) -> ListExport:
    need(agent, Right.APPROVE_EXPORTS)
    rows = ListExport.objects.select_for_update(of=("self",)).select_related("asked_by")
    export = rows.filter(pk=export_id).first()
    if export is None:
        raise DomainError(_("Cette demande d’export n’existe pas."))
    if export.state != ListExportState.ASKED:
        raise DomainError(_("Cette demande d’export est déjà décidée."))
    if is_same_person(agent, export.asked_by):
        raise DomainError(_("Une autre personne que celle qui a demandé l’export doit décider."))
    return export


def _decide(export: ListExport, agent: AgentViewer, state: ListExportState, *, now: datetime) -> None:
    export.state, export.decided_by_id, export.decided_at = state, agent.id, now
    export.save(update_fields=["state", "decided_by", "decided_at"])


def _forget(export: ListExport, state: ListExportState) -> None:
    export.state, export.content = state, ""
    export.save(update_fields=["state", "content"])


def _file_name(export: ListExport) -> str:
    """Who asked, and its number: a file that lies about says whose it is."""
    assert export.ready_at is not None
    who, on = slugify(export.asked_by.full_name), timezone.localdate(export.ready_at)
    return f"liste-{export.reference}-{who}-{on:%Y-%m-%d}.csv".lower()
