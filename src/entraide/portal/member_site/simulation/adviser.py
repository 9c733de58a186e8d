"""Asking an adviser: the estimate, the quote and a message become a request that can be followed."""

from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.requests.actions import MAX_DESCRIPTION, Conflict, drop_held_file, hold_file
from entraide.portal.domain.requests.catalogue import category_named
from entraide.portal.domain.requests.holding import HeldFile, files_of_form, reference_sent_with
from entraide.portal.domain.requests.storage import StorageFull
from entraide.portal.domain.simulations.advice import CATEGORY, Paper, advice_type, ask_adviser
from entraide.portal.foundation.forms import KeyedForm, ManyFilesField
from entraide.portal.foundation.web.typed import gives_back
from entraide.portal.foundation.web.wording import language, text
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.simulation.asked import QUOTE, Asked, asked_by, form_around, quote_file_of
from entraide.portal.member_site.simulation.estimate import estimate_of
from entraide.portal.member_site.simulation.page import FOLDER, address_of
from entraide.portal.member_site.simulation.reserves import left_words

_REMOVE = "remove:"


class AdviserForm(KeyedForm):
    """`type` and `person` are asked where no simulation tells them: a quote alone is sent."""

    type = forms.ChoiceField(label=gettext_lazy("De quel devis s’agit-il ?"), widget=forms.RadioSelect)
    person = forms.ChoiceField(label=gettext_lazy("Qui est concerné ?"), widget=forms.RadioSelect)
    message = forms.CharField(
        label=gettext_lazy("Votre message"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=MAX_DESCRIPTION,
        error_messages={"max_length": gettext_lazy("Ce texte est trop long : 2 000 signes au plus.")},
    )
    # Hides an attribute of Django's forms that nothing reads here: the view holds the files by itself.
    files = ManyFilesField(label=gettext_lazy("Le devis, si vous l’avez"), required=False)  # type: ignore[assignment]

    def __init__(self, *args: object, asked: Asked, people: list[tuple[str, str]], **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        if asked.found:
            del self.fields["type"], self.fields["person"]
            return
        category = category_named(CATEGORY)
        types = [(each.id, text(each.label)) for each in category.types] if category else []
        for name, choices in {"type": types, "person": people}.items():
            choice = self.fields[name]
            assert isinstance(choice, forms.ChoiceField)
            choice.choices = choices
            choice.error_messages["required"] = _("Choisissez une réponse dans la liste.")
        self.fields["person"].initial = people[0][0]
        self.fields["files"].label = _("Le devis")


@dataclass
class _Sending:
    """A form with the files that came with it; the status to answer with, or the reference to go to."""

    form: AdviserForm
    key: UUID
    status: int = HTTPStatus.OK
    reference: str = ""
    posted: list[HeldFile] = field(default_factory=list)

    def refuse(self, refusal: DomainError, status: int = HTTPStatus.UNPROCESSABLE_ENTITY) -> None:
        where = refusal.field if refusal.field in self.form.fields else None
        self.form.add_error(where, refusal.message)
        self.status = max(self.status, status)


@gives_back(message=gettext_lazy("Votre message"))
@require_http_methods(["GET", "HEAD", "POST"])
def adviser(request: MemberRequest, kind: str) -> HttpResponse:
    """`/simulation/<case>/conseiller/` and `/simulation/devis/conseiller/`."""
    asked = asked_by(request.viewer, kind, request.GET)
    if advice_type(asked.care_kind) is None:
        raise Http404
    # Without a result only a quote that was not read goes to an adviser.
    if asked.found is None and (kind != QUOTE or asked.form.is_bound):
        return redirect(f"{address_of(kind)}?{request.GET.urlencode()}")
    sending = _posted(request, asked) if request.method == "POST" else _fresh(request, asked)
    if sending.status == HTTPStatus.SEE_OTHER:
        answer = redirect(f"{reverse('requests:detail', args=[sending.reference])}?envoye=1")
        answer.status_code = HTTPStatus.SEE_OTHER
        return answer
    return _page(request, asked, sending)


def _fresh(request: MemberRequest, asked: Asked) -> _Sending:
    """A new form; the file that was kept for it comes with its key, unless it was sent already."""
    kept = quote_file_of(request.GET)
    key = kept if kept and not reference_sent_with(request.viewer, kept) else uuid4()
    form = AdviserForm(asked=asked, people=_people(request), initial={"request_key": key})
    return _Sending(form=form, key=key)


def _posted(request: MemberRequest, asked: Asked) -> _Sending:
    """Keeps the good files, then sends, or takes one off."""
    data = request.POST.copy()
    form = AdviserForm(data, asked=asked, people=_people(request))
    form.full_clean()
    key = form.cleaned_data.get("request_key") or uuid4()
    data["request_key"] = str(key)
    sending = _Sending(form=form, key=key)
    action = data.get("action") or ""
    if getattr(request, "is_too_large", False):
        form.errors.clear()
        message = _("Votre envoi est trop lourd : envoyez le devis seul, en PDF.")
        sending.refuse(DomainError(message, field="files"), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    elif action.startswith(_REMOVE):
        form.errors.clear()
        _remove(request, sending, action)
    else:
        _keep_files(request, sending)
        _send(request, asked, sending)
    return sending


def _keep_files(request: MemberRequest, sending: _Sending) -> None:
    for upload in request.FILES.getlist("files"):
        upload.seek(0)
        try:
            held = hold_file(request.viewer, request_key=sending.key, upload=upload, now=timezone.now())
        except DomainError as refusal:
            full = isinstance(refusal, StorageFull)
            status = HTTPStatus.INSUFFICIENT_STORAGE if full else HTTPStatus.UNPROCESSABLE_ENTITY
            sending.refuse(refusal, status)
        else:
            sending.posted.append(held)


def _send(request: MemberRequest, asked: Asked, sending: _Sending) -> None:
    form = sending.form
    if not form.is_valid():
        sending.status = max(sending.status, HTTPStatus.UNPROCESSABLE_ENTITY)
        return
    values, now = form.cleaned_data, timezone.now()
    person = str(asked.form.person.id) if asked.found and asked.form.person else values["person"]
    try:
        sent = ask_adviser(
            request.viewer,
            type=advice_type(asked.care_kind) or "" if asked.found else values["type"],
            concerns=UUID(person),
            message=values["message"],
            paper=_paper(asked),
            request_key=sending.key,
            language=language(),
            now=now,
            posted=sending.posted,
        )
    except Conflict:
        _start_anew(request, sending)
    except DomainError as refusal:
        full = isinstance(refusal, StorageFull)
        sending.refuse(refusal, HTTPStatus.INSUFFICIENT_STORAGE if full else HTTPStatus.UNPROCESSABLE_ENTITY)
    else:
        sending.reference, sending.status = sent.reference, HTTPStatus.SEE_OTHER


def _paper(asked: Asked) -> Paper | None:
    if asked.found is None:
        return None
    document = estimate_of(asked, on=timezone.localdate(), language=language())
    return Paper(name=f"estimation-{asked.kind}.pdf", content=document)


def _start_anew(request: MemberRequest, sending: _Sending) -> None:
    """The key served before: nothing was changed there, and another sending gets a key of its own."""
    earlier, sending.key = reference_sent_with(request.viewer, sending.key), uuid4()
    sending.form.data["request_key"] = str(sending.key)  # type: ignore[index]
    sending.reference = earlier
    message = _(
        "Ce formulaire a déjà été envoyé sous la référence %(reference)s. Rien n’a été changé à cet envoi."
    )
    sending.refuse(DomainError(message % {"reference": earlier}), HTTPStatus.CONFLICT)
    _keep_files(request, sending)
    sending.status = HTTPStatus.CONFLICT


def _remove(request: MemberRequest, sending: _Sending, action: str) -> None:
    try:
        file_id = UUID(action.removeprefix(_REMOVE))
    except ValueError:
        return
    drop_held_file(request.viewer, request_key=sending.key, file_id=file_id)


def _people(request: MemberRequest) -> list[tuple[str, str]]:
    return [(str(one.id), one.full_name) for one in form_around(request.viewer)["people"]]


def _page(request: MemberRequest, asked: Asked, sending: _Sending) -> HttpResponse:
    held = [
        {"id": one.id, "name": one.name, "size": one.size, "state": "ready"}
        for one in files_of_form(request.viewer, sending.key)
    ]
    context = {
        "form": sending.form,
        "asked": asked,
        "told": asked.form.told() if asked.found else (),
        "left_words": left_words(asked.found) if asked.found else "",
        "held": held,
        "limits": settings.PROFILE.deposit,
        "sent_reference": sending.reference,
        "back": f"{address_of(asked.kind)}?{request.GET.urlencode()}",
    }
    return render(request, f"{FOLDER}/adviser.html", context, status=sending.status)
