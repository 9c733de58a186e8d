"""Pages of documents to read (DOC-01…03)."""

from itertools import chain
from uuid import UUID

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from entraide.portal.domain.library import queries
from entraide.portal.domain.library.enums import Shelf
from entraide.portal.foundation.web.wording import text
from entraide.portal.member_site.member_request import MemberRequest


@require_safe
def documents(request: MemberRequest, shelf: Shelf) -> HttpResponse:
    context = {"shelf": shelf.value, "papers": queries.documents_of(request.viewer, shelf=shelf)}
    return render(request, "member_site/papers/documents.html", context)


@require_safe
def document_pdf(request: MemberRequest, document_id: UUID) -> HttpResponseBase:
    found = queries.document_of(request.viewer, document_id)
    if found is None:
        raise Http404
    # The first piece is read before the answer begins: a damaged file is an honest error page.
    first = next(found.chunks)
    response = StreamingHttpResponse(chain([first], found.chunks), content_type="application/pdf")
    name = slugify(text(found.paper.title))[:80] or "document"
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response.headers["Content-Length"] = str(found.paper.size)
    response.headers["Cache-Control"] = "no-store"
    return response
