"""Following what was sent: the list, one request with its proof, its files as they were sent."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.portal.domain.bank.queries import changes_under_way
from entraide.portal.domain.figures.queries import delay_of
from entraide.portal.domain.hospital_cover.asking import KIND as STAY
from entraide.portal.domain.hospital_cover.queries import cover_answer
from entraide.portal.domain.members.enums import HelpScope
from entraide.portal.domain.requests import queries
from entraide.portal.domain.requests.answers import day_answered, in_words
from entraide.portal.domain.requests.complaints import mediator_after
from entraide.portal.domain.requests.enums import RequestKind
from entraide.portal.domain.requests.messages import note_read_by_sender
from entraide.portal.domain.requests.receipt import receipt_pdf
from entraide.portal.domain.social_fund.queries import aid_progress
from entraide.portal.foundation.web.closed_answer import attached
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.consulting import Reading, Seen, note_readings
from entraide.portal.member_site.helping import open_to_helpers
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.requests.forms import OpinionForm
from entraide.portal.member_site.requests.replying import may_reopen

PER_PAGE = 10


@open_to_helpers(HelpScope.REQUESTS, seen=Seen.REQUEST)
@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """`/demandes/`: everything the member sent, and what others sent about them."""
    page = queries.page_of_requests(request.viewer, page=request.GET.get("page"), per_page=PER_PAGE)
    note_readings(request, (Reading(one.sender_id, Seen.REQUEST) for one in page))
    first = page.number == 1
    context = {"page": page, "account_changes": changes_under_way(request.viewer) if first else ()}
    return render(request, "member_site/requests/list.html", context)


@open_to_helpers(HelpScope.REQUESTS, seen=Seen.REQUEST)
@require_safe
def detail(request: MemberRequest, reference: str) -> HttpResponse:
    """`/demandes/<reference>/`: where it stands, and the proof that it arrived (B-01)."""
    found = _found(request, reference)
    note_readings(request, [Reading(found.card.sender_id, Seen.REQUEST, found.id)])
    if found.has_unread:
        note_read_by_sender(request.viewer, found.id, now=timezone.now())
    context = {
        "request_sent": found,
        "answers": in_words(found.answers),
        "ends_on": day_answered(found.answers, "ends_on"),
        "opinion": OpinionForm() if found.may_rate else None,
        "just_sent": found.card.is_own and "envoye" in request.GET,
        "may_reopen": may_reopen(found),
        "aid": aid_progress(request.viewer, reference) if found.kind == RequestKind.SOCIAL_FUND else None,
        "mediator": mediator_after(
            kind=found.kind, state=found.card.state, due_on=found.card.due_on, on=timezone.localdate()
        )
        if found.card.is_own
        else None,
        "cover": cover_answer(request.viewer, reference) if found.card.kind == STAY else None,
        "delay": delay_of(found.kind, *found.card.kind, on=timezone.localdate())
        if found.card.is_open
        else None,
    }
    return render(request, "member_site/requests/detail.html", context)


@open_to_helpers(HelpScope.REQUESTS, seen=Seen.DOCUMENT)
@require_safe
def receipt(request: MemberRequest, reference: str) -> HttpResponse:
    """`/demandes/<reference>/recu.pdf`: the sealed receipt, for who sent."""
    found = _found(request, reference)
    if not found.card.is_own:
        raise Http404
    document = receipt_pdf(request.viewer, found, language=language())
    answer = HttpResponse(document, content_type="application/pdf")
    return attached(answer, f"{found.card.reference}.pdf")


@open_to_helpers(HelpScope.REQUESTS, seen=Seen.DOCUMENT)
@require_safe
def download(
    request: MemberRequest, reference: str, file_id: UUID
) -> StreamingHttpResponse | HttpResponseRedirect:
    """`/demandes/<reference>/fichiers/<id>/`: a file as it was sent, byte for byte (A46)."""
    try:
        found = queries.file_of(request.viewer, reference, file_id)
    except queries.NotReadable:
        # The page of the request says why, and what to do.
        return redirect("requests:detail", reference)
    if found is None:
        raise Http404
    note_readings(request, [Reading(found.sender_id, Seen.DOCUMENT, file_id)])
    answer = StreamingHttpResponse(found.chunks, content_type=found.media_type)
    answer.headers["Content-Length"] = str(found.size)
    return attached(answer, found.name)


def _found(request: MemberRequest, reference: str) -> queries.RequestDetail:
    found = queries.request_of(request.viewer, reference)
    if found is None:
        raise Http404
    return found
