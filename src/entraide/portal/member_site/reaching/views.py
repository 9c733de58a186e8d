"""By message: a request that is followed like any other. By phone: when, and whom to call at once (B-13)."""

from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from entraide.portal.domain.requests.changes import Sent
from entraide.portal.domain.requests.holding import files_of_form
from entraide.portal.domain.requests.messages import send_message
from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.typed import gives_back
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.reaching.choices import people_for, reasons_for
from entraide.portal.member_site.reaching.forms import Choices, MessageForm
from entraide.portal.member_site.sending import Sending, posted_form, sent_answer

_FOLDER = "member_site/reaching"


@gives_back(message=gettext_lazy("Votre message"))
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: MemberRequest) -> HttpResponse:
    """`/contact/`: in the address, `reason` is ticked already."""
    reasons, people = reasons_for(request), people_for(request)
    if request.method == "POST":
        sending = _posted(request, reasons, people)
        if sending.is_sent:
            return sent_answer(sending)
    else:
        key = uuid4()
        first = {"request_key": key, "reason": request.GET.get("reason", "")}
        sending = Sending(form=MessageForm(reasons=reasons, people=people, initial=first), key=key)
    context = {
        "form": sending.form,
        "held": files_of_form(request.viewer, sending.key),
        "limits": settings.PROFILE.deposit,
        "sent_reference": sending.reference,
        "promised": {one.id: one.promised_days for one in settings.PROFILE.deposit.messages.types},
    }
    return render(request, f"{_FOLDER}/message.html", context, status=sending.status)


@public
@require_safe
def phone(request: HttpRequest) -> HttpResponse:
    """`/contact/telephone/`: numbers and hours, for who is signed out as well."""
    return render(request, f"{_FOLDER}/phone.html")


def _posted(request: MemberRequest, reasons: Choices, people: Choices) -> Sending:
    def bind(data: QueryDict) -> MessageForm:
        return MessageForm(data, reasons=reasons, people=people)

    def send(sending: Sending) -> str:
        values = sending.form.cleaned_data
        sent = Sent(
            comment=values["message"],
            request_key=sending.key,
            language=language(),
            now=timezone.now(),
            posted=sending.posted,
        )
        return send_message(
            request.viewer, reason=values["reason"], concerns=UUID(values["beneficiary"]), sent=sent
        )

    too_large = _("Votre envoi est trop lourd : envoyez moins de fichiers, ou des photos plus légères.")
    return posted_form(request, bind, send, too_large=too_large)
