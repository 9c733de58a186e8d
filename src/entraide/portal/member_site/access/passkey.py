"""Coming in with a passkey: no number, no password, no SMS; it is both proofs in one (A26)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entraide.portal.domain.access.factors.passkeys import (
    may_ask,
    passkey_refusal,
    sign_in_options,
    use_passkey,
)
from entraide.portal.domain.access.queries import entrant
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.web.json_body import json_object
from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.source import source_of
from entraide.portal.member_site.access.credentials import ask, asked_of, credential_of, refused, text_of
from entraide.portal.member_site.access.flow import Entering, enter, safe_next


@public
@require_POST
def options(request: HttpRequest) -> HttpResponse:
    """The question for the device. After the password only the passkeys of that account may answer."""
    now = timezone.now()
    if not may_ask(source_of(request), now=now):
        words = _("Trop d’essais depuis votre connexion. Attendez cinq minutes avant de recommencer.")
        return JsonResponse({"error": words}, status=429)
    state = Entering.of(request, "factor")
    found = state.entrant() if state else None
    return ask(request, sign_in_options(found.account if found else None, now=now))


@public
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """A lock or an age of the password changes nothing here: no password was asked for."""
    body = json_object(request)
    state = Entering.of(request, "factor")
    half = state.entrant() if state else None
    try:
        account = use_passkey(
            state=asked_of(request),
            response=credential_of(body),
            account=half.account if half else None,
            now=timezone.now(),
        )
    except DomainError as error:
        return refused(error)
    found = entrant(account.pk, on=timezone.localdate())
    if found is None:
        return refused(passkey_refusal())
    next_page = state.next if state is not None and half else safe_next(text_of(body, "next"))
    return JsonResponse({"next": enter(request, found, next_page=next_page)})
