"""A complaint: about what, what is wrong, what is wished for (B-12)."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.claims.queries import Claim, latest_of
from entraide.portal.domain.requests.changes import Sent
from entraide.portal.domain.requests.complaints import (
    Complaint,
    clocks_of,
    complain,
    complaint_types,
)
from entraide.portal.domain.requests.queries import page_of_requests
from entraide.portal.foundation.web.typed import gives_back
from entraide.portal.foundation.web.wording import day, money, text
from entraide.portal.member_site.asking import change_page
from entraide.portal.member_site.consulting import Reading, Seen, note_readings
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.rights.forms import ComplaintForm

_LATEST = 10
_REQUEST, _PAYMENT = "request:", "payment:"


@gives_back(comment=gettext_lazy("Ce qui ne va pas"), wish=gettext_lazy("Ce que vous attendez de nous"))
@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: MemberRequest) -> HttpResponse:
    """`/droits/reclamation/`"""
    if not complaint_types():
        raise Http404
    now = timezone.now()
    payments = {
        str(one.id): one for one in latest_of(request.viewer, limit=_LATEST, on=timezone.localdate(now))
    }
    note_readings(request, (Reading(one.person.id, Seen.CARE) for one in payments.values()))

    def send(values: dict[str, Any], sent: Sent) -> str:
        chosen = values["about"]
        told = Complaint(
            type=values["subject"],
            wish=values["wish"],
            request=chosen.removeprefix(_REQUEST) if chosen.startswith(_REQUEST) else "",
            payment=_answers_of(payments.get(chosen.removeprefix(_PAYMENT))),
        )
        return complain(request.viewer, told, sent=sent)

    return change_page(
        request,
        "member_site/rights/complaint.html",
        partial(ComplaintForm, about=[*_requests(request), *_offered(payments)]),
        send,
        clocks=clocks_of(now),
    )


def _requests(request: MemberRequest) -> list[tuple[str, str]]:
    """The latest that the viewer sent."""
    found = page_of_requests(request.viewer, page=None, per_page=_LATEST)
    label = _("Demande %(reference)s du %(day)s : %(subject)s")
    return [
        (
            f"{_REQUEST}{one.reference}",
            label
            % {
                "reference": one.reference,
                "day": day(timezone.localdate(one.received_at)),
                "subject": text(one.type),
            },
        )
        for one in found
        if one.is_own
    ]


def _offered(payments: dict[str, Claim]) -> list[tuple[str, str]]:
    label = _("Versement du %(day)s : %(amount)s")
    return [
        (f"{_PAYMENT}{key}", label % {"day": day(one.paid_on), "amount": money(one.shares.amc)})
        for key, one in payments.items()
    ]


def _answers_of(paid: Claim | None) -> tuple[tuple[str, str], ...]:
    if paid is None:
        return ()
    return (("about_payment", paid.paid_on.isoformat()), ("about_paid", str(paid.shares.amc)))
