"""The second step: a human check, with pictures or a question (AUTH-04, X5)."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from entraide.portal.foundation.accounts.human import Challenge
from entraide.portal.foundation.accounts.pictures import draw
from entraide.portal.foundation.web.public import public
from entraide.portal.member_site.access.flow import PAGES, Entering
from entraide.portal.member_site.access.forms import AnswerForm
from entraide.portal.member_site.access.steps import go_on


@public
@require_http_methods(["GET", "POST"])
def human_check(request: HttpRequest) -> HttpResponse:
    """AUTH-04, X5: pictures with a question beside them, or the question alone, as the profile says."""
    state = Entering.of(request, "human")
    found = state.entrant() if state else None
    if state is None or found is None:
        return redirect("sign-in")
    status, error = 200, ""
    if request.method == "POST":
        challenge = _challenge(request)
        # A challenge serves once, right or wrong.
        request.session.pop("challenge", None)
        if challenge is not None and _passes(request, challenge):
            return go_on(request, state, found)
        status, error = 422, _("Ce n’est pas la bonne réponse. En voici une autre, prenez votre temps.")
    challenge = Challenge.fresh()
    request.session["challenge"] = challenge.to_store()
    context = {
        "form": AnswerForm(),
        "challenge": challenge,
        "positions": range(len(challenge.kinds)),
        "with_pictures": settings.PROFILE.security.check_at_sign_in == "images",
        "error": error,
    }
    return render(request, f"{PAGES}/human_check.html", context, status=status)


def _challenge(request: HttpRequest) -> Challenge | None:
    values = request.session.get("challenge")
    return Challenge.stored(values) if values else None


def _passes(request: HttpRequest, challenge: Challenge) -> bool:
    answer = request.POST.get("answer", "")
    if answer.strip():
        return challenge.answer_is_right(answer)
    return challenge.picks_are_right(request.POST.getlist("choice"))


@public
@require_safe
def picture(request: HttpRequest, position: int) -> HttpResponseBase:
    """One picture of the challenge under way, drawn for it."""
    challenge = _challenge(request)
    if challenge is None or position >= len(challenge.kinds):
        raise Http404
    drawing = draw(challenge.kinds[position], seed=f"{challenge.seed}:{position}")
    return HttpResponse(drawing, content_type="image/png")
