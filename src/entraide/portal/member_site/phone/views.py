"""What this phone keeps, and how the portal becomes an app on it (MOB-01, B-07)."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.push.actions import AT_MOST
from entraide.portal.domain.push.keys import public_sender_key
from entraide.portal.domain.push.queries import push_devices_of
from entraide.portal.member_site.keeping import choose_offline, keeps_offline
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.phone.contact import FILE_NAME, KIND

_CARD, _NOTHING = "card", "nothing"
_CHOOSE = gettext_lazy("Choisissez une réponse.")


class KeepForm(forms.Form):
    keep = forms.ChoiceField(
        label=gettext_lazy("Que garder sur cet appareil ?"),
        widget=forms.RadioSelect,
        choices=[
            (_CARD, gettext_lazy("Ma carte, jusqu’à ma déconnexion")),
            (_NOTHING, gettext_lazy("Rien")),
        ],
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def phone(request: MemberRequest) -> HttpResponse:
    """`/telephone/`: the choice is of this browser, not of the person, and stays when they sign out."""
    if request.method != "POST":
        return _page(request, KeepForm(initial={"keep": _CARD if keeps_offline(request) else _NOTHING}))
    form = KeepForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    keeps = form.cleaned_data["keep"] == _CARD
    choose_offline(request, keeps=keeps)
    messages.success(
        request,
        _("Votre carte s’ouvrira sans réseau une fois que vous l’aurez ouverte ici.")
        if keeps
        else _("Cet appareil ne garde plus rien de votre espace."),
    )
    return redirect("phone")


def _page(request: MemberRequest, form: KeepForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "hours": settings.PROFILE.security.session_hours,
        "contact_name": FILE_NAME,
        "contact_type": KIND,
        "devices": push_devices_of(request.viewer),
        "sender_key": public_sender_key(),
        "most": AT_MOST,
    }
    return render(request, "member_site/phone/phone.html", context, status=status)
