"""What became of a posted change of account: the form to show again with its status, or a stored change."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.bank.asking import AlreadyAsked, ask_change
from entraide.portal.domain.bank.papers import held_paper, hold_paper
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.requests.actions import Conflict
from entraide.portal.domain.requests.holding import HeldFile
from entraide.portal.domain.requests.storage import StorageFull
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.bank.forms import AccountForm
from entraide.portal.member_site.member_request import MemberRequest


@dataclass
class Posted:
    """`status` 303: it is stored, go and look. Any other: show `form` again, with the RIB that is kept."""

    form: AccountForm
    key: UUID
    status: int = HTTPStatus.OK

    def refuse(self, error: DomainError, *, status: int = HTTPStatus.UNPROCESSABLE_ENTITY) -> None:
        field = error.field if error.field in self.form.fields else None
        self.form.add_error(field, error.message)
        self.status = max(self.status, status)


def posted_change(request: MemberRequest, *, person_id: UUID | None) -> Posted:
    """Keeps the RIB, then asks for the change; nothing is stored unless everything is right."""
    now = timezone.now()
    data = request.POST.copy()
    key = _key_of(data.get("request_key", ""))
    form = AccountForm(data)
    form.full_clean()
    posted = Posted(form=form, key=key or uuid4())
    # In the place of a key that cannot be read; the error found above stays.
    data["request_key"] = str(posted.key)
    if getattr(request, "is_too_large", False):
        too_large = _("Votre RIB est trop lourd : un fichier de %(size)s Mo au plus.")
        size = {"size": settings.PROFILE.deposit.max_file_mb}
        posted.refuse(DomainError(too_large % size, field="rib"), status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return posted
    _keep_paper(request, posted, now=now)
    if not form.is_valid():
        _miss_paper(request, posted)
        posted.status = max(posted.status, HTTPStatus.UNPROCESSABLE_ENTITY)
        return posted
    _ask(request, posted, person_id=person_id, now=now)
    return posted


def kept_paper(request: MemberRequest, posted: Posted) -> HeldFile | None:
    return held_paper(request.viewer, posted.key)


def _keep_paper(request: MemberRequest, posted: Posted, *, now: datetime) -> None:
    upload = request.FILES.get("rib")
    if upload is None:
        return
    upload.seek(0)
    try:
        hold_paper(request.viewer, request_key=posted.key, upload=upload, now=now)
    except StorageFull as error:
        posted.refuse(error, status=HTTPStatus.INSUFFICIENT_STORAGE)
    except DomainError as error:
        posted.refuse(error)


def _miss_paper(request: MemberRequest, posted: Posted) -> None:
    """Every fault at once: a missing RIB is told beside the others."""
    if "rib" not in posted.form.errors and kept_paper(request, posted) is None:
        posted.form.add_error("rib", _("Ajoutez votre RIB, en PDF ou en photo."))


def _ask(request: MemberRequest, posted: Posted, *, person_id: UUID | None, now: datetime) -> None:
    values = posted.form.cleaned_data
    try:
        ask_change(
            request.viewer,
            person_id=person_id,
            iban=values["iban"],
            bic=values["bic"],
            holder=values["holder"],
            request_key=posted.key,
            language=language(),
            now=now,
        )
    except Conflict as refusal:
        _start_anew(request, posted, now=now)
        posted.refuse(refusal, status=HTTPStatus.CONFLICT)
    except AlreadyAsked as refusal:
        posted.refuse(refusal, status=HTTPStatus.CONFLICT)
    except DomainError as refusal:
        posted.refuse(refusal)
    else:
        posted.status = HTTPStatus.SEE_OTHER


def _start_anew(request: MemberRequest, posted: Posted, *, now: datetime) -> None:
    """The form was sent before: what is new is kept for another sending, under a key of its own."""
    posted.key = uuid4()
    posted.form.data["request_key"] = str(posted.key)  # type: ignore[index]
    _keep_paper(request, posted, now=now)


def _key_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
