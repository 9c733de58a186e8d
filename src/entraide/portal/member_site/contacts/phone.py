"""The landline: nothing hangs on it, so it needs no proof (PROF-04)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entraide.formats.mobile import national
from entraide.portal.domain.contacts.actions.changing import change_phone
from entraide.portal.domain.contacts.queries import ContactSheet, contact_sheet
from entraide.portal.domain.members.contacts import ChangedMeanwhile
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.consulting import Reading, Seen, note_readings
from entraide.portal.member_site.contacts.forms import PhoneForm
from entraide.portal.member_site.member_request import MemberRequest


@require_http_methods(["GET", "POST"])
def own(request: MemberRequest) -> HttpResponse:
    return _phone(request, request.viewer.person_id)


@require_http_methods(["GET", "POST"])
def of_child(request: MemberRequest, person_id: UUID) -> HttpResponse:
    return _phone(request, person_id)


def _phone(request: MemberRequest, person_id: UUID) -> HttpResponse:
    sheet = contact_sheet(request.viewer, person_id, on=timezone.localdate())
    if sheet is None:
        raise Http404
    note_readings(request, [Reading(sheet.person_id, Seen.IDENTITY)])
    if request.method != "POST":
        shown = national(sheet.phone) if sheet.phone else ""
        return _page(request, sheet, PhoneForm(initial={"phone": shown, "seen": sheet.seen["phone"]}))
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return _page(request, sheet, form, status=422)
    return _save(request, sheet, form)


def _save(request: MemberRequest, sheet: ContactSheet, form: PhoneForm) -> HttpResponse:
    try:
        change_phone(
            request.viewer,
            person_id=sheet.person_id,
            phone=form.cleaned_data["phone"],
            seen=form.cleaned_data["seen"],
            language=language(),
            now=timezone.now(),
        )
    except ChangedMeanwhile as refusal:
        now_on_file = contact_sheet(request.viewer, sheet.person_id, on=timezone.localdate()) or sheet
        form.show_anew(now_on_file.seen["phone"])
        form.add_error(None, refusal.message)
        return _page(request, now_on_file, form, status=409)
    messages.success(
        request,
        _("Le téléphone fixe est enregistré.")
        if form.cleaned_data["phone"]
        else _("Aucun téléphone fixe n’est plus enregistré."),
    )
    return redirect("contacts")


def _page(request: MemberRequest, sheet: ContactSheet, form: PhoneForm, *, status: int = 200) -> HttpResponse:
    context = {"sheet": sheet, "form": form, "national": national}
    return render(request, "member_site/contacts/phone.html", context, status=status)
