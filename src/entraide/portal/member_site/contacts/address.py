"""The postal address: typed, its commune found from the postcode, compared with the public file (PROF-04)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.contacts.actions.changing import NotTheCommune, change_address
from entraide.portal.domain.contacts.places import communes_of
from entraide.portal.domain.contacts.queries import Address, ContactSheet, contact_sheet, contact_sheets
from entraide.portal.domain.members.contacts import ChangedMeanwhile
from entraide.portal.foundation.web.typed import gives_back
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.consulting import Reading, Seen, note_readings
from entraide.portal.member_site.contacts.forms import AddressForm, tidy_postcode
from entraide.portal.member_site.member_request import MemberRequest

_gives_back = gives_back(
    address_line1=gettext_lazy("Numéro et rue"),
    address_line2=gettext_lazy("Complément"),
    address_city=gettext_lazy("Commune"),
)


@_gives_back
@require_http_methods(["GET", "POST"])
def own(request: MemberRequest) -> HttpResponse:
    return _address(request, request.viewer.person_id)


@_gives_back
@require_http_methods(["GET", "POST"])
def of_child(request: MemberRequest, person_id: UUID) -> HttpResponse:
    return _address(request, person_id)


def _address(request: MemberRequest, person_id: UUID) -> HttpResponse:
    sheet = contact_sheet(request.viewer, person_id, on=timezone.localdate())
    if sheet is None:
        raise Http404
    note_readings(request, [Reading(sheet.person_id, Seen.IDENTITY)])
    if request.method != "POST":
        return _page(request, sheet, _form_of(sheet))
    communes = communes_of(tidy_postcode(request.POST.get("address_postcode", "")[:12]))
    form = AddressForm(request.POST, communes=communes)
    if request.POST.get("action") == "search":
        return _search(request, sheet, form)
    if not form.is_valid():
        return _page(request, sheet, form, status=422)
    return _save(request, sheet, form)


def _search(request: MemberRequest, sheet: ContactSheet, form: AddressForm) -> HttpResponse:
    """Shows the communes of the postcode; the rest need not be right yet."""
    form.full_clean()
    for name in [name for name in form.errors if name != "address_postcode"]:
        del form.errors[name]
    unknown = not form.communes and not form.errors
    return _page(request, sheet, form, status=422 if form.errors else 200, searched=True, unknown=unknown)


def _save(request: MemberRequest, sheet: ContactSheet, form: AddressForm) -> HttpResponse:
    values = form.cleaned_data
    try:
        changed = change_address(
            request.viewer,
            person_id=sheet.person_id,
            address=Address(
                line1=values["address_line1"],
                line2=values["address_line2"],
                postcode=values["address_postcode"],
                city=values["address_city"],
            ),
            seen=values["seen"],
            as_typed=form.is_as_typed,
            with_children=values["address_family"],
            language=language(),
            now=timezone.now(),
        )
    except NotTheCommune as refusal:
        form.add_error("address_city", refusal.message)
        return _page(request, sheet, form, status=422, searched=True)
    except ChangedMeanwhile as refusal:
        now_on_file = contact_sheet(request.viewer, sheet.person_id, on=timezone.localdate()) or sheet
        form.show_anew(now_on_file.seen["address"])
        form.add_error(None, refusal.message)
        return _page(request, now_on_file, form, status=409)
    said = _("Votre adresse est enregistrée.") if changed else _("C’est déjà l’adresse que nous avons.")
    if changed and not sheet.is_own:
        said = _("L’adresse de %(name)s est enregistrée.") % {"name": sheet.first_name}
    messages.success(request, said)
    return redirect("contacts")


def _form_of(sheet: ContactSheet) -> AddressForm:
    address = sheet.address
    return AddressForm(
        communes=communes_of(address.postcode),
        initial={
            "seen": sheet.seen["address"],
            "address_line1": address.line1,
            "address_line2": address.line2,
            "address_postcode": address.postcode,
            "address_city": address.city,
            "address_family": True,
        },
    )


def _page(
    request: MemberRequest,
    sheet: ContactSheet,
    form: AddressForm,
    *,
    status: int = 200,
    searched: bool = False,
    unknown: bool = False,
) -> HttpResponse:
    family = sheet.is_own and len(contact_sheets(request.viewer, on=timezone.localdate())) > 1
    context: dict[str, Any] = {
        "sheet": sheet,
        "form": form,
        "searched": searched or "address_city" in form.errors,
        "unknown": unknown,
        "with_family": family,
    }
    return render(request, "member_site/contacts/address.html", context, status=status)
