"""The card behind the link of a mail: without an account, until it expires (A53)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.portal.domain.card.links import linked_card
from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.card.drawing import drawing_of
from entraide.portal.member_site.card.paper import CARD_FILE, card_paper
from entraide.portal.member_site.card.words import back_of, block_of
from entraide.portal.member_site.pdf_answer import pdf_answer


@public
@require_safe
def linked(request: HttpRequest, token: str) -> HttpResponse:
    """`/carte/recue/<token>/`: the card, or that the link is over; which of the reasons is not told."""
    found = linked_card(token, now=timezone.now())
    if found is None:
        return _private(render(request, "member_site/card/link_over.html", status=404))
    context = {
        "found": found,
        "card": found.card,
        "drawing": drawing_of(found.card),
        "token": token,
        "block": block_of(found.card),
        "notes": back_of(),
    }
    return _private(render(request, "member_site/card/linked.html", context))


@public
@require_safe
def linked_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The same card on paper."""
    now = timezone.now()
    found = linked_card(token, now=now)
    if found is None:
        raise Http404
    paper = card_paper(found.card, on=timezone.localdate(now), language=language())
    return _private(pdf_answer(request, paper, name=CARD_FILE))


def _private(response: HttpResponse) -> HttpResponse:
    """Neither address nor card goes further: no referrer, no search engine, no copy in the browser."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response
