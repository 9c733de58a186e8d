"""What agents publish: written, shown as a member of a segment would see it, published, withdrawn (B-14)."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.opened import done_at
from entraide.portal.agent_site.publications.forms import DocumentForm, NewsForm, PublicationForm
from entraide.portal.agent_site.publications.prevention_forms import ArticleForm, EventForm, WebinarForm
from entraide.portal.agent_site.publications.words import (
    event_words,
    kind_words,
    standing_words,
    writing_words,
)
from entraide.portal.agent_site.roles import roles
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.library.words import document_kind
from entraide.portal.domain.prevention.queries import registered
from entraide.portal.domain.prevention.words import theme_words, when_words
from entraide.portal.domain.publications import looking
from entraide.portal.domain.publications.enums import PublicationKind
from entraide.portal.domain.publications.publishing import publish_edition, withdraw
from entraide.portal.domain.publications.writing import AlreadyWritten, change, write
from entraide.portal.foundation.web.closed_answer import closed
from entraide.portal.foundation.web.parameters import one_value_each
from entraide.portal.foundation.web.typed import gives_back
from entraide.portal.foundation.web.wording import text

_PAGES = "agent_site/publications"
_WRITERS = (Role.HANDLER, Role.SUPERVISOR)
_FORMS: dict[PublicationKind, type[PublicationForm]] = {
    PublicationKind.NEWS: NewsForm,
    PublicationKind.DOCUMENT: DocumentForm,
    PublicationKind.ARTICLE: ArticleForm,
    PublicationKind.WEBINAR: WebinarForm,
    PublicationKind.EVENT: EventForm,
}
_REPEATED = frozenset({"segments"})
_TYPED = {
    "title_fr": gettext_lazy("Titre"),
    "body_fr": gettext_lazy("Texte"),
    "title_en": gettext_lazy("Titre en anglais"),
    "body_en": gettext_lazy("Texte en anglais"),
}


@require_safe
@roles(*_WRITERS)
def publications(request: AgentRequest) -> HttpResponse:
    """`/gestion/publications/`: the latest first."""
    context = {
        "lines": looking.publications(request.agent, now=timezone.now()),
        "audience": looking.audience,
        "kind_words": kind_words,
        "standing_words": standing_words,
    }
    return render(request, f"{_PAGES}/publications.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*_WRITERS)
@one_value_each(but=_REPEATED)
@gives_back(**_TYPED)
def new(request: AgentRequest, kind: PublicationKind) -> HttpResponse:
    """`/gestion/publications/actualite/` and, beside it, document, article, webinaire, evenement."""

    def store(form: PublicationForm) -> UUID:
        key, now = form.cleaned_data["request_key"], timezone.now()
        return write(request.agent, kind, form.draft(), upload=form.upload(), request_key=key, now=now)

    return _written(request, kind, store, {}, found=None)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*_WRITERS)
@one_value_each(but=_REPEATED)
@gives_back(**_TYPED)
def edit(request: AgentRequest, publication_id: UUID) -> HttpResponse:
    """`/gestion/publications/<id>/modifier/`: another edition, which members do not see yet."""
    found = _found(request, publication_id)

    def store(form: PublicationForm) -> UUID:
        key, now = form.cleaned_data["request_key"], timezone.now()
        change(request.agent, found.id, form.draft(), upload=form.upload(), request_key=key, now=now)
        return found.id

    return _written(request, found.kind, store, looking.as_written(found.edition), found=found)


@require_safe
@roles(*_WRITERS)
def publication(request: AgentRequest, publication_id: UUID) -> HttpResponse:
    """`/gestion/publications/<id>/`: as a member of `segment` would see it, and what happened so far."""
    return _page(request, _found(request, publication_id))


@require_POST
@roles(Role.SUPERVISOR)
def act(request: AgentRequest, publication_id: UUID) -> HttpResponse:
    """`/gestion/publications/<id>/agir/`: `act` says what, `number` which edition was read."""
    found, wanted, number = (
        _found(request, publication_id),
        request.POST.get("act"),
        request.POST.get("number", ""),
    )
    try:
        if wanted == "publish":
            read = int(number) if number.isdecimal() and len(number) < 6 else 0
            publish_edition(request.agent, found.id, number=read, now=timezone.now())
            messages.success(request, _("C’est en ligne."))
        elif wanted == "withdraw":
            withdraw(request.agent, found.id, now=timezone.now())
            messages.success(request, _("Les adhérents ne la voient plus."))
        else:
            raise DomainError(_("Choisissez ce que vous voulez faire."))
    except DomainError as refusal:
        return _page(request, _found(request, publication_id), refusal=refusal.message)
    return done_at("agents:publication", publication_id=found.id)


@require_safe
@roles(*_WRITERS)
def paper(request: AgentRequest, publication_id: UUID) -> HttpResponseBase:
    """`/gestion/publications/<id>/document.pdf`: the latest edition's, never opened inside our pages."""
    found = looking.paper_to_read(request.agent, publication_id)
    if found is None:
        raise Http404
    answer = HttpResponse(b"".join(found.chunks), content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="document.pdf"'
    return closed(answer)


def _written(
    request: AgentRequest,
    kind: PublicationKind,
    store: Callable[[PublicationForm], UUID],
    initial: Mapping[str, Any],
    *,
    found: looking.Whole | None,
) -> HttpResponse:
    """The form, or what becomes of a posted one: stored, and on to its page; or what is wrong with it."""
    is_posted = request.method == "POST"
    data, status = request.POST.copy() if is_posted else None, HTTPStatus.OK
    form = _FORMS[kind](data, request.FILES or None, initial=dict(initial), is_new=found is None)
    if getattr(request, "is_too_large", False):
        form.errors.clear()
        form.add_error(None, _("L’envoi est trop lourd : choisissez un PDF plus léger."))
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    elif form.is_valid():
        try:
            return done_at("agents:publication", publication_id=store(form))
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            if isinstance(refusal, AlreadyWritten) and data is not None:
                data["request_key"], status = str(uuid4()), HTTPStatus.CONFLICT
    elif is_posted:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {
        "form": form,
        "kind": kind.value,
        "found": found,
        "heading": writing_words(kind, is_new=found is None),
        "two": settings.PROFILE.desk.publish_by_two,
    }
    return render(request, f"{_PAGES}/edition.html", context, status=status)


def _page(request: AgentRequest, found: looking.Whole, *, refusal: str = "") -> HttpResponse:
    segments = [(one.id, text(one.label)) for one in settings.PROFILE.segments]
    asked = request.GET.get("segment", "")
    segment = next((one for one, _label in segments if one == asked), segments[0][0])
    context = {
        "found": found,
        "seen": looking.as_seen(found, segment, today=timezone.localdate()),
        "segment": segment,
        "segments": segments,
        "audience": looking.audience(found.edition),
        "document_kind": document_kind,
        "kind_words": kind_words,
        "standing_words": standing_words,
        "event_words": event_words,
        "theme_words": theme_words(),
        "when_words": when_words,
        "registered": registered(request.agent, found.id),
        "refusal": refusal,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, f"{_PAGES}/publication.html", context, status=status)


def _found(request: AgentRequest, publication_id: UUID) -> looking.Whole:
    found = looking.publication(request.agent, publication_id, now=timezone.now())
    if found is None:
        raise Http404
    return found
