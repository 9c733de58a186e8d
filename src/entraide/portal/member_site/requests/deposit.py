"""The deposit page: one post with everything, or step by step without a script; nothing accepted is lost."""

from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.consultations.enums import Seen
from entraide.portal.domain.members.enums import HelpScope
from entraide.portal.domain.requests.holding import files_of_form
from entraide.portal.foundation.web.typed import gives_back
from entraide.portal.member_site.helping import open_to_helpers
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.requests.forms import DepositForm
from entraide.portal.member_site.requests.posting import (
    Posted,
    needed_of_deposit,
    people_to_choose,
    posted_deposit,
)
from entraide.portal.member_site.requests.situation import query_of
from entraide.profiles import PAGE_ADDRESSES


@open_to_helpers(HelpScope.SENDING, seen=Seen.REQUEST)
@gives_back(description=gettext_lazy("Décrire la demande"))
@require_http_methods(["GET", "HEAD", "POST"])
def deposit(request: MemberRequest) -> HttpResponse:
    """`/depot/`: DEP-01, DEP-02, B-01."""
    if request.method != "POST":
        people = people_to_choose(request, now=timezone.now())
        chosen = {name: request.GET.get(name, "") for name in ("category", "type", "paid", "feed")}
        needed = needed_of_deposit(chosen)
        form = DepositForm(people=people, needed=needed, initial={**chosen, "request_key": uuid4()})
        return _page(request, Posted(form=form, key=form.initial["request_key"]))
    posted = posted_deposit(request)
    if posted.reference and posted.status == HTTPStatus.SEE_OTHER:
        answer = redirect(f"{reverse('requests:detail', args=[posted.reference])}?envoye=1")
        answer.status_code = HTTPStatus.SEE_OTHER
        return answer
    return _page(request, posted)


def _page(request: MemberRequest, posted: Posted) -> HttpResponse:
    held = files_of_form(request.viewer, posted.key)
    places = posted.form.places(held)
    in_place = {one.id for place in places for one in place.files}
    needed = posted.form.needed
    context: dict[str, Any] = {
        "form": posted.form,
        "catalogue": settings.PROFILE.deposit,
        "addresses": PAGE_ADDRESSES,
        "needed": needed,
        "change_query": query_of(needed.situation) if needed else "",
        "places": places,
        "held": held,
        "elsewhere": [one for one in held if one.id not in in_place],
        "faults": posted.faults(),
        "sent_reference": posted.reference,
    }
    return render(request, "member_site/requests/deposit.html", context, status=posted.status)
