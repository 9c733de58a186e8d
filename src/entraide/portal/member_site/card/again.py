"""A card by post again (CARD-02)."""

from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.contacts.queries import contact_sheet
from entraide.portal.domain.requests.card_copies import CopyReason, ask_copies, card_holders
from entraide.portal.domain.requests.changes import Sent
from entraide.portal.foundation.web.parameters import one_value_each
from entraide.portal.member_site.asking import change_page
from entraide.portal.member_site.card.forms import CardForm
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.sending import Sending, sent_answer


@one_value_each(but=frozenset({"people"}))
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: MemberRequest) -> HttpResponse:
    """`/carte/renvoi/`: each person's card is a request of its own, sent to the address that is shown."""
    on = timezone.localdate()
    holders = card_holders(request.viewer, on=on)
    sheet = contact_sheet(request.viewer, request.viewer.person_id, on=on)
    lines = sheet.address.lines if sheet else []
    people = [(str(one.person_id), one.name) for one in holders]

    def ask(values: dict[str, Any], sent: Sent) -> str:
        chosen, reason = [UUID(one) for one in values["people"]], CopyReason(values["reason"])
        return ask_copies(request.viewer, chosen, reason=reason, post_to=", ".join(lines), sent=sent)

    return change_page(
        request,
        "member_site/card/again.html",
        partial(CardForm, people=people),
        ask,
        partial(_sent, request),
        holders=holders,
        waiting=[one for one in holders if one.again_on],
        lines=lines,
    )


def _sent(request: MemberRequest, sending: Sending) -> HttpResponse:
    """To the request; to the list of them when several cards were asked for."""
    many = len(sending.form.cleaned_data["people"])
    if many == 1:
        return sent_answer(sending)
    messages.success(
        request, _("%(count)s cartes sont demandées : une demande pour chacune.") % {"count": many}
    )
    answer = redirect("requests:list")
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer
