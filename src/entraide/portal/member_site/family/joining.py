"""Asking to cover somebody more (PROF-06)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from entraide.portal.domain.members.policies import may_change_family
from entraide.portal.domain.requests.changes import Joining, Newcomer, Sent, ask_to_join, joining_papers
from entraide.portal.foundation.web.typed import gives_back
from entraide.portal.member_site.asking import change_page
from entraide.portal.member_site.family.forms import FOLDER, JoiningForm
from entraide.portal.member_site.member_request import MemberRequest


@require_safe
def cases(request: MemberRequest) -> HttpResponse:
    """`/beneficiaires/ajouter/`: who joins? Each case has its own papers."""
    if not may_change_family(request.viewer):
        raise Http404
    offered = [(case, papers) for case in Newcomer if (papers := joining_papers(case))]
    return render(request, f"{FOLDER}/cases.html", {"offered": offered})


@gives_back(comment=gettext_lazy("Un mot pour nous"))
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: MemberRequest, case: str) -> HttpResponse:
    """`/beneficiaires/ajouter/<case>/`: the person, since when, the papers of this case."""
    papers = joining_papers(Newcomer(case)) if case in set(Newcomer) else None
    if papers is None or not may_change_family(request.viewer):
        raise Http404

    def ask(values: dict[str, Any], sent: Sent) -> str:
        names = ("civility", "last_name", "first_name", "birth_date", "nir", "since")
        joining = Joining(case=Newcomer(case), **{name: values[name] for name in names})
        return ask_to_join(request.viewer, joining, sent=sent)

    return change_page(request, f"{FOLDER}/join.html", JoiningForm, ask, papers=papers, case=case)
