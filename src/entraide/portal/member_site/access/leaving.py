"""Going out, and staying in (A28, A31)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from entraide.portal.foundation.web.public import before_terms
from entraide.portal.foundation.web.session_cookie import forget_cookie
from entraide.portal.member_site.access.flow import SIGNED_OUT, leave


@before_terms
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """A31: the session ends here and the browser forgets what it kept of this site."""
    leave(request)
    forget_cookie(request)
    # Said through the address: a message would need a session of its own.
    response = redirect(f"{reverse('sign-in')}?{SIGNED_OUT}=1")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@before_terms
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """A28: somebody is there. The gate has noted it; nothing more is done."""
    return HttpResponse(status=204)


@before_terms
@require_POST
def end_quiet(request: HttpRequest) -> HttpResponse:
    """A28: nobody is there. The session ends; the cookie stays: a late form is known by it."""
    leave(request)
    return HttpResponse(status=204)
