"""A form that becomes a request with files: keep what came, send it once, or say what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import UUID, uuid4

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.requests.actions import Conflict, drop_held_file, hold_file
from entraide.portal.domain.requests.asked import AlreadyOpen
from entraide.portal.domain.requests.holding import HeldFile, files_of_form, reference_sent_with
from entraide.portal.domain.requests.storage import StorageFull
from entraide.portal.foundation.forms import KeyedForm
from entraide.portal.member_site.member_request import MemberRequest

REMOVE = "remove:"


@dataclass
class Sending:
    """A form with the files that came with it; the status to answer with, and the reference of what is sent.

    With a status other than 303, `reference` names an earlier request that stands in the way.
    """

    form: KeyedForm
    key: UUID
    status: int = HTTPStatus.OK
    reference: str = ""
    posted: list[HeldFile] = field(default_factory=list)

    def refuse(self, refusal: DomainError, status: int = HTTPStatus.UNPROCESSABLE_ENTITY) -> None:
        where = refusal.field if refusal.field in self.form.fields else None
        self.form.add_error(where, refusal.message)
        self.status = max(self.status, status)

    @property
    def is_sent(self) -> bool:
        return self.status == HTTPStatus.SEE_OTHER


def posted_form(
    request: MemberRequest,
    bind: Callable[[QueryDict], KeyedForm],
    send: Callable[[Sending], str],
    *,
    too_large: str,
) -> Sending:
    """Keeps the good files, then takes one off or sends: `send` gives the reference, or DomainError."""
    data = request.POST.copy()
    form = bind(data)
    form.full_clean()
    key = form.cleaned_data.get("request_key") or uuid4()
    data["request_key"] = str(key)
    sending = Sending(form=form, key=key)
    action = data.get("action") or ""
    if getattr(request, "is_too_large", False):
        form.errors.clear()
        sending.refuse(DomainError(too_large, field="files"), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    elif action.startswith(REMOVE):
        form.errors.clear()
        _remove(request, sending, action)
    else:
        keep_files(request, sending)
        _send(request, sending, send)
    return sending


def sent_answer(sending: Sending) -> HttpResponse:
    """To the request that was just sent."""
    answer = redirect(f"{reverse('requests:detail', args=[sending.reference])}?envoye=1")
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer


def keep_files(request: MemberRequest, sending: Sending) -> None:
    """Holds what is good, and says of each other file what is wrong with it."""
    for name, piece in sending.form.file_fields().items():
        for upload in request.FILES.getlist(name):
            upload.seek(0)
            try:
                held = hold_file(
                    request.viewer, request_key=sending.key, upload=upload, now=timezone.now(), piece=piece
                )
            except DomainError as refusal:
                sending.refuse(DomainError(refusal.message, field=name), _status_of(refusal))
            else:
                sending.posted.append(held)


def _send(request: MemberRequest, sending: Sending, send: Callable[[Sending], str]) -> None:
    sending.form.check_files(files_of_form(request.viewer, sending.key))
    if not sending.form.is_valid():
        sending.status = max(sending.status, HTTPStatus.UNPROCESSABLE_ENTITY)
        return
    try:
        sending.reference = send(sending)
    except Conflict:
        _start_anew(request, sending)
    except AlreadyOpen as refusal:
        sending.reference = refusal.reference
        sending.refuse(refusal, HTTPStatus.CONFLICT)
    except DomainError as refusal:
        sending.refuse(refusal, _status_of(refusal))
    else:
        sending.status = HTTPStatus.SEE_OTHER


def _status_of(refusal: DomainError) -> int:
    full = isinstance(refusal, StorageFull)
    return HTTPStatus.INSUFFICIENT_STORAGE if full else HTTPStatus.UNPROCESSABLE_ENTITY


def _start_anew(request: MemberRequest, sending: Sending) -> None:
    """The key served before: nothing was changed there, and another sending gets a key of its own."""
    earlier, sending.key = reference_sent_with(request.viewer, sending.key), uuid4()
    sending.form.data["request_key"] = str(sending.key)  # type: ignore[index]
    sending.reference = earlier
    message = _(
        "Ce formulaire a déjà été envoyé sous la référence %(reference)s. Rien n’a été changé à cet envoi."
    )
    sending.refuse(DomainError(message % {"reference": earlier}), HTTPStatus.CONFLICT)
    keep_files(request, sending)
    sending.status = HTTPStatus.CONFLICT


def _remove(request: MemberRequest, sending: Sending, action: str) -> None:
    try:
        file_id = UUID(action.removeprefix(REMOVE))
    except ValueError:
        return
    drop_held_file(request.viewer, request_key=sending.key, file_id=file_id)
