"""An agent enclosed the wrong paper: it is taken back, or replaced, until somebody has opened it."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.actions import request_to_handle
from entraide.portal.domain.handling.enclosing import files_to_enclose
from entraide.portal.domain.handling.reasons import reason_to_open
from entraide.portal.domain.requests import storage
from entraide.portal.domain.requests.enums import ScanState
from entraide.portal.domain.requests.events import EnclosureWithdrawn
from entraide.portal.domain.requests.models import ENCLOSED, Request, RequestFile
from entraide.portal.foundation.events.facts import publish
from entraide.portal.foundation.web.wording import moment


def take_back(
    agent: AgentViewer, reference: str, file_id: UUID, *, form_key: UUID | None = None, now: datetime
) -> bool:
    """Erases a paper that has left and that nobody has opened yet; those held for `form_key` take its place.

    Gives whether something took its place: then the member gets a mail. What the antivirus set apart stays
    there, and can only be replaced. Raises DomainError for one that was opened: it is known, and taking it
    away would hide that; with field="files" where nothing is held. Raises ReasonNeeded as every opening does.
    """
    with transaction.atomic():
        request = request_to_handle(agent, reference)
        reason_to_open(agent, request, now=now)
        rows = RequestFile.objects.select_for_update().filter(ENCLOSED, request=request)
        file = rows.filter(pk=file_id, message__isnull=False).first()
        if file is None or file.scan_state == ScanState.WITHDRAWN:
            raise DomainError(_("Ce document n’est plus joint à cette demande."))
        if file.read_at is not None:
            message = _("Ce document a été ouvert le %(moment)s : il ne peut plus être retiré.")
            raise DomainError(message % {"moment": moment(file.read_at)})
        instead = files_to_enclose(agent, form_key)
        if not instead and (form_key is not None or file.is_infected):
            raise DomainError(_("Choisissez le fichier qui le remplace."), field="files")
        RequestFile.objects.filter(pk__in=instead).update(request=request, message=file.message_id)
        if not file.is_infected:
            _erase(file)
        _tell(agent, request, file, replaced=bool(instead))
    return bool(instead)


def _erase(file: RequestFile) -> None:
    """The name goes with the bytes: that of a wrong paper may name somebody else."""
    transaction.on_commit(partial(storage.forget, file.stored_name, apart=False))
    file.name, file.stored_name, file.scan_state = "", "", ScanState.WITHDRAWN
    file.save(update_fields=["name", "stored_name", "scan_state"])


def _tell(agent: AgentViewer, request: Request, file: RequestFile, *, replaced: bool) -> None:
    publish(
        EnclosureWithdrawn(
            actor=agent.account_id,
            about=request.sender_id,
            file_id=file.pk,
            request_id=request.pk,
            reference=request.reference,
            replaced=replaced,
            language=request.language,
        )
    )
