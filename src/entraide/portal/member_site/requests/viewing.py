"""Reading a sent file on the screen, page by page, without the file itself reaching the browser (A46)."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from entraide.portal.domain.members.enums import HelpScope
from entraide.portal.domain.requests import viewing
from entraide.portal.domain.requests.queries import NotReadable
from entraide.portal.domain.requests.references import tidy_reference
from entraide.portal.foundation.web.closed_answer import closed
from entraide.portal.member_site.consulting import Reading, Seen, note_readings
from entraide.portal.member_site.helping import open_to_helpers
from entraide.portal.member_site.member_request import MemberRequest


@open_to_helpers(HelpScope.REQUESTS, seen=Seen.DOCUMENT)
@require_safe
def view(request: MemberRequest, reference: str, file_id: UUID) -> HttpResponse:
    """`/demandes/<reference>/fichiers/<id>/voir/`: one page of the file, and the way to the others."""
    try:
        found = viewing.shown_file(request.viewer, reference, file_id)
    except NotReadable:
        # The page of the request says why, and what to do.
        return redirect("requests:detail", reference)
    if found is None:
        raise Http404
    note_readings(request, [Reading(found.sender_id, Seen.DOCUMENT, file_id)])
    page = Paginator(range(1, found.pages + 1), 1).get_page(request.GET.get("page"))
    context = {"file": found, "file_id": file_id, "reference": tidy_reference(reference), "page": page}
    return render(request, "member_site/requests/view.html", context)


@open_to_helpers(HelpScope.REQUESTS, seen=Seen.DOCUMENT)
@require_safe
def page(request: MemberRequest, reference: str, file_id: UUID, number: int) -> HttpResponse:
    """`/demandes/<reference>/fichiers/<id>/voir/<n>.jpg`: a page of the file, drawn anew."""
    try:
        picture = viewing.shown_page(request.viewer, reference, file_id, number=number)
    except NotReadable:
        return redirect("requests:detail", reference)
    if picture is None:
        raise Http404
    note_readings(request, [Reading(picture.sender_id, Seen.DOCUMENT, file_id)])
    return closed(HttpResponse(picture.jpeg, content_type="image/jpeg"))
