"""The electronic feed of one person: its state, what came, and asking to switch it (PROF-03, B-09)."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.adjudication.attachment import feed_state_of
from entraide.portal.domain.requests.changes import Sent, ask_feed, feed_papers
from entraide.portal.foundation.web.typed import gives_back
from entraide.portal.member_site.asking import change_page
from entraide.portal.member_site.consulting import Reading, Seen, note_readings
from entraide.portal.member_site.family.forms import FOLDER, FeedForm
from entraide.portal.member_site.member_request import MemberRequest


@gives_back(comment=gettext_lazy("Un mot pour nous"))
@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """`/beneficiaires/<id>/teletransmission/`."""
    state = feed_state_of(request.viewer, person_id, on=timezone.localdate())
    if state is None:
        raise Http404
    note_readings(request, [Reading(person_id, Seen.IDENTITY)])

    def ask(_values: dict[str, Any], sent: Sent) -> str:
        return ask_feed(request.viewer, person_id, switch_on=not state.is_on, sent=sent)

    is_own = person_id == request.viewer.person_id
    return change_page(
        request, f"{FOLDER}/feed.html", FeedForm, ask, state=state, is_own=is_own, papers=feed_papers()
    )
