"""Going out (A31)."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.domain.access.sessions import forget_session
from entraide.portal.foundation.web.session_cookie import forget_cookie
from entraide.portal.foundation.web.session_store import fingerprint
from entraide.portal.foundation.web.sessions import drop_session

SIGNED_OUT = "sortie"


@require_POST
def sign_out(request: AgentRequest) -> HttpResponse:
    """A31: the session ends here and the browser forgets what it kept of this site."""
    _leave(request)
    forget_cookie(request)
    # Said through the address: a message would need a session of its own.
    response = redirect(f"{reverse('agents:sign-in')}?{SIGNED_OUT}=1")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@require_POST
def stay(request: AgentRequest) -> HttpResponse:
    """A28: somebody is there. The gate has noted it; nothing more is done."""
    return HttpResponse(status=204)


@require_POST
def end_quiet(request: AgentRequest) -> HttpResponse:
    """A28: nobody is there. The session ends; the cookie stays: a late form is known by it."""
    _leave(request)
    return HttpResponse(status=204)


def _leave(request: AgentRequest) -> None:
    forget_session(fingerprint(request.session))
    drop_session(request)
