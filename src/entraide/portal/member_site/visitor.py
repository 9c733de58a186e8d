"""Who is known on a public page."""

from django.conf import settings

from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.web.sessions import TERMS
from entraide.portal.member_site.member_request import MemberRequest


def viewer_of(request: MemberRequest) -> Viewer | None:
    """Who is signed in and has accepted the terms; for all others a public page knows nobody."""
    accepted = request.session.get(TERMS) == settings.PROFILE.terms.digest
    return request.viewer if accepted and request.viewer else None
