"""The certificate of cover, for one person or for all of the contract (CARD-01)."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.portal.domain.card.queries import CoverageCard, cards_of, people_with_card
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.card.forms import DayForm
from entraide.portal.member_site.card.paper import CERTIFICATE_FILE, certificate_paper, period
from entraide.portal.member_site.consulting import Reading, Seen, note_readings
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.pdf_answer import pdf_answer


@require_safe
def certificate(request: MemberRequest) -> HttpResponse:
    """`/attestation/`: who is covered on that day, by what, since when."""
    form, cards = _asked(request)
    rows = [
        {
            "name": card.name,
            "birth_date": card.birth_date,
            "label": one.label,
            "period": period(one.starts_on, one.ends_on),
        }
        for card in cards
        for one in card.contracts
    ]
    context = {"form": form, "cards": cards, "rows": rows}
    return render(
        request, "member_site/card/certificate.html", context, status=200 if form.is_valid() else 422
    )


@require_safe
def certificate_pdf(request: MemberRequest) -> HttpResponse:
    """`/attestation.pdf`: 404 where nobody is covered."""
    form, cards = _asked(request)
    if not cards:
        raise Http404
    paper = certificate_paper(cards, on=form.day, language=language())
    return pdf_answer(request, paper, name=CERTIFICATE_FILE)


def _asked(request: MemberRequest) -> tuple[DayForm, list[CoverageCard]]:
    people = people_with_card(request.viewer, on=timezone.localdate())
    form = DayForm(request.GET, people=[(str(one.id), one.name) for one in people], everybody=True)
    if not form.is_valid():
        return form, []
    chosen = [form.person_id] if form.person_id else [one.id for one in people]
    cards = cards_of(request.viewer, chosen, on=form.day)
    note_readings(request, (Reading(one.person_id, Seen.CARD) for one in cards))
    return form, cards
