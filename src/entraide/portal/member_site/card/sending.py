"""Sending a card by mail (CARD-01, A53): behind a fresh proof, to the contract or to one professional."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.card.actions.sending import (
    LINK_DAYS,
    MOST_A_DAY,
    CardToSend,
    SendingKeyReused,
    send_card,
)
from entraide.portal.domain.card.queries import people_with_card, recipients_of
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.card.forms import PROFESSIONAL, SendForm
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.step_up import needs_fresh_factor


@require_http_methods(["GET", "HEAD", "POST"])
@needs_fresh_factor()
def send(request: MemberRequest) -> HttpResponse:
    """`/carte/envoyer/`: a link that opens the card for some days; nothing can be written beside it."""
    choices = {
        "people": [
            (str(one.id), one.name) for one in people_with_card(request.viewer, on=timezone.localdate())
        ],
        "recipients": [(str(one.id), one.name) for one in recipients_of(request.viewer)],
    }
    if request.method != "POST":
        return _page(request, SendForm(initial={"person": request.GET.get("person")}, **choices))
    form = SendForm(request.POST, **choices)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        send_card(request.viewer, _wanted(form), language=language(), now=timezone.now())
    except DomainError as refusal:
        form.add_error(refusal.field, refusal.message)
        reused = isinstance(refusal, SendingKeyReused)
        return _page(request, form, status=HTTPStatus.CONFLICT if reused else HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("C’est envoyé. Une copie vous arrive par e-mail."))
    return redirect("card")


def _wanted(form: SendForm) -> CardToSend:
    values = form.cleaned_data
    outside = values["to"] == PROFESSIONAL
    return CardToSend(
        person_id=UUID(values["person"]),
        to=None if outside else UUID(values["to"]),
        email=values["email"] if outside else "",
        request_key=values["request_key"],
    )


def _page(request: MemberRequest, form: SendForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    context = {"form": form, "days": LINK_DAYS, "most": MOST_A_DAY}
    return render(request, "member_site/card/send.html", context, status=status)
