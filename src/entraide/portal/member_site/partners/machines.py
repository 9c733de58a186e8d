"""For the machines of partners: the public keys, and whether a token may serve (once)."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from entraide.formats.handover_token import write_key_set
from entraide.portal.domain.handover.actions import TooManyChecks, use_token_from
from entraide.portal.domain.handover.keys import handover_keys
from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.source import source_of


@public
@require_safe
def keys(_request: HttpRequest) -> HttpResponse:
    """`/passage/cles.json`: a JSON Web Key Set."""
    return HttpResponse(write_key_set(handover_keys().values()), content_type="application/jwk-set+json")


# A token and a name with room around them; a stranger's megabytes are not even read.
_MOST_BYTES = 16 * 1024


# No browser comes here: a token in the form is all the right there is.
@public
@csrf_exempt
@require_POST
def check(request: HttpRequest) -> JsonResponse:
    """`/passage/verifier/`: `token`, `audience`; 200 once for each token, else 422 with the reason."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > _MOST_BYTES:
        return JsonResponse({"state": "malformed"}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    text, audience = request.POST.get("token", ""), request.POST.get("audience", "")
    try:
        found = use_token_from(source_of(request), text, audience=audience, now=timezone.now())
    except TooManyChecks:
        return JsonResponse({"state": "too_many_checks"}, status=HTTPStatus.TOO_MANY_REQUESTS)
    if not found.is_valid or found.claims is None:
        return JsonResponse({"state": found.state.value}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    told = {"state": "valid", "subject": found.claims.subject, "actor": found.claims.actor}
    return JsonResponse(told)
