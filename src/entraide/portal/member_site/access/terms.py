"""The terms of use, at the first sign-in and whenever they change (AUTH-10)."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.access.actions.terms import accept_terms, proof_of_terms
from entraide.portal.foundation.web.parameters import one_value_each
from entraide.portal.foundation.web.public import before_terms
from entraide.portal.foundation.web.sessions import TERMS
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.access.flow import safe_next
from entraide.portal.member_site.access.forms import TermsForm
from entraide.portal.member_site.access.offer import by_the_offer
from entraide.portal.member_site.member_request import MemberRequest


@before_terms
@require_http_methods(["GET", "POST"])
@one_value_each()
def accept(request: MemberRequest) -> HttpResponse:
    """AUTH-10, A14: the text, one box; once accepted, the proof of it."""
    viewer = request.viewer
    next_page = safe_next(request.POST.get("next") or request.GET.get("next", ""))
    form = TermsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        accept_terms(viewer, language=language(), now=timezone.now())
        request.session[TERMS] = settings.PROFILE.terms.digest
        return redirect(by_the_offer(request, request.user, next_page))  # type: ignore[arg-type]
    context = {
        "form": form,
        "next": next_page,
        "terms": settings.PROFILE.terms,
        "proof": proof_of_terms(viewer.account_id),
        "policy": settings.PROFILE.security,
    }
    return render(request, "member_site/access/terms.html", context, status=422 if form.errors else 200)
