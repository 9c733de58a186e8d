"""The member's copy of the letter that went to the hospital."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from entraide.portal.domain.hospital_cover.letter import file_name
from entraide.portal.domain.hospital_cover.queries import cover_letter
from entraide.portal.member_site.consulting import Reading, Seen, note_readings
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.pdf_answer import pdf_answer


@require_safe
def letter(request: MemberRequest, reference: str) -> HttpResponse:
    """`/hospitalisation/<reference>.pdf`: of one's own request, once it is accepted."""
    found = cover_letter(request.viewer, reference)
    if found is None:
        raise Http404
    note_readings(request, [Reading(found.person_id, Seen.CARE)])
    return pdf_answer(request, found.document, name=file_name(found.reference))
