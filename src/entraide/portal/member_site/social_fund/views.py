"""The social fund: kinds of aid, what stays between us, the next commissions, and the request (SOC-01)."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from entraide.portal.domain.requests.catalogue import labels_of
from entraide.portal.domain.requests.changes import Sent
from entraide.portal.domain.requests.holding import files_of_form
from entraide.portal.domain.requests.references import tidy_reference
from entraide.portal.domain.social_fund.agenda import answer_day, meetings, the_fund
from entraide.portal.domain.social_fund.asking import AidWish, ask_aid, papers_of_aid
from entraide.portal.domain.social_fund.letter import file_name
from entraide.portal.domain.social_fund.queries import aid_letter
from entraide.portal.foundation.web.typed import gives_back
from entraide.portal.member_site.asking import change_page
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.pdf_answer import pdf_answer
from entraide.portal.member_site.social_fund.forms import AidForm

_FOLDER = "member_site/social_fund"


@require_safe
def fund(request: MemberRequest) -> HttpResponse:
    """`/fonds-social/`: what it is for; whom to ask instead where the mutual has none."""
    found = the_fund()
    if found is None:
        return render(request, f"{_FOLDER}/none.html")
    context = {
        "fund": found,
        "aids": [(one, labels_of(found.category, one.type)[1]) for one in found.aids],
        "meetings": meetings(found, on=timezone.localdate()),
    }
    return render(request, f"{_FOLDER}/fund.html", context)


@gives_back(situation=gettext_lazy("Votre situation"))
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: MemberRequest, aid: str) -> HttpResponse:
    """`/fonds-social/demande/<aid>/`"""
    found = the_fund()
    wanted = found.aid_named(aid) if found else None
    if found is None or wanted is None:
        raise Http404

    def send(values: dict[str, Any], sent: Sent) -> str:
        kept = files_of_form(request.viewer, sent.request_key)
        wish = AidWish(
            aid=aid,
            situation=values["situation"],
            amount=values["amount"],
            resources=values.get("resources"),
            phone=values["phone"],
            without=tuple(one.id for one in form().missing(kept)),
        )
        return ask_aid(request.viewer, wish, sent=replace(sent, comment=""))

    form = partial(AidForm, aid=wanted, papers=papers_of_aid(aid), asks_resources=found.asks_resources)
    return change_page(
        request,
        f"{_FOLDER}/ask.html",
        form,
        send,
        label=labels_of(found.category, aid)[1],
        aid=wanted,
        promised_on=answer_day(found, on=timezone.localdate()),
    )


@require_safe
def letter(request: MemberRequest, reference: str) -> HttpResponse:
    """`/fonds-social/<reference>.pdf`: the decision on one's own request."""
    paper = aid_letter(request.viewer, reference)
    if paper is None:
        raise Http404
    return pdf_answer(request, paper, name=file_name(tidy_reference(reference)))
