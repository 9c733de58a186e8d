"""Ending sessions that are open elsewhere (A29)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from entraide.portal.domain.access.actions.sessions import close_other_sessions, close_session
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.web.session_store import fingerprint
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.step_up import needs_fresh_factor


@require_POST
@needs_fresh_factor(back_to="security")
def close(request: MemberRequest, session_id: UUID) -> HttpResponse:
    """Ends one session of the member's own."""
    try:
        close_session(viewer=request.viewer, session_id=session_id)
    except DomainError as error:
        messages.info(request, error.message)
    else:
        messages.success(request, _("Cet appareil est déconnecté."))
    return redirect("security")


@require_POST
@needs_fresh_factor(back_to="security")
def close_others(request: MemberRequest) -> HttpResponse:
    """Ends every session of the member's own but this one."""
    count = close_other_sessions(viewer=request.viewer, this=fingerprint(request.session))
    words = ngettext(
        "%(count)d autre appareil est déconnecté.", "%(count)d autres appareils sont déconnectés.", count
    )
    messages.success(
        request, words % {"count": count} if count else _("Aucun autre appareil n’était connecté.")
    )
    return redirect("security")
