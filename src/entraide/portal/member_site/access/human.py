"""The human check: at sign-in a step of its own, at reset a part of the form (AUTH-04, PWD-01, X5)."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from entraide.portal.foundation.accounts.human import WORK_BITS, WORK_PARTS, Challenge, spend
from entraide.portal.foundation.accounts.pictures import draw
from entraide.portal.foundation.web.parameters import one_value_each
from entraide.portal.foundation.web.public import public
from entraide.portal.member_site.access.flow import PAGES, Entering
from entraide.portal.member_site.access.forms import CheckForm
from entraide.portal.member_site.access.steps import go_on


@dataclass(frozen=True, slots=True)
class Place:
    """Where a check is asked: the session's key for it, the setting that chooses its kind, its pictures."""

    key: str
    setting: str
    picture: str

    @property
    def kind(self) -> str:
        """`images`, `question` or `proof_of_work`, as the profile says."""
        return str(getattr(settings.PROFILE.security, self.setting))


SIGN_IN = Place("challenge", "check_at_sign_in", "human-picture")
RESET = Place("reset_challenge", "check_at_reset", "reset-picture")


class Verdict(Enum):
    RIGHT = "right"
    WRONG = "wrong"
    SPENT = "spent"


def ask(request: HttpRequest, place: Place) -> dict[str, Any]:
    """What the page needs to ask; a new challenge at each opening and after each answer."""
    values = request.session.get(place.key) if request.method == "POST" else None
    challenge = Challenge.stored(values) if values else Challenge.fresh()
    request.session[place.key] = challenge.to_store()
    images = [
        {"value": str(position), "url": reverse(place.picture, args=[position]), "label": _label(position)}
        for position in range(len(challenge.kinds))
    ]
    return {
        "kind": place.kind,
        "challenge": challenge,
        "images": images,
        "work": {"parts": WORK_PARTS, "bits": WORK_BITS},
    }


def _label(position: int) -> str:
    return _("Image %(number)d") % {"number": position + 1}


def judge(request: HttpRequest, place: Place, form: CheckForm) -> Verdict:
    """Uses the challenge up and says whether the answer is right; else ties the reason to its field.

    Nothing is written to the session when another request was first: it may have gone on already.
    """
    values = request.session.get(place.key)
    challenge = Challenge.stored(values) if values else None
    now = timezone.now()
    if challenge is None or challenge.is_over(now):
        request.session.pop(place.key, None)
        form.refuse(_("Trop de temps a passé : voici une nouvelle vérification."), kind=place.kind)
        return Verdict.WRONG
    if not spend(challenge, now=now):
        form.refuse(_("Cette vérification a déjà servi : en voici une nouvelle."), kind=place.kind)
        return Verdict.SPENT
    request.session.pop(place.key, None)
    if _is_right(challenge, place.kind, form):
        return Verdict.RIGHT
    form.refuse(_wrong_words(form, place.kind), kind=place.kind)
    return Verdict.WRONG


def _wrong_words(form: CheckForm, kind: str) -> str:
    if form.typed_answer or form.picked:
        return _("Ce n’est pas la bonne réponse. En voici une autre, prenez votre temps.")
    if kind == "images":
        return _("Choisissez les images demandées, ou répondez à la question.")
    if kind == "proof_of_work":
        return _("La vérification automatique n’a pas abouti. Recommencez, ou répondez à la question.")
    return _("Répondez à la petite question.")


def _is_right(challenge: Challenge, kind: str, form: CheckForm) -> bool:
    typed = form.typed_answer
    if typed:
        return challenge.answer_is_right(typed)
    if kind == "images":
        return challenge.picks_are_right(form.picked)
    return kind == "proof_of_work" and challenge.work_is_right(form.proof_of_work)


@public
@require_http_methods(["GET", "POST"])
@one_value_each(but=frozenset({"choice"}))
def human_check(request: HttpRequest) -> HttpResponse:
    """AUTH-04, X5: pictures, a question or a piece of work, as the profile says; always with the question."""
    state = Entering.of(request, "human")
    found = state.entrant() if state else None
    if state is None or found is None:
        return redirect("sign-in")
    form = CheckForm(request.POST if request.method == "POST" else None, kind=SIGN_IN.kind)
    if request.method == "POST":
        verdict = judge(request, SIGN_IN, form)
        if verdict is Verdict.RIGHT:
            return go_on(request, state, found)
        if verdict is Verdict.SPENT:
            # A double click: the first one may be through; written here, the session would lose its step.
            return redirect("human-check")
    context = {"form": form, "asked": ask(request, SIGN_IN), "policy": settings.PROFILE.security}
    return render(request, f"{PAGES}/human_check.html", context, status=422 if form.errors else 200)


@public
@require_safe
def picture(request: HttpRequest, position: int) -> HttpResponseBase:
    """One picture of the challenge under way at sign-in, drawn for it."""
    return _picture(request, SIGN_IN, position)


@public
@require_safe
def reset_picture(request: HttpRequest, position: int) -> HttpResponseBase:
    """One picture of the challenge under way on the page of the forgotten password."""
    return _picture(request, RESET, position)


def _picture(request: HttpRequest, place: Place, position: int) -> HttpResponseBase:
    values = request.session.get(place.key)
    challenge = Challenge.stored(values) if values else None
    if challenge is None or place.kind != "images" or position >= len(challenge.kinds):
        raise Http404
    drawing = draw(challenge.kinds[position], seed=f"{challenge.seed}:{position}")
    return HttpResponse(drawing, content_type="image/png")
