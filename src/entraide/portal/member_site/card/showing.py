"""The card on the screen and on paper (CARD-01, CARD-02)."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.portal.domain.card.queries import card_of, people_with_card
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.card.drawing import drawing_of, link_of
from entraide.portal.member_site.card.forms import DayForm
from entraide.portal.member_site.card.paper import CARD_FILE, card_paper
from entraide.portal.member_site.card.words import back_of, block_of
from entraide.portal.member_site.consulting import Reading, Seen, note_readings
from entraide.portal.member_site.keeping import may_keep_card
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.pdf_answer import pdf_answer


@require_safe
def card(request: MemberRequest) -> HttpResponse:
    """`/carte/`: one's own, today; another person of the contract or another day where they are asked for."""
    people = people_with_card(request.viewer, on=timezone.localdate())
    form = DayForm(request.GET, people=[(str(one.id), one.name) for one in people])
    if not form.is_valid():
        context = {"form": form, "people": people, "card": None, "person": people[0]}
        return render(request, "member_site/card/card.html", context, status=422)
    person = next(one for one in people if one.id == form.person_id)
    found = card_of(request.viewer, person.id, on=form.day)
    if found is not None:
        note_readings(request, [Reading(person.id, Seen.CARD)])
    context = {
        "form": form,
        "people": people,
        "person": person,
        "card": found,
        "is_today": form.day == timezone.localdate(),
        "drawing": drawing_of(found) if found else None,
        "link": link_of(found) if found else "",
        "block": block_of(found) if found else [],
        "notes": back_of(),
        "keeps": may_keep_card(request, request.viewer),
    }
    return render(request, "member_site/card/card.html", context)


@require_safe
def card_pdf(request: MemberRequest) -> HttpResponse:
    """`/carte.pdf`: front and back on one page. 404 where there is no card to show."""
    people = people_with_card(request.viewer, on=timezone.localdate())
    form = DayForm(request.GET, people=[(str(one.id), one.name) for one in people])
    found = (
        card_of(request.viewer, form.person_id, on=form.day) if form.is_valid() and form.person_id else None
    )
    if found is None:
        raise Http404
    note_readings(request, [Reading(found.person_id, Seen.CARD)])
    return pdf_answer(request, card_paper(found, on=form.day, language=language()), name=CARD_FILE)
