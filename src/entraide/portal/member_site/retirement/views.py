"""Pages for who is under a group contract and will retire (RET-01); 404 for everybody else."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.portal.domain.contacts.queries import contact_sheet
from entraide.portal.domain.members.applicants import applicants
from entraide.portal.domain.simulations.retiring import retirement_view
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.consulting import Reading, Seen, note_readings
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.pdf_answer import pdf_answer
from entraide.portal.member_site.retirement.membership import FILE_NAME, membership_paper
from entraide.portal.member_site.why import said
from entraide.profiles import PAGE_ADDRESSES


@require_safe
def retirement(request: MemberRequest) -> HttpResponse:
    """`/retraite/`"""
    found = retirement_view(request.viewer, on=timezone.localdate())
    if found is None:
        raise Http404
    context = {
        "found": found,
        "said": said,
        "addresses": PAGE_ADDRESSES,
        "today": timezone.localdate(),
    }
    return render(request, "member_site/retirement/retirement.html", context)


@require_safe
def membership_form(request: MemberRequest) -> HttpResponse:
    """`/retraite/adhesion.pdf`: what is on file is printed, the rest is left to be written by hand."""
    on = timezone.localdate()
    found = retirement_view(request.viewer, on=on)
    if found is None:
        raise Http404
    people = applicants(request.viewer, on=on)
    note_readings(request, (Reading(one.id, Seen.IDENTITY) for one in people))
    contacts = contact_sheet(request.viewer, request.viewer.person_id, on=on)
    paper = membership_paper(request.viewer, people, contacts, found, on=on, language=language())
    return pdf_answer(request, paper, name=FILE_NAME)
