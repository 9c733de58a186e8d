"""Is this card valid? For anybody, without an account (B-07). A code comes in a form, never in a log."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from entraide.formats.card_code import write_keys
from entraide.portal.domain.card.checking import CheckedCard, TooManyChecks, check_card_for
from entraide.portal.domain.card.codes import card_keys
from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.source import source_of
from entraide.portal.member_site.card.forms import CheckForm
from entraide.portal.member_site.card.words import verdict


@public
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """`/carte/verifier/`: a QR opens it, and the script takes the code from behind the #; or it is pasted."""
    if request.method != "POST":
        return _page(request, CheckForm())
    form = CheckForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        found = check_card_for(source_of(request), form.cleaned_data["code"], now=timezone.now())
    except TooManyChecks as refusal:
        form.add_error("code", refusal.message)
        return _page(request, form, status=HTTPStatus.TOO_MANY_REQUESTS)
    status = HTTPStatus.OK if found.is_valid else HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(request, CheckForm(), found=found, status=status)


@public
@require_safe
def keys(_request: HttpRequest) -> HttpResponse:
    """`/carte/verifier/cles.txt`: the public keys, for who checks offline."""
    answer = HttpResponse(write_keys(card_keys().values()), content_type="text/plain; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(
    request: HttpRequest, form: CheckForm, *, found: CheckedCard | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"form": form, "found": found, "verdict": verdict(found.state) if found else None}
    return render(request, "member_site/card/check.html", context, status=status)
