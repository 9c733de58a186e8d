"""Setting up an authenticator app or a passkey (A26)."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entraide.portal.domain.access.factors.passkeys import register, register_options
from entraide.portal.domain.access.factors.totp import Enrolment, confirm_totp, resume_totp, start_totp
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.web.json_body import json_object
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.access.credentials import ask, asked_of, credential_of, refused, text_of
from entraide.portal.member_site.access.factor_forms import AppCodeForm, NameField
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.security.factors import PAGES, account_of, after_adding
from entraide.portal.member_site.step_up import is_fresh, needs_fresh_factor

_NEW_APP = "new_app"


class NewAppForm(AppCodeForm):
    name = NameField(
        label=gettext_lazy("Nom, pour la reconnaître plus tard"),
        help_text=gettext_lazy("Par exemple : téléphone de Marie."),
    )


class NewKeyForm(AppCodeForm):
    code = None  # type: ignore[assignment]
    name = NameField(
        label=gettext_lazy("Nom, pour la reconnaître plus tard"),
        help_text=gettext_lazy("Par exemple : ordinateur du salon."),
    )


@require_http_methods(["GET", "POST"])
@needs_fresh_factor()
def app(request: MemberRequest) -> HttpResponse:
    """A picture to scan or a key to type, then a first code that proves it; the app is stored only then."""
    account = account_of(request)
    enrolment = _enrolment(request, account)
    if enrolment is None and request.method == "POST":
        messages.warning(request, _("C’était trop long : scannez l’image qui suit, puis tapez son code."))
        return redirect("factor-app")
    if enrolment is None:
        enrolment = start_totp(account, now=timezone.now())
        request.session[_NEW_APP] = enrolment.sealed
    form = NewAppForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            confirm_totp(
                account=account,
                enrolment=enrolment,
                code=form.cleaned_data["code"],
                name=form.cleaned_data["name"],
                language=language(),
                now=timezone.now(),
            )
            request.session.pop(_NEW_APP, None)
            messages.success(request, _("Votre application est enregistrée : elle remplace le SMS."))
            return redirect(after_adding(request, account))
        except DomainError as error:
            form.add_error(error.field, error.message)
    context = {"form": form, "enrolment": enrolment}
    return render(request, f"{PAGES}/factor_app.html", context, status=422 if form.errors else 200)


@require_safe
def app_picture(request: MemberRequest) -> HttpResponse:
    """The picture that the app scans: for this session only, while its proof is fresh, kept nowhere."""
    enrolment = _enrolment(request, account_of(request)) if is_fresh(request) else None
    if enrolment is None:
        raise Http404
    response = HttpResponse(enrolment.qr_svg(), content_type="image/svg+xml")
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
@needs_fresh_factor()
def key(request: MemberRequest) -> HttpResponse:
    """The page of a new passkey; the script posts what the device answered."""
    if request.method == "GET":
        return render(request, f"{PAGES}/factor_key.html", {"form": NewKeyForm()})
    body, account = json_object(request), account_of(request)
    try:
        register(
            account=account,
            state=asked_of(request),
            response=credential_of(body),
            name=text_of(body, "name"),
            language=language(),
            now=timezone.now(),
        )
    except DomainError as error:
        return refused(error)
    messages.success(
        request, _("Votre clé d’accès est enregistrée : elle remplace le mot de passe et le SMS.")
    )
    return JsonResponse({"next": after_adding(request, account)})


@require_POST
@needs_fresh_factor(back_to="factor-key")
def key_options(request: MemberRequest) -> HttpResponse:
    name = request.viewer.full_name
    return ask(request, register_options(account_of(request), display_name=name, now=timezone.now()))


def _enrolment(request: MemberRequest, account: Account) -> Enrolment | None:
    sealed = request.session.get(_NEW_APP)
    return resume_totp(account, sealed, now=timezone.now()) if sealed else None
