"""Papers that an agent sends along: chosen with an answer, taken back if they were the wrong ones."""

from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.desk.reasons import asks_reason_first
from entraide.portal.agent_site.opened import done_at, opened_request
from entraide.portal.agent_site.roles import roles
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.enclosing import (
    MOST_FILES,
    drop_enclosure,
    held_enclosures,
    hold_enclosure,
    is_enclosed,
)
from entraide.portal.domain.handling.taking_back import take_back
from entraide.portal.domain.requests.storage import StorageFull
from entraide.portal.foundation.forms import ManyFilesField, RequestKeyField

_REMOVE = "remove:"


class EnclosuresForm(forms.Form):
    """Files that go along. A form without its key gets a new one: it has kept nothing yet."""

    request_key = RequestKeyField(required=False)
    # Hides an attribute of Django's forms that nothing reads here: the view holds the files by itself.
    files = ManyFilesField(label=gettext_lazy("Fichiers à joindre"), required=False)  # type: ignore[assignment]

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_with_key(data) if data is not None else None, *args, **kwargs)

    @property
    def key(self) -> UUID:
        """Under which its files are kept."""
        return UUID(str(self["request_key"].value()))


def _with_key(data: QueryDict) -> QueryDict:
    given = data.copy()
    try:
        UUID(given.get("request_key", ""))
    except ValueError:
        given["request_key"] = str(uuid4())
    return given


def only_files(request: AgentRequest) -> bool:
    """Whether the button that was pressed adds files or takes one off, and sends nothing."""
    return request.POST.get("act") == "files" or request.POST.get("action", "").startswith(_REMOVE)


def keep_enclosures(request: AgentRequest, form: EnclosuresForm) -> int:
    """Holds what is good, takes off what is to go, and says of each other file what is wrong with it.

    Gives the status of the page that shows the form again.
    """
    status: int = HTTPStatus.OK
    if getattr(request, "is_too_large", False):
        form.add_error(
            "files", _("Votre envoi est trop lourd : joignez moins de fichiers, ou de plus légers.")
        )
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    _take_off(request, form)
    for upload in request.FILES.getlist("files"):
        upload.seek(0)
        try:
            hold_enclosure(request.agent, form_key=form.key, upload=upload, now=timezone.now())
        except DomainError as refusal:
            form.add_error("files", refusal.message)
            full = isinstance(refusal, StorageFull)
            status = HTTPStatus.INSUFFICIENT_STORAGE if full else HTTPStatus.UNPROCESSABLE_ENTITY
    return status


def enclosures_shown(request: AgentRequest, form: EnclosuresForm) -> dict[str, Any]:
    """What `_enclosures.html` needs."""
    held = held_enclosures(request.agent, form.key) if form.is_bound else []
    return {
        "held": held,
        "most_files": MOST_FILES,
        "max_file_mb": settings.PROFILE.deposit.max_file_mb,
        "has_antivirus": bool(settings.ENTRAIDE.antivirus_url),
    }


def _take_off(request: AgentRequest, form: EnclosuresForm) -> None:
    action = request.POST.get("action", "")
    if not action.startswith(_REMOVE):
        return
    try:
        file_id = UUID(action.removeprefix(_REMOVE))
    except ValueError:
        return
    drop_enclosure(request.agent, form_key=form.key, file_id=file_id)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.HANDLER, Role.SUPERVISOR, Role.SOCIAL_FUND)
@asks_reason_first
def enclosure(request: AgentRequest, reference: str, file_id: UUID) -> HttpResponse:
    """`/gestion/demandes/<reference>/joints/<id>/`: take a paper back, or put another one in its place."""
    if not is_enclosed(request.agent, reference, file_id):
        raise Http404
    found = opened_request(request, reference)
    lines = (one for step in found.history for one in step.enclosed)
    file = next((one for one in lines if one.id == file_id and not one.is_withdrawn), None)
    if file is None:
        raise Http404
    form, status = EnclosuresForm(request.POST if request.method == "POST" else None), int(HTTPStatus.OK)
    if request.method == "POST":
        form.full_clean()
        status = keep_enclosures(request, form)
        if not form.errors and not only_files(request):
            try:
                _take_back(request, found.reference, file_id, form)
            except DomainError as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
                status = HTTPStatus.UNPROCESSABLE_ENTITY
            else:
                return done_at("agents:request", reference=found.reference)
    context = {"found": found, "file": file, "form": form, **enclosures_shown(request, form)}
    return render(request, "agent_site/desk/enclosure.html", context, status=status)


def _take_back(request: AgentRequest, reference: str, file_id: UUID, form: EnclosuresForm) -> None:
    what, now = request.POST.get("act"), timezone.now()
    if what not in {"replace", "withdraw"}:
        raise DomainError(_("Choisissez ce que vous voulez faire."))
    key = form.key if what == "replace" else None
    replaced = take_back(request.agent, reference, file_id, form_key=key, now=now)
    messages.success(request, _("Le document est remplacé.") if replaced else _("Le document est retiré."))
