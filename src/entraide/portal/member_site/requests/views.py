"""Following what was sent: the list, one request with its proof, its files as they were sent."""

from typing import TypeVar
from uuid import UUID

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from entraide.portal.domain.consultations.enums import Seen
from entraide.portal.domain.members.enums import HelpScope
from entraide.portal.domain.requests import queries
from entraide.portal.domain.requests.receipt import receipt_pdf
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.helping import open_to_helpers
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.requests.answers import answers_of

PER_PAGE = 10
Answer = TypeVar("Answer", HttpResponse, StreamingHttpResponse)


@open_to_helpers(HelpScope.REQUESTS, seen=Seen.REQUEST)
@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """`/demandes/`: everything the member sent."""
    page = queries.page_of_requests(request.viewer, page=request.GET.get("page"), per_page=PER_PAGE)
    return render(request, "member_site/requests/list.html", {"page": page})


@open_to_helpers(HelpScope.REQUESTS, seen=Seen.REQUEST)
@require_safe
def detail(request: MemberRequest, reference: str) -> HttpResponse:
    """`/demandes/<reference>/`: where it stands, and the proof that it arrived (B-01)."""
    found = _found(request, reference)
    context = {
        "request_sent": found,
        "answers": answers_of(found),
        "just_sent": "envoye" in request.GET,
    }
    return render(request, "member_site/requests/detail.html", context)


@open_to_helpers(HelpScope.REQUESTS, seen=Seen.DOCUMENT)
@require_safe
def receipt(request: MemberRequest, reference: str) -> HttpResponse:
    """`/demandes/<reference>/recu.pdf`: the sealed receipt."""
    found = _found(request, reference)
    document = receipt_pdf(request.viewer, found, language=language())
    answer = HttpResponse(document, content_type="application/pdf")
    return _as_attachment(answer, f"{found.card.reference}.pdf")


@open_to_helpers(HelpScope.REQUESTS, seen=Seen.DOCUMENT)
@require_safe
def download(request: MemberRequest, reference: str, file_id: UUID) -> StreamingHttpResponse:
    """`/demandes/<reference>/fichiers/<id>/`: the member's own file, byte for byte (A46)."""
    found = queries.file_of(request.viewer, reference, file_id)
    if found is None:
        raise Http404
    answer = StreamingHttpResponse(found.chunks, content_type=found.media_type)
    answer.headers["Content-Length"] = str(found.size)
    return _as_attachment(answer, found.name)


def _found(request: MemberRequest, reference: str) -> queries.RequestDetail:
    found = queries.request_of(request.viewer, reference)
    if found is None:
        raise Http404
    return found


def _as_attachment(answer: Answer, name: str) -> Answer:
    """Never opened inside our own pages, whatever it holds."""
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
