"""An app or a passkey: the first one before anything else, others later from one's security page (A26)."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from entraide.portal.agent_site.access.entering import ENROL, PAGES, Entering, after_the_factor, half_in
from entraide.portal.agent_site.access.forms import NewAppForm
from entraide.portal.agent_site.access.freshness import is_fresh, needs_fresh_factor, to_confirm
from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.domain.access.factors.queries import has_strong_factor, recovery_codes_left
from entraide.portal.domain.access.factors.recovery import make_recovery_codes
from entraide.portal.domain.access.factors.totp import Enrolment, confirm_totp, resume_totp, start_totp
from entraide.portal.domain.agents.queries import AgentEntrant, agent_entrant
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.wording import language

_KEY = "agent_new_app"


@dataclass(frozen=True, slots=True)
class Enrolling:
    """Who adds a factor: an agent on the way in, who has none (`state`), or one who is signed in."""

    agent: AgentEntrant
    state: Entering | None

    @property
    def is_first(self) -> bool:
        return self.state is not None


def enrolling(request: HttpRequest) -> Enrolling | None:
    """None for everybody else, and for a signed-in agent whose last proof is not fresh.

    A door that was half open before the first factor came is closed by it: the password alone adds none.
    """
    there = half_in(request, ENROL)
    if there is not None:
        state, agent = there
        return None if has_strong_factor(agent.account.pk) else Enrolling(agent, state)
    viewer = request.agent  # type: ignore[attr-defined]
    found = agent_entrant(viewer.account_id) if viewer and is_fresh(request) else None
    return Enrolling(found, None) if found is not None else None


def elsewhere(request: HttpRequest) -> HttpResponse:
    """Where those go who may not add a factor now."""
    return to_confirm(request) if request.agent else redirect("agents:sign-in")  # type: ignore[attr-defined]


def after_enrolment(request: HttpRequest, who: Enrolling) -> str:
    """The name of the next page: with the first factor the door opens."""
    request.session.pop(_KEY, None)
    if who.state is None:
        return "agents:security"
    page = after_the_factor(request, who.state, who.agent)
    return "agents:recovery-codes" if page == "agents:home" else page


@public
@require_safe
def factor(request: HttpRequest) -> HttpResponse:
    """The choice between an app and a passkey."""
    who = enrolling(request)
    if who is None:
        return elsewhere(request)
    return render(request, f"{PAGES}/factor.html", {"is_first": who.is_first})


@public
@require_http_methods(["GET", "POST"])
def app(request: HttpRequest) -> HttpResponse:
    """An app is scanned, then proved by its first code; until then nothing is stored."""
    who = enrolling(request)
    if who is None:
        return elsewhere(request)
    enrolment = _resumed(request, who)
    if enrolment is None and request.method == "POST":
        messages.warning(request, _("C’était trop long : scannez l’image qui suit, puis tapez son code."))
        return redirect("agents:app")
    if enrolment is None:
        enrolment = start_totp(who.agent.account, now=timezone.now())
        request.session[_KEY] = enrolment.sealed
    form = NewAppForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            confirm_totp(
                account=who.agent.account,
                enrolment=enrolment,
                code=form.cleaned_data["code"],
                name=form.cleaned_data["name"],
                language=language(),
                now=timezone.now(),
                only_if_none=who.is_first,
            )
            return redirect(after_enrolment(request, who))
        except DomainError as error:
            form.add_error(error.field, error.message)
    context = {"form": form, "enrolment": enrolment, "is_first": who.is_first}
    return render(request, f"{PAGES}/app.html", context, status=422 if form.errors else 200)


@public
@require_safe
def app_picture(request: HttpRequest) -> HttpResponse:
    """The picture to scan, for the set-up under way."""
    who = enrolling(request)
    enrolment = _resumed(request, who) if who is not None else None
    if enrolment is None:
        raise Http404
    return HttpResponse(enrolment.qr_svg(), content_type="image/svg+xml")


@require_http_methods(["GET", "POST"])
@needs_fresh_factor
def recovery_codes(request: AgentRequest) -> HttpResponse:
    """Ten codes to keep on paper; shown once, in the answer to the form that asks for them."""
    account = request.user
    if request.method == "POST":
        codes = make_recovery_codes(account=account, language=language(), now=timezone.now())
        return render(request, f"{PAGES}/recovery_codes.html", {"codes": codes, "left": len(codes)})
    context = {"codes": (), "left": recovery_codes_left(account.pk)}
    return render(request, f"{PAGES}/recovery_codes.html", context)


def _resumed(request: HttpRequest, who: Enrolling) -> Enrolment | None:
    sealed = request.session.get(_KEY, "")
    return resume_totp(who.agent.account, sealed, now=timezone.now()) if sealed else None
