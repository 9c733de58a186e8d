"""A page with a form that asks for a change: shown, posted, sent."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.requests.changes import Sent
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.family.forms import ChangeForm
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.sending import Sending, held_files, posted_form, sent_answer

FOLDER = "member_site/family"


def change_page(
    request: MemberRequest,
    template: str,
    form: type[ChangeForm],
    ask: Callable[[dict[str, Any], Sent], str],
    **context: Any,
) -> HttpResponse:
    """The page of a change. `ask` gets the answers and what came with them; it gives a reference."""

    def bind(data: QueryDict) -> ChangeForm:
        return form(data)

    def send(sending: Sending) -> str:
        values = sending.form.cleaned_data
        sent = Sent(
            comment=values["comment"],
            request_key=sending.key,
            language=language(),
            now=timezone.now(),
            posted=sending.posted,
        )
        return ask(values, sent)

    if request.method == "POST":
        too_large = _("Votre envoi est trop lourd : envoyez moins de fichiers, ou des photos plus légères.")
        sending = posted_form(request, bind, send, too_large=too_large)
        if sending.is_sent:
            return sent_answer(sending)
    else:
        key = uuid4()
        sending = Sending(form=form(initial={"request_key": key}), key=key)
    told = {
        "form": sending.form,
        "held": held_files(request, sending.key),
        "limits": settings.PROFILE.deposit,
        "sent_reference": sending.reference,
    }
    return render(request, template, {**told, **context}, status=sending.status)
