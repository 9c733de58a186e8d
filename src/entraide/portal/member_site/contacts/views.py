"""My details: what is on file, and that it is still right (PROF-04, PROF-05)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entraide.formats.mobile import national
from entraide.portal.domain.contacts.actions.changing import confirm_contacts
from entraide.portal.domain.contacts.queries import contact_sheets, mail_choices
from entraide.portal.domain.errors import DomainError
from entraide.portal.member_site.consulting import Reading, Seen, note_readings
from entraide.portal.member_site.contacts import address, mails, phone, proving
from entraide.portal.member_site.member_request import MemberRequest

PAGES = "member_site/contacts"
# What is posted here is for the page of its own that has these fields.
_FORMS: dict[str, Callable[..., HttpResponse]] = {
    "address_line1": address.own,
    "email": proving.email,
    "mobile": proving.mobile,
    "phone": phone.own,
    "statement_delivery": mails.mails,
}


@require_http_methods(["GET", "POST"])
def contacts(request: MemberRequest) -> HttpResponse:
    """Everything on one page; each change has a page of its own, which may also be posted to here."""
    if request.method == "POST":
        return _posted(request)
    now = timezone.now()
    mine, *children = contact_sheets(request.viewer, on=timezone.localdate(now))
    note_readings(request, (Reading(one.person_id, Seen.IDENTITY) for one in children))
    context: dict[str, Any] = {
        "mine": mine,
        "children": children,
        "choices": mail_choices(request.viewer),
        "national": national,
    }
    return render(request, f"{PAGES}/contacts.html", context)


def _posted(request: MemberRequest) -> HttpResponse:
    if "confirm" in request.POST:
        return _confirm(request)
    for name, view in _FORMS.items():
        if name in request.POST:
            return view(request)
    raise SuspiciousOperation("no form of this page")


def _confirm(request: MemberRequest) -> HttpResponse:
    try:
        confirm_contacts(request.viewer, seen=request.POST.get("seen", "")[:64], now=timezone.now())
    except DomainError as refusal:
        messages.warning(request, refusal.message)
        return redirect("contacts")
    messages.success(request, _("Merci. Nous vous le redemanderons dans un an."))
    return redirect("home" if request.POST["confirm"] == "home" else "contacts")
