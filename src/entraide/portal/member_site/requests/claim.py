"""Asking for a reimbursement online: two questions, then one care with its papers (DEP-04)."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.adjudication.attachment import KnownFeed, feeds_known_to
from entraide.portal.domain.adjudication.claiming import CareClaim, ToConfirm, ask_reimbursement
from entraide.portal.domain.adjudication.doubles import DoubleKind
from entraide.portal.domain.requests.changes import Sent
from entraide.portal.domain.requests.holding import files_of_form
from entraide.portal.domain.requests.pieces import Needed, needed_for
from entraide.portal.foundation.web.typed import gives_back
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.consulting import Reading, Seen, note_readings
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.requests.claim_form import ClaimForm
from entraide.portal.member_site.requests.papers_form import needed_in
from entraide.portal.member_site.requests.posting import people_to_choose
from entraide.portal.member_site.requests.situation import SituationForm, query_of
from entraide.portal.member_site.sending import Sending, posted_form, sent_answer


@dataclass
class _Page:
    """What speaks against sending, found while sending."""

    warnings: list[ToConfirm] = field(default_factory=list)


@gives_back(description=gettext_lazy("Un mot pour nous"))
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: MemberRequest) -> HttpResponse:
    """`/remboursements/demande/`."""
    told = request.POST if request.method == "POST" else request.GET
    needed = needed_in(told, care="care")
    if needed is None:
        return _questions(request, told)
    people = people_to_choose(request, now=timezone.now())
    page = _Page()
    if request.method == "POST":
        sending = _posted(request, needed, people, page)
        if sending.is_sent:
            return sent_answer(sending)
    else:
        key = uuid4()
        told_first = {name: told.get(name, "") for name in ("care", "paid", "feed")}
        form = ClaimForm(people=people, needed=needed, initial={**told_first, "request_key": key})
        sending = Sending(form=form, key=key)
    return _form_page(request, needed, sending, page)


def _questions(request: MemberRequest, told: QueryDict) -> HttpResponse:
    """The two questions, or that there is nothing to send."""
    own, others = _feeds(request)
    form = SituationForm(told, own_feed=own.is_on)
    context: dict[str, object] = {"form": form, "own": own, "others": others, "needed": None}
    if form.is_valid():
        needed = needed_for(form.situation)
        context |= {"needed": needed, "without_feed": query_of(needed.situation, has_feed=False)}
    is_wrong = bool(form.errors) or request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, "member_site/requests/claim_questions.html", context, status=status)


def _feeds(request: MemberRequest) -> tuple[KnownFeed, list[KnownFeed]]:
    own, *others = feeds_known_to(request.viewer, on=timezone.localdate())
    note_readings(request, [Reading(one.person_id, Seen.IDENTITY) for one in others])
    return own, others


def _posted(request: MemberRequest, needed: Needed, people: list[tuple[str, str]], page: _Page) -> Sending:
    def bind(data: QueryDict) -> ClaimForm:
        return ClaimForm(data, people=people, needed=needed)

    def send(sending: Sending) -> str:
        assert isinstance(sending.form, ClaimForm)
        try:
            return _ask(request, needed, sending, sending.form)
        except ToConfirm as refusal:
            page.warnings.append(refusal)
            raise

    too_large = _("Votre envoi est trop lourd : envoyez moins de fichiers, ou des photos plus légères.")
    return posted_form(request, bind, send, too_large=too_large)


def _ask(request: MemberRequest, needed: Needed, sending: Sending, form: ClaimForm) -> str:
    values = form.cleaned_data
    asked = CareClaim(
        needed=needed,
        person_id=UUID(values["beneficiary"]),
        care_on=values["care_date"],
        professional=values["professional"],
        amount=values["amount"],
        compulsory=values["compulsory"],
        answers=form.answers(files_of_form(request.viewer, sending.key)),
    )
    sent = Sent(
        comment=values["description"],
        request_key=sending.key,
        language=language(),
        now=timezone.now(),
        posted=sending.posted,
    )
    return ask_reimbursement(request.viewer, asked, anyway=values["anyway"], sent=sent)


def _form_page(request: MemberRequest, needed: Needed, sending: Sending, page: _Page) -> HttpResponse:
    assert isinstance(sending.form, ClaimForm)
    warning = page.warnings[0] if page.warnings else None
    doubles = warning.doubles if warning else ()
    if any(one.kind is not DoubleKind.CLAIM for one in doubles):
        note_readings(request, [Reading(UUID(sending.form.cleaned_data["beneficiary"]), Seen.CARE)])
    held = files_of_form(request.viewer, sending.key)
    places = sending.form.places(held)
    in_place = {one.id for place in places for one in place.files}
    context: dict[str, Any] = {
        "form": sending.form,
        "needed": needed,
        "limits": settings.PROFILE.deposit,
        "months": settings.PROFILE.pieces.claim_months,
        "places": places,
        "held": held,
        "elsewhere": [one for one in held if one.id not in in_place],
        "doubles": doubles,
        "is_late": warning.is_late if warning else False,
        "sent_reference": sending.reference,
    }
    return render(request, "member_site/requests/claim.html", context, status=sending.status)
