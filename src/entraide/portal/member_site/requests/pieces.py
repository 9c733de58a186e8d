"""Which papers to send: two questions, then the exact list or the good news that there is nothing (B-04)."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.portal.domain.adjudication.attachment import feeds_known_to
from entraide.portal.domain.requests.pieces import needed_for
from entraide.portal.member_site.consulting import Reading, Seen, note_readings
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.requests.situation import SituationForm, deposit_query, query_of


@require_safe
def pieces(request: MemberRequest) -> HttpResponse:
    """`/depot/pieces/`: PIECE-01…15, REMB-06, REMB-07."""
    feeds = feeds_known_to(request.viewer, on=timezone.localdate())
    own, *others = feeds
    note_readings(request, [Reading(one.person_id, Seen.IDENTITY) for one in others])
    form = SituationForm(request.GET, own_feed=own.is_on)
    context: dict[str, object] = {"form": form, "own": own, "others": others, "needed": None}
    if form.is_valid():
        needed = needed_for(form.situation)
        context |= {
            "needed": needed,
            "deposit_query": deposit_query(needed),
            "without_feed": query_of(needed.situation, has_feed=False),
        }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "member_site/requests/pieces.html", context, status=status)
