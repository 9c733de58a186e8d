"""Pages of reimbursements (REMB-01, REMB-02, B-02)."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.portal.domain.adjudication.explanation import explanation_of as story_of_feed_line
from entraide.portal.domain.claims import queries
from entraide.portal.domain.claims.explanation import explanation_of
from entraide.portal.domain.claims.sight import family_of
from entraide.portal.domain.claims.statements import statement_of, statements_of
from entraide.portal.domain.members.enums import HelpScope
from entraide.portal.foundation.web.paging import COUNTED
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.asked_year import asked_year
from entraide.portal.member_site.consulting import Seen, note_readings, of_care, of_payments
from entraide.portal.member_site.helping import open_to_helpers
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.pdf_answer import pdf_answer
from entraide.portal.member_site.reimbursements.forms import FilterForm
from entraide.portal.member_site.reimbursements.labels import statement_label
from entraide.portal.member_site.reimbursements.statement import file_name, statement_paper
from entraide.portal.member_site.reimbursements.stories import act_of, decided_elsewhere
from entraide.portal.member_site.reimbursements.why_paper import WHY_FILE, why_paper
from entraide.portal.notifications.letters.labels import payee_label, returned_label


@open_to_helpers(HelpScope.REIMBURSEMENTS, seen=Seen.CARE)
@require_safe
def reimbursements(request: MemberRequest) -> HttpResponse:
    today = timezone.localdate()
    family = family_of(request.viewer, on=today)
    options = queries.filter_options(request.viewer, on=today, family=family)
    form = FilterForm(request.GET, options=options)
    found = None
    if form.is_valid():
        page = request.GET.get("page", "1")
        found = queries.reimbursements_of(
            request.viewer, filters=form.filters, page=page, on=today, family=family
        )
        note_readings(request, of_payments(found.page.object_list))
    context = {
        "form": form,
        "found": found,
        "counted": COUNTED,
        "payee_label": payee_label,
        "returned_label": returned_label,
    }
    template = "member_site/reimbursements/reimbursements.html"
    return render(request, template, context, status=200 if found else 422)


@open_to_helpers(HelpScope.REIMBURSEMENTS, seen=Seen.CARE)
@require_safe
def reimbursement(request: MemberRequest, line_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    claim = queries.claim_of(request.viewer, line_id, on=today)
    explained = explanation_of(request.viewer, line_id, on=today, elsewhere=story_of_feed_line)
    if claim is None or explained is None:
        raise Http404
    note_readings(request, of_care([claim], object_id=claim.id))
    context = {
        "claim": claim,
        "acts": [act_of(each) for each in explained],
        "decided_elsewhere": decided_elsewhere,
        "payee_label": payee_label,
        "returned_label": returned_label,
    }
    return render(request, "member_site/reimbursements/reimbursement.html", context)


@open_to_helpers(HelpScope.REIMBURSEMENTS, seen=Seen.CARE)
@require_safe
def reimbursement_pdf(request: MemberRequest, line_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    claim = queries.claim_of(request.viewer, line_id, on=today)
    explained = explanation_of(request.viewer, line_id, on=today, elsewhere=story_of_feed_line)
    if claim is None or explained is None:
        raise Http404
    note_readings(request, of_care([claim], object_id=claim.id))
    return pdf_answer(request, why_paper(claim, explained, language=language()), name=WHY_FILE)


@open_to_helpers(HelpScope.REIMBURSEMENTS, seen=Seen.STATEMENT)
@require_safe
def statements(request: MemberRequest) -> HttpResponse:
    year, page = asked_year(request.GET), request.GET.get("page", "1")
    found = statements_of(request.viewer, year=year, page=page, on=timezone.localdate())
    if found is None:
        raise Http404
    context = {"found": found, "page": found.page, "statement_label": statement_label}
    return render(request, "member_site/reimbursements/statements.html", context)


@open_to_helpers(HelpScope.REIMBURSEMENTS, seen=Seen.STATEMENT)
@require_safe
def statement_pdf(request: MemberRequest, statement_id: UUID) -> HttpResponse:
    statement = statement_of(request.viewer, statement_id, on=timezone.localdate())
    if statement is None:
        raise Http404
    note_readings(request, of_payments(statement.payments, seen=Seen.STATEMENT, object_id=statement_id))
    paper = statement_paper(request.viewer, statement, language=language())
    return pdf_answer(request, paper, name=file_name(statement.summary))
