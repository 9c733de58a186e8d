"""Asking to end somebody's cover (PROF-06)."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.members.policies import may_leave
from entraide.portal.domain.members.queries import as_person, person_file
from entraide.portal.domain.requests.changes import LeavingReason, Sent, ask_to_leave, leaving_papers
from entraide.portal.foundation.web.typed import gives_back
from entraide.portal.member_site.asking import change_page
from entraide.portal.member_site.family.forms import FOLDER, LeavingForm
from entraide.portal.member_site.member_request import MemberRequest


@gives_back(comment=gettext_lazy("Un mot pour nous"))
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """`/beneficiaires/<id>/retirer/`: why, from which day, the papers."""
    found = person_file(request.viewer, person_id, on=timezone.localdate())
    papers = leaving_papers()
    if found is None or papers is None or not may_leave(request.viewer, as_person(found.person)):
        raise Http404

    def ask(values: dict[str, Any], sent: Sent) -> str:
        reason = LeavingReason(values["reason"])
        return ask_to_leave(request.viewer, person_id, reason=reason, last_day=values["last_day"], sent=sent)

    return change_page(request, f"{FOLDER}/leave.html", LeavingForm, ask, papers=papers, person=found.person)
