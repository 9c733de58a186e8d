"""Which roles may open a page (A75): every page beyond one's own access names them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.domain.agents.enums import Role

View = Callable[..., HttpResponseBase]


def roles(*allowed: Role) -> Callable[[View], View]:
    """403 for agents of any other role, whatever the method."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: AgentRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.agent.role not in allowed:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard
