"""Being called back: a day, an hour, a number; then the call for one's own calendar (B-13)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from entraide.formats.calendar_file import MEDIA_TYPE
from entraide.portal.domain.requests.call_backs import Wish, booked_call, free_slots
from entraide.portal.domain.requests.call_backs import book as book_call
from entraide.portal.domain.requests.call_calendar import calendar_name, call_as_calendar
from entraide.portal.domain.requests.changes import Sent
from entraide.portal.foundation.web.typed import gives_back
from entraide.portal.foundation.web.wording import clock, language
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.reaching.choices import (
    Choices,
    own_number,
    people_for,
    reasons_for,
    weekday_of,
)
from entraide.portal.member_site.reaching.forms import CallBackForm
from entraide.portal.member_site.sending import Sending, posted_form, sent_answer
from entraide.profiles import is_open

Days = dict[date, list[datetime]]


@gives_back(message=gettext_lazy("Un mot pour préparer l’appel"))
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: MemberRequest) -> HttpResponse:
    """`/contact/rappel/`: in the address, `day` (AAAA-MM-JJ) opens a day, `reason` is ticked already."""
    if settings.PROFILE.contacts.call_backs is None:
        raise Http404
    days = free_slots(timezone.now())
    told = request.POST if request.method == "POST" else request.GET
    chosen = _day_in(told, days)
    choices = {"reasons": reasons_for(request), "people": people_for(request)}
    if request.method == "POST":
        sending = _posted(request, days, choices)
        if sending.is_sent:
            return sent_answer(sending)
    else:
        key = uuid4()
        first = {
            "request_key": key,
            "phone": own_number(request),
            "reason": request.GET.get("reason", ""),
        }
        form = CallBackForm(slots=_labels(days.get(chosen, [])), initial=first, **choices)
        sending = Sending(form=form, key=key)
    context: dict[str, Any] = {
        "form": sending.form,
        "days": [(one.isoformat(), weekday_of(one)) for one in days],
        "chosen": chosen.isoformat(),
        "sent_reference": sending.reference,
    }
    return render(request, "member_site/reaching/call_back.html", context, status=sending.status)


@require_safe
def calendar(request: MemberRequest, reference: str) -> HttpResponse:
    """`/contact/rappel/<reference>.ics`: for who asked for the call; neither subject nor number is in it."""
    call = booked_call(request.viewer, reference)
    if call is None:
        raise Http404
    content = call_as_calendar(call.reference, call.starts_at)
    answer = HttpResponse(content, content_type=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = (
        content_disposition_header(True, calendar_name(call.reference)) or "attachment"
    )
    return answer


def _posted(request: MemberRequest, days: Days, choices: dict[str, Choices]) -> Sending:
    def bind(data: QueryDict) -> CallBackForm:
        # Those of the day that is shown, and the one that was chosen, which may be gone by now: a form
        # that is sent twice finds its first sending, and the action says of the others what is wrong.
        asked = _moment_in(data)
        offered = days.get(_day_in(data, days), [])
        gone = [asked] if asked and asked not in offered else []
        return CallBackForm(data, slots=_labels([*offered, *gone]), **choices)

    def send(sending: Sending) -> str:
        values = sending.form.cleaned_data
        wish = Wish(
            reason=values["reason"],
            concerns=UUID(values["beneficiary"]),
            starts_at=datetime.fromisoformat(values["slot"]),
            phone=values["phone"],
        )
        sent = Sent(
            comment=values["message"], request_key=sending.key, language=language(), now=timezone.now()
        )
        return book_call(request.viewer, wish, sent=sent)

    return posted_form(request, bind, send, too_large=_("Votre envoi est trop lourd."))


def _labels(moments: list[datetime]) -> Choices:
    english = settings.PROFILE.contacts.english_hours if language() == "en" else ()
    return [
        (one.isoformat(), f"{clock(one)} ({_('en anglais')})" if is_open(english, one) else clock(one))
        for one in moments
    ]


def _moment_in(told: QueryDict) -> datetime | None:
    try:
        found = datetime.fromisoformat(told.get("slot", ""))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _day_in(told: QueryDict, days: Days) -> date:
    """The day of the slot that was chosen, or that of the address; else the first one with a free slot."""
    moment = _moment_in(told)
    try:
        wanted = moment.date() if moment else date.fromisoformat(told.get("day", ""))
    except ValueError:
        wanted = date.min
    return wanted if wanted in days else next(iter(days), date.min)
