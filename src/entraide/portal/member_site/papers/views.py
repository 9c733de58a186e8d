"""Pages of documents: the two shelves, what was received, what was sent, and the PDFs (DOC-01…03)."""

from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.portal.domain.correspondence.enums import ReceivedKind
from entraide.portal.domain.correspondence.received import received_by, recipient_of, what_was_received
from entraide.portal.domain.correspondence.sent import sent_by, what_was_sent
from entraide.portal.domain.library import queries
from entraide.portal.domain.library.enums import Shelf
from entraide.portal.domain.publications.queries import paper_of, papers_of
from entraide.portal.member_site.consulting import Reading, Seen, note_readings
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.papers.forms import FEW, FilterForm
from entraide.portal.member_site.papers.labels import file_name, received_kind, sent_kind
from entraide.portal.member_site.papers.rows import PaperRow, received_row, sent_row
from entraide.portal.member_site.papers.shelves import shelf_page
from entraide.portal.member_site.pdf_answer import stored_pdf_answer

_FOLDER = "member_site/papers"
_RECEIVED, _SENT = f"{_FOLDER}/received.html", f"{_FOLDER}/sent.html"


@require_safe
def documents(request: MemberRequest, shelf: Shelf) -> HttpResponse:
    """`/documents/` and `/documents/information/`"""
    papers = queries.documents_of(request.viewer, shelf=shelf)
    if shelf is Shelf.INFORMATION:
        published = papers_of(request.viewer, on=timezone.localdate())
        papers = sorted([*papers, *published], key=lambda one: one.published_on, reverse=True)
    form, rows = shelf_page(papers, request.GET)
    context = {
        "shelf": shelf.value,
        "rows": rows,
        "form": form,
        "is_filtered": form.is_active or len(papers) > FEW,
    }
    return render(request, f"{_FOLDER}/documents.html", context, status=200 if form.is_valid() else 422)


@require_safe
def document_pdf(request: MemberRequest, document_id: UUID) -> HttpResponseBase:
    """`/documents/<id>.pdf`"""
    viewer = request.viewer
    found = queries.document_of(viewer, document_id)
    found = found or paper_of(viewer, document_id, on=timezone.localdate())
    if found is None:
        raise Http404
    name = file_name(found.paper)
    return stored_pdf_answer(request, found.chunks, name=name, size=found.paper.size)


@require_safe
def received(request: MemberRequest) -> HttpResponse:
    """`/documents/recus/`: everything that came from the mutual."""
    recipient = recipient_of(request.viewer, now=timezone.now())
    there_is = what_was_received(recipient)
    kinds = [(kind, received_kind(kind)) for kind in there_is.kinds]
    form = FilterForm(request.GET, kinds=kinds, years=there_is.years)
    if not form.is_valid():
        return _refused(request, _RECEIVED, form)
    kind = ReceivedKind(form.kind_chosen) if form.kind_chosen else None
    page = received_by(recipient, kind=kind, year=form.year_chosen, page=request.GET.get("page", "1"))
    note_readings(request, (Reading(one.by, Seen.REQUEST) for one in page if one.by))
    return _list(request, _RECEIVED, form, page, [received_row(one, request.viewer) for one in page])


@require_safe
def sent(request: MemberRequest) -> HttpResponse:
    """`/documents/envoyes/`: every file that the member sent, or that was sent about them."""
    recipient = recipient_of(request.viewer, now=timezone.now())
    there_is = what_was_sent(recipient)
    kinds = [(kind, sent_kind(kind)) for kind in there_is.kinds]
    form = FilterForm(request.GET, kinds=kinds, years=there_is.years)
    if not form.is_valid():
        return _refused(request, _SENT, form)
    page = sent_by(recipient, kind=form.kind_chosen, year=form.year_chosen, page=request.GET.get("page", "1"))
    note_readings(request, (Reading(one.sender_id, Seen.REQUEST) for one in page))
    return _list(request, _SENT, form, page, [sent_row(one, request.viewer) for one in page])


def _list(
    request: MemberRequest, template: str, form: FilterForm, page: Page[Any], rows: list[PaperRow]
) -> HttpResponse:
    is_filtered = form.is_active or page.paginator.count > FEW
    context = {"form": form, "page": page, "rows": rows, "is_filtered": is_filtered}
    return render(request, template, context)


def _refused(request: MemberRequest, template: str, form: FilterForm) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "page": None, "rows": [], "is_filtered": True}
    return render(request, template, context, status=422)
