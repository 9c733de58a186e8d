"""Leaving for a partner: where to and what is told there first, then a form that carries the token (A58).

GET signs nothing. The token stands in the body of a form and so in no address, no log and no history.
"""

from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handover.actions import (
    LIFE_SECONDS,
    NotCovered,
    TooManyHandOvers,
    hand_to_partner,
)
from entraide.portal.domain.handover.queries import Consultant, Way, consultant
from entraide.portal.foundation.web.headers import CONTENT_SECURITY_POLICY
from entraide.portal.foundation.web.opening import opening_now
from entraide.portal.member_site.consulting import Reading, Seen, note_readings
from entraide.portal.member_site.member_request import MemberRequest
from entraide.profiles import Partner, partner_named

_FOLDER = "member_site/partners"


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: MemberRequest, partner_id: str) -> HttpResponse:
    """`/passage/<partner>/`: in the address, `person` is who sees the doctor; POST signs and hands over."""
    partner = partner_named(settings.PROFILE.partners, partner_id, segment=request.viewer.segment)
    person = _person(request)
    if partner is None or person is None or not leads_anywhere(partner):
        raise Http404
    if not person.is_viewer:
        note_readings(request, [Reading(person.person_id, Seen.IDENTITY)])
    if request.method != "POST" or not takes_over(partner) or not _through_us(partner, person):
        return _notice(request, partner, person)
    try:
        signed = hand_to_partner(request.viewer, partner, person.person_id, now=timezone.now())
    except TooManyHandOvers as refusal:
        return _notice(request, partner, person, refusal, status=HTTPStatus.TOO_MANY_REQUESTS)
    except NotCovered as refusal:
        return _notice(request, partner, person, refusal, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if signed is None:
        raise Http404
    address = target_of(partner)
    context = _context(partner, person) | {
        "token": signed.token,
        "target": address,
        "seconds": LIFE_SECONDS,
        "outage": reverse("demo:partner-down", args=[partner.id]) if settings.ENTRAIDE.demo else "",
    }
    answer = render(request, f"{_FOLDER}/handed_over.html", context)
    if address.startswith("https://") and partner.hand_over is not None:
        # The one page of the portal whose form may go elsewhere, and there alone.
        policy = CONTENT_SECURITY_POLICY.replace(
            "form-action 'self'", f"form-action 'self' {partner.hand_over.origin}"
        )
        answer.headers["Content-Security-Policy"] = policy
    return answer


def takes_over(partner: Partner) -> bool:
    """Whether this partner takes tokens: one that has not agreed to it yet does in the demo alone."""
    rules = partner.hand_over
    return rules is not None and (settings.ENTRAIDE.demo or not rules.example)


def target_of(partner: Partner) -> str:
    """Where the form goes: the partner's address; in the demo a page that stands for the partner."""
    if settings.ENTRAIDE.demo:
        return reverse("demo:partner", args=[partner.id])
    return partner.hand_over.address if partner.hand_over is not None else ""


def leads_anywhere(partner: Partner) -> bool:
    return takes_over(partner) or partner.website is not None


def _through_us(partner: Partner, person: Consultant) -> bool:
    """For teleconsultations a spouse and adult children have a way of their own (TELE-02)."""
    return partner.kind != "teleconsultation" or person.way is not Way.OWN


def _person(request: MemberRequest) -> Consultant | None:
    """Whom the address names, or the viewer; None for a person who is not there, or not for this viewer."""
    told = request.GET.get("person", "")
    try:
        wanted = UUID(told) if told else request.viewer.person_id
    except ValueError:
        return None
    found = consultant(request.viewer, wanted, on=timezone.localdate())
    # Another adult leaves from their own space, or straight from the partner's site.
    return found if found is not None and (found.is_viewer or found.identity is not None) else None


def _notice(
    request: MemberRequest,
    partner: Partner,
    person: Consultant,
    refusal: DomainError | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    handed = takes_over(partner) and _through_us(partner, person)
    context = _context(partner, person) | {
        "refusal": refusal,
        "handed": handed,
        "known_by": partner.hand_over.known_by if partner.hand_over is not None else "",
        "own_way": partner.teleconsultations.own_way if partner.teleconsultations else partner.website,
    }
    return render(request, f"{_FOLDER}/leaving.html", context, status=status)


def _context(partner: Partner, person: Consultant) -> dict[str, object]:
    return {
        "partner": partner,
        "person": person,
        "opening": opening_now(partner.hours, timezone.now()),
        "back": reverse(partner.kind.replace("_", "-")),
    }
