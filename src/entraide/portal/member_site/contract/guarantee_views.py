"""Pages of the table of guarantees (PROF-07)."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.portal.domain.contracts.guarantee_table import GuaranteeTable, found_in, guarantee_table_of
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.asked_year import asked_year
from entraide.portal.member_site.contract.forms import GuaranteeForm
from entraide.portal.member_site.contract.guarantee_paper import file_name, guarantee_paper
from entraide.portal.member_site.contract.promises import HEADING_WORDS, floor_words, promises_of
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.pdf_answer import pdf_answer
from entraide.portal.member_site.why import said


@require_safe
def guarantees(request: MemberRequest, contract_id: UUID) -> HttpResponse:
    table = _table(request, contract_id)
    form = GuaranteeForm(request.GET)
    if form.is_valid():
        chosen = form.cleaned_data
        table = found_in(table, query=chosen["q"], heading=chosen["heading"])
    context = {
        "table": table,
        "form": form,
        "heading_words": {code: words() for code, words in HEADING_WORDS.items()},
        "promises_of": promises_of,
        "floor_words": floor_words,
        "said": said,
    }
    template = "member_site/contract/guarantees.html"
    return render(request, template, context, status=200 if form.is_valid() else 422)


@require_safe
def guarantees_pdf(request: MemberRequest, contract_id: UUID) -> HttpResponse:
    table = _table(request, contract_id)
    if not table.is_written:
        raise Http404
    paper = guarantee_paper(table, language=language())
    return pdf_answer(request, paper, name=file_name(table))


def _table(request: MemberRequest, contract_id: UUID) -> GuaranteeTable:
    year, today = asked_year(request.GET), timezone.localdate()
    table = guarantee_table_of(request.viewer, contract_id, year=year, on=today)
    if table is None:
        raise Http404
    return table
