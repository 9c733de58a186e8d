"""The cards as a phone keeps them: one small page that opens without a network (B-07, MOB-01)."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.portal.domain.access.sessions import member_span
from entraide.portal.domain.card.queries import cards_of, people_with_card
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.card.drawing import drawing_of
from entraide.portal.member_site.card.words import back_of, block_of
from entraide.portal.member_site.consulting import Reading, Seen, note_readings
from entraide.portal.member_site.keeping import UNTIL_HEADER, may_keep_card
from entraide.portal.member_site.member_request import MemberRequest


@require_safe
def kept(request: MemberRequest) -> HttpResponse:
    """`/carte/hors-ligne/`: today's cards of those whose card the viewer sees, with the numbers to call.

    The worker erases it with the session, and at the latest when no session could stand any more.
    """
    if not may_keep_card(request, request.viewer):
        return redirect("card")
    now = timezone.now()
    on = timezone.localdate(now)
    people = people_with_card(request.viewer, on=on)
    cards = cards_of(request.viewer, [one.id for one in people], on=on)
    note_readings(request, (Reading(one.person_id, Seen.CARD) for one in cards))
    until = now + member_span().total
    context = {
        "cards": [(one, drawing_of(one), block_of(one)) for one in cards],
        "notes": back_of(),
        "example": settings.PROFILE.card.example,
        "identity": settings.PROFILE.identity,
        "contacts": settings.PROFILE.contacts,
        "lang": language(),
        "kept_at": now,
        "until": until,
    }
    answer = render(request, "member_site/card/kept.html", context)
    # A second less than the session: the page never outlives it.
    answer.headers[UNTIL_HEADER] = str(int((until - timedelta(seconds=1)).timestamp()))
    return answer
