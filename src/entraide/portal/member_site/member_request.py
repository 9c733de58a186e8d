"""The request of a private page: the gate has set who asks."""

from django.http import HttpRequest

from entraide.portal.domain.members.viewer import Viewer


class MemberRequest(HttpRequest):
    viewer: Viewer
