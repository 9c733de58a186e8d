"""While somebody helps: the other one's file takes the place of their own, on the pages that are open to it.

By default none is: a page that a helper may open says so (`member_site/helping.py`). So a new page stays
closed, and what it shows is cut by the same queries, which see a viewer who is nobody's relative.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.consultations.actions import Reading, consulted_by_helper
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.sharing.queries import helped_viewer
from entraide.portal.foundation.web.public import is_before_terms
from entraide.portal.foundation.web.sessions import HELPING
from entraide.portal.foundation.web.source import source_of
from entraide.portal.member_site.helping import first_page, helper_rule, is_as_oneself, opens

View = Callable[..., Any]


def open_file(request: HttpRequest, view: View, viewer: Viewer) -> HttpResponse | None:
    """Sets `request.viewer` to the file of who is helped; Http404 for a page that is not open to this help.

    Help that is over leads back to the helper's own pages, and a form sent meanwhile does nothing.
    """
    chosen = request.session.get(HELPING)
    if chosen is None or is_before_terms(view) or is_as_oneself(view):
        return None
    helped = helped_viewer(viewer, UUID(chosen), on=timezone.localdate())
    if helped is None or helped.helping is None:
        del request.session[HELPING]
        messages.warning(
            request, _("Votre aide a pris fin : vous voici de nouveau dans votre propre espace.")
        )
        return redirect("sharing")
    request.viewer = helped  # type: ignore[attr-defined]
    if request.path == reverse("home"):
        return redirect(first_page(helped.helping))
    if not opens(view, helped.helping):
        raise Http404
    return None


def note_help(request: HttpRequest, view: View, kwargs: Mapping[str, Any], response: HttpResponse) -> None:
    """What a helper was shown goes to the journal of the one they help, before it leaves (A68)."""
    viewer, rule = getattr(request, "viewer", None), helper_rule(view)
    if viewer and viewer.helping is not None and rule is not None and response.status_code == HTTPStatus.OK:
        thing = next((one for one in kwargs.values() if isinstance(one, UUID)), None)
        reading = Reading(viewer.person_id, rule.seen, thing)
        consulted_by_helper(viewer, reading, network=source_of(request), now=timezone.now())
