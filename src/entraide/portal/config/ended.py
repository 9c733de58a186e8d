"""A form that came after its session: nothing was done, and what was typed goes back to its writer."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from entraide.portal.foundation.web.session_cookie import AGENT_PAGES, is_agent_page
from entraide.portal.foundation.web.sessions import ENDED
from entraide.portal.foundation.web.typed import typed_texts
from entraide.profiles import PAGE_ADDRESSES


def sign_in_address(request: HttpRequest, *, ended: bool) -> str:
    """Where to sign in and come back from; `ended`: the page says that a session was over."""
    if is_agent_page(request):
        return f"{AGENT_PAGES}connexion/{f'?{ENDED}=1' if ended else ''}"
    values = {}
    # A page that is only posted to cannot be come back to; the home page needs no saying.
    if request.path != "/" and (request.method == "GET" or request.path in PAGE_ADDRESSES.values()):
        values["next"] = request.path
    if ended:
        values[ENDED] = "1"
    return f"{reverse('sign-in')}?{urlencode(values)}" if values else reverse("sign-in")


def ended_page(request: HttpRequest, view: Callable[..., Any]) -> HttpResponse:
    """403: the session is over, nothing was sent; the texts to copy, never a secret."""
    request.viewer = request.agent = None  # type: ignore[attr-defined]
    context = {
        "typed": typed_texts(request, view),
        # Of a stranger's form no file is read, so only its kind tells.
        "had_files": request.content_type == "multipart/form-data",
        "sign_in_address": sign_in_address(request, ended=False),
    }
    return render(request, "design/errors/ended.html", context, status=403)
