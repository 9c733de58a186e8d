"""Pages of rights (B-11, B-12, A69, A79)."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entraide.portal.domain.consultations.queries import journal_of
from entraide.portal.domain.contacts.queries import mail_choices
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.exports.actions import ask_export, take_export
from entraide.portal.domain.exports.queries import latest_export
from entraide.portal.domain.requests.time_limits import care_to_claim
from entraide.portal.foundation.forms.keys import KeyedForm
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.rights.labels import icon_of, sentence_of
from entraide.portal.member_site.step_up import is_fresh, needs_fresh_factor

_FOLDER = "member_site/rights"


@require_safe
def rights(request: MemberRequest) -> HttpResponse:
    """`/droits/`"""
    choices = mail_choices(request.viewer)
    context = {
        "known": care_to_claim(request.viewer, on=timezone.localdate()),
        "months": settings.PROFILE.pieces.claim_months,
        "delivery": choices.delivery,
        "may_choose_delivery": choices.may_choose_delivery,
    }
    return render(request, f"{_FOLDER}/rights.html", context)


@require_safe
def journal(request: MemberRequest) -> HttpResponse:
    """`/droits/journal/`: who consulted my file (A69)."""
    person = _person(request.GET.get("person", ""))
    page = request.GET.get("page", "1")
    found = journal_of(request.viewer, person=person, page=page, on=timezone.localdate())
    if found is None:
        raise Http404
    context = {
        "people": found.people,
        "whose": found.whose,
        "is_own": found.whose.id == request.viewer.person_id,
        "page": found.page,
        "query": f"{urlencode({'person': str(person)})}&" if person else "",
        "sentence_of": sentence_of,
        "icon_of": icon_of,
    }
    return render(request, f"{_FOLDER}/journal.html", context)


def _person(asked: str) -> UUID | None:
    try:
        return UUID(asked) if asked else None
    except ValueError:
        raise Http404 from None


@require_http_methods(["GET", "POST"])
def my_data(request: MemberRequest) -> HttpResponse:
    """`/droits/mes-donnees/`: a copy of all my data (A79)."""
    return _ask(request) if request.method == "POST" else _page(request, KeyedForm())


@needs_fresh_factor(back_to="my-data")
def _ask(request: MemberRequest) -> HttpResponse:
    form = KeyedForm(request.POST)
    if not form.is_valid():
        return _page(request, KeyedForm(), refused=str(form.errors["request_key"][0]))
    key = form.cleaned_data["request_key"]
    try:
        ask_export(request.viewer, request_key=key, language=language(), now=timezone.now())
    except DomainError as error:
        return _page(request, KeyedForm(), refused=error.message)
    return redirect("my-data")


def _page(request: MemberRequest, form: KeyedForm, *, refused: str = "") -> HttpResponse:
    context = {
        "form": form,
        "refused": refused,
        "export": latest_export(request.viewer, now=timezone.now()),
        "may_ask": is_fresh(request),
    }
    return render(request, f"{_FOLDER}/my_data.html", context, status=422 if refused else 200)


@require_POST
@needs_fresh_factor(back_to="my-data")
def download(request: MemberRequest, export_id: UUID) -> HttpResponse | StreamingHttpResponse:
    """The copy itself, once. Pressed, not followed: opening an address changes nothing."""
    now = timezone.now()
    try:
        taken = take_export(request.viewer, export_id, now=now)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("my-data")
    if taken is None:
        raise Http404
    response = StreamingHttpResponse(taken.chunks, content_type="application/zip")
    name = f"mes-donnees-{timezone.localdate(now):%Y-%m-%d}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Length"] = str(taken.size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
