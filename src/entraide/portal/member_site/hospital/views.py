"""Hospital cover: which hospital, is the card enough, and if not the form (PEC-01 to PEC-07)."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.facilities.queries import (
    FacilityCard,
    directory_is_filled,
    facility_with,
    find_facilities,
)
from entraide.portal.domain.hospital_cover.asking import CardIsEnough, ask_cover
from entraide.portal.domain.hospital_cover.card import card_rule_for, whereabouts_of
from entraide.portal.domain.members.queries import people_to_send_for
from entraide.portal.foundation.web.typed import gives_back
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.hospital.forms import CoverForm
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.sending import Sending, posted_form, sent_answer
from entraide.profiles import CardRule, HospitalHelp

_PAGES = "member_site/hospital"
_LONGEST_QUESTION = 100


@dataclass(slots=True)
class _Asked:
    """What the address says: a facility of the directory, none of the list, or to ask although…"""

    facility: FacilityCard | None
    not_listed: bool
    even_with_card: bool
    rule: CardRule | None = None


@gives_back(
    facility_name=gettext_lazy("Nom de l’établissement"),
    facility_address=gettext_lazy("Adresse de l’établissement"),
)
@require_http_methods(["GET", "HEAD", "POST"])
def hospital(request: MemberRequest) -> HttpResponse:
    """`/hospitalisation/`: search, then "your card is enough" or the form."""
    asked = _asked(request)
    if request.method == "POST":
        return _posted(request, asked)
    if asked.facility is not None and asked.rule is not None and not asked.even_with_card:
        return render(request, f"{_PAGES}/card.html", {"facility": asked.facility, "rule": asked.rule})
    if asked.facility is not None or asked.not_listed or not directory_is_filled():
        return _form_page(request, asked, Sending(form=_fresh(request, asked), key=uuid4()))
    question = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:_LONGEST_QUESTION]
    context = {"question": question, "found": find_facilities(question), **_around(request)}
    return render(request, f"{_PAGES}/search.html", context)


def _asked(request: MemberRequest) -> _Asked:
    number = request.GET.get("choice", "").replace("\x00", "")[:9]
    facility = facility_with(number) if number else None
    return _Asked(
        facility=facility,
        not_listed="other" in request.GET,
        even_with_card="ask" in request.GET,
        rule=card_rule_for(whereabouts_of(facility)) if facility else None,
    )


def _fresh(request: MemberRequest, asked: _Asked) -> CoverForm:
    known = asked.facility
    initial = {
        "facility_name": known.name if known else "",
        "finess": known.finess if known else "",
        "facility_address": known.whole_address if known else "",
    }
    return CoverForm(people=_people(request), initial=initial)


def _posted(request: MemberRequest, asked: _Asked) -> HttpResponse:
    people = _people(request)

    def bind(data: QueryDict) -> CoverForm:
        return CoverForm(data, people=people)

    def send(sending: Sending) -> str:
        assert isinstance(sending.form, CoverForm)
        try:
            return ask_cover(
                request.viewer,
                sending.form.stay,
                person_id=UUID(sending.form.cleaned_data["person"]),
                request_key=sending.key,
                language=language(),
                now=timezone.now(),
                even_with_card=asked.even_with_card,
            )
        except CardIsEnough as enough:
            asked.rule = enough.rule
            raise

    asked.rule = None
    too_large = _("Votre envoi est trop lourd : ce formulaire ne prend pas de fichier.")
    sending = posted_form(request, bind, send, too_large=too_large)
    if sending.is_sent:
        return sent_answer(sending)
    return _form_page(request, asked, sending)


def _form_page(request: MemberRequest, asked: _Asked, sending: Sending) -> HttpResponse:
    context = {
        "form": sending.form,
        "facility": asked.facility,
        "rule": asked.rule if sending.form.is_bound else None,
        "asks_even_so": asked.even_with_card,
        "sent_reference": sending.reference,
        "searchable": asked.facility is not None or asked.not_listed,
        "past_days": settings.PROFILE.hospital.past_days,
        **_around(request),
    }
    return render(request, f"{_PAGES}/ask.html", context, status=sending.status)


def _around(request: MemberRequest) -> dict[str, object]:
    cover = settings.PROFILE.hospital
    return {"cover": cover, "helpers": _helpers(cover.help, segment=request.viewer.segment)}


def _helpers(every: tuple[HospitalHelp, ...], *, segment: str) -> list[HospitalHelp]:
    return [one for one in every if not one.segments or segment in one.segments]


def _people(request: MemberRequest) -> list[tuple[str, str]]:
    people = people_to_send_for(request.viewer, on=timezone.localdate())
    return [(str(one.pk), one.full_name) for one in people]
