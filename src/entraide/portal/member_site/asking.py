"""A page with a form that asks the mutual for something: shown, posted, sent."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.requests.changes import Sent
from entraide.portal.domain.requests.holding import files_of_form
from entraide.portal.foundation.forms import KeyedForm
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.sending import Sending, posted_form, sent_answer


def change_page(
    request: MemberRequest,
    template: str,
    form: Callable[..., KeyedForm],
    ask: Callable[[dict[str, Any], Sent], str],
    then: Callable[[Sending], HttpResponse] = sent_answer,
    **context: Any,
) -> HttpResponse:
    """The page of a form. `ask` gets the answers and what came with them; it gives a reference.

    `then`: what is answered once it is sent.
    """

    def bind(data: QueryDict) -> KeyedForm:
        return form(data)

    def send(sending: Sending) -> str:
        values = sending.form.cleaned_data
        sent = Sent(
            comment=values.get("comment", ""),
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
            return then(sending)
    else:
        key = uuid4()
        sending = Sending(form=form(initial={"request_key": key}), key=key)
    told = {
        "form": sending.form,
        "held": files_of_form(request.viewer, sending.key),
        "limits": settings.PROFILE.deposit,
        "sent_reference": sending.reference,
    }
    return render(request, template, {**told, **context}, status=sending.status)
