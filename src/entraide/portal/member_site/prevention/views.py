"""Prevention: what there is to read and to join, and one's own registrations (PREV-01, PREV-02)."""

from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from entraide.formats.calendar_file import MEDIA_TYPE
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.prevention.actions import leave, register
from entraide.portal.domain.prevention.calendar import meeting_as_calendar
from entraide.portal.domain.prevention.queries import Place, article_of, place_of, shelf_of
from entraide.portal.domain.prevention.words import meeting_kind, theme_words, when_words
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.prevention.forms import ShelfForm
from entraide.profiles import PAGE_ADDRESSES

_PAGES = "member_site/prevention"


@require_safe
def shelf(request: MemberRequest) -> HttpResponse:
    """`/prevention/`: what comes next, articles by theme, replays; in the address `theme` and `q`."""
    form = ShelfForm(request.GET, themes=theme_words())
    wrong = not form.is_valid()
    wanted = {} if wrong else {"theme": form.cleaned_data["theme"], "asked": form.cleaned_data["q"]}
    segment, prevention = request.viewer.segment, settings.PROFILE.prevention
    context = {
        "form": form,
        "shelf": shelf_of(request.viewer, now=timezone.now(), **wanted),
        "prevention": prevention,
        "helps": [one for one in prevention.helps if not one.segments or segment in one.segments],
        "addresses": PAGE_ADDRESSES,
        "theme_words": theme_words(),
        "meeting_kind": meeting_kind,
        "when_words": when_words,
    }
    return render(request, f"{_PAGES}/prevention.html", context, status=422 if wrong else 200)


@require_safe
def article(request: MemberRequest, article_id: str) -> HttpResponse:
    """`/prevention/articles/<article>/`"""
    found = article_of(request.viewer, article_id, on=timezone.localdate())
    if found is None:
        raise Http404
    context = {"article": found, "theme_words": theme_words()}
    return render(request, f"{_PAGES}/article.html", context)


@require_safe
def meeting(request: MemberRequest, publication_id: UUID) -> HttpResponse:
    """`/prevention/rendez-vous/<id>/`: when, where, whether there is a place."""
    return _page(request, _found(request, publication_id))


@require_POST
def act(request: MemberRequest, publication_id: UUID) -> HttpResponse:
    """`/prevention/rendez-vous/<id>/agir/`: `act` is `register` or `leave`."""
    wanted = request.POST.get("act")
    if wanted == "leave" and leave(request.viewer, publication_id):
        messages.success(request, _("Vous n’êtes plus inscrit(e)."))
        if place_of(request.viewer, publication_id, now=timezone.now()) is None:
            return _on_to("prevention")
        return _on_to("prevention-meeting", publication_id=publication_id)
    place = _found(request, publication_id)
    try:
        if wanted == "register":
            register(request.viewer, publication_id, now=timezone.now())
            messages.success(request, _("Vous êtes inscrit(e). Un e-mail vous le rappellera."))
        elif wanted != "leave":
            raise DomainError(_("Choisissez ce que vous voulez faire."))
    except DomainError as refusal:
        return _page(request, place, refusal=refusal.message)
    return _on_to("prevention-meeting", publication_id=publication_id)


@require_safe
def calendar(request: MemberRequest, publication_id: UUID) -> HttpResponse:
    """`/prevention/rendez-vous/<id>.ics`: the moment for one's own calendar, without the subject."""
    found = _found(request, publication_id)
    answer = HttpResponse(meeting_as_calendar(found.meeting), content_type=MEDIA_TYPE)
    name = f"rendez-vous-{timezone.localdate(found.meeting.starts_at):%Y-%m-%d}.ics"
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


def _on_to(name: str, **values: UUID) -> HttpResponse:
    answer = redirect(reverse(name, kwargs=values))
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer


def _found(request: MemberRequest, publication_id: UUID) -> Place:
    found = place_of(request.viewer, publication_id, now=timezone.now())
    if found is None:
        raise Http404
    return found


def _page(request: MemberRequest, place: Place, *, refusal: str = "") -> HttpResponse:
    context = {
        "place": place,
        "theme_words": theme_words(),
        "meeting_kind": meeting_kind,
        "when_words": when_words,
        "refusal": refusal,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, f"{_PAGES}/meeting.html", context, status=status)
