"""What a posted deposit form asks for, and what became of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from uuid import UUID, uuid4

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.queries import people_to_send_for
from entraide.portal.domain.requests.actions import Conflict, drop_held_file, hold_file, send_deposit
from entraide.portal.domain.requests.asked import Asked
from entraide.portal.domain.requests.holding import HeldFile, files_of_form, reference_sent_with
from entraide.portal.domain.requests.pieces import Needed
from entraide.portal.domain.requests.storage import StorageFull
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.requests.forms import DepositForm
from entraide.portal.member_site.requests.papers_form import needed_in

# Any other action ("add", "choose") shows the form again with its files.
SEND, REMOVE = "send", "remove:"


@dataclass
class Posted:
    """The form to show again, with its status; or the reference to go to (303)."""

    form: DepositForm
    key: UUID
    status: int = HTTPStatus.OK
    reference: str = ""
    files: list[HeldFile] = field(default_factory=list)

    def refuse(
        self, message: str, *, field: str | None = None, status: int = HTTPStatus.UNPROCESSABLE_ENTITY
    ) -> None:
        self.form.add_error(field if field in self.form.fields else None, message)
        self.status = max(self.status, status)

    def faults(self) -> list[tuple[str, str]]:
        """Every message with the place to correct it, in the order of the page."""
        return list(self._faults())

    def _faults(self) -> Iterator[tuple[str, str]]:
        anchors = {
            "category": "id_category_0",
            "type": self._type_anchor(),
            "beneficiary": "id_beneficiary_0",
        }
        errors = self.form.errors if self.form.is_bound else {}
        for message in errors.get("__all__", []):
            yield str(message), ""
        for name in self.form.fields:
            for message in errors.get(name, []):
                hidden = name == "request_key"
                yield str(message), "" if hidden else anchors.get(name, f"id_{name}")

    def _type_anchor(self) -> str:
        category = self.form["category"].value()
        return f"types-{category}" if category else "id_category_0"


def posted_deposit(request: MemberRequest) -> Posted:
    """Keeps the new files, then does what the pressed button says."""
    now = timezone.now()
    data = request.POST.copy()
    key = _key_of(data)
    form = DepositForm(data, people=people_to_choose(request, now=now), needed=needed_of_deposit(data))
    form.full_clean()
    posted = Posted(form=form, key=key or uuid4())
    action = data.get("action") or SEND
    if action != SEND or is_too_large(request):
        # Adding, removing and choosing do not ask for the rest to be right yet.
        form.errors.clear()
    # In the place of a key that cannot be read; the errors found above stay.
    data["request_key"] = str(posted.key)
    if is_too_large(request):
        posted.refuse(_too_large(), field="files", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    elif action == SEND:
        _keep_files(request, posted, now=now)
        _send(request, posted, now=now)
    elif earlier := reference_sent_with(request.viewer, posted.key):
        _start_anew(request, posted, earlier, now=now)
    else:
        _keep_files(request, posted, now=now)
        _remove(request, posted, action)
    return posted


def people_to_choose(request: MemberRequest, *, now: datetime) -> list[tuple[str, str]]:
    """For whom this member may send, oneself first."""
    people = people_to_send_for(request.viewer, on=timezone.localdate(now))
    return [(str(one.pk), one.full_name) for one in people]


def needed_of_deposit(told: Mapping[str, str]) -> Needed | None:
    """The papers to ask for by name: when a care of this very category is told, and how it was paid."""
    needed = needed_in(told)
    return needed if needed and needed.category.id == told.get("category") else None


def is_too_large(request: MemberRequest) -> bool:
    return getattr(request, "is_too_large", False)


def _key_of(data: QueryDict) -> UUID | None:
    try:
        return UUID(data.get("request_key", ""))
    except ValueError:
        return None


def _keep_files(request: MemberRequest, posted: Posted, *, now: datetime) -> None:
    """Holds what is good, and says of each other file what is wrong with it."""
    for name, piece in posted.form.file_fields().items():
        for upload in request.FILES.getlist(name):
            upload.seek(0)
            try:
                held = hold_file(request.viewer, request_key=posted.key, upload=upload, now=now, piece=piece)
            except StorageFull as refusal:
                posted.refuse(refusal.message, field=name, status=HTTPStatus.INSUFFICIENT_STORAGE)
                return
            except DomainError as refusal:
                posted.refuse(refusal.message, field=name)
            else:
                posted.files.append(held)


def _send(request: MemberRequest, posted: Posted, *, now: datetime) -> None:
    form = posted.form
    held = files_of_form(request.viewer, posted.key)
    form.check_files(held)
    if not form.is_valid():
        if form.needed is None and "files" not in form.errors and not held:
            form.add_error("files", _("Ajoutez au moins un fichier."))
        posted.status = max(posted.status, HTTPStatus.UNPROCESSABLE_ENTITY)
        return
    values = form.cleaned_data
    try:
        sent = send_deposit(
            request.viewer,
            category=values["category"],
            type=values["type"],
            concerns=UUID(values["beneficiary"]),
            description=values["description"],
            request_key=posted.key,
            language=language(),
            now=now,
            posted=posted.files,
            asked=Asked(answers=form.answers(held)),
        )
    except Conflict:
        _start_anew(request, posted, reference_sent_with(request.viewer, posted.key), now=now)
    except DomainError as refusal:
        posted.refuse(refusal.message, field=refusal.field)
    else:
        posted.reference, posted.status = sent.reference, HTTPStatus.SEE_OTHER


def _start_anew(request: MemberRequest, posted: Posted, earlier: str, *, now: datetime) -> None:
    """The form was sent before: what is new is kept for another sending, under a key of its own."""
    posted.key, posted.reference, posted.files = uuid4(), earlier, []
    posted.form.data["request_key"] = str(posted.key)  # type: ignore[index]
    message = _(
        "Ce formulaire a déjà été envoyé sous la référence %(reference)s. Rien n’a été changé à cet envoi."
    )
    posted.refuse(message % {"reference": earlier}, status=HTTPStatus.CONFLICT)
    _keep_files(request, posted, now=now)
    posted.status = HTTPStatus.CONFLICT


def _remove(request: MemberRequest, posted: Posted, action: str) -> None:
    try:
        file_id = UUID(action.removeprefix(REMOVE))
    except ValueError:
        return
    drop_held_file(request.viewer, request_key=posted.key, file_id=file_id)


def _too_large() -> str:
    limits = settings.PROFILE.deposit
    return _(
        "Votre envoi est trop lourd : %(count)s fichiers de %(size)s Mo au plus. Faites plusieurs envois."
    ) % {
        "count": limits.max_files,
        "size": limits.max_file_mb,
    }
