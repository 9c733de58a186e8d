"""The demo's helpers: 404 outside the demo."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from entraide.portal.foundation.web.public import public
from entraide.portal.member_site.demo.accounts import accounts, agents, members
from entraide.portal.notifications.queries import Sent, closed_policy, message_sent, messages_sent

View = Callable[..., HttpResponse]


def demo_only(view: View) -> View:
    """Public, and there only with ENTRAIDE_DEMO=1."""

    @public
    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.ENTRAIDE.demo:
            raise Http404
        return view(request, *args, **kwargs)

    return shown


def closed_page(html: str) -> HttpResponse:
    """A mail by itself: its own style, no script, no picture, nothing from elsewhere."""
    response = HttpResponse(html)
    response.headers["Content-Security-Policy"] = closed_policy(html)
    return response


@demo_only
def index(request: HttpRequest) -> HttpResponse:
    context = {"accounts": members(), "agents": agents()}
    return render(request, "member_site/demo/index.html", context)


@demo_only
def accounts_json(request: HttpRequest) -> HttpResponse:
    return JsonResponse(accounts(), safe=False, json_dumps_params={"ensure_ascii": False})


@demo_only
def outbox(request: HttpRequest) -> HttpResponse:
    return render(request, "member_site/demo/outbox.html", {"messages_sent": _asked(request, limit=100)})


@demo_only
def outbox_json(request: HttpRequest) -> HttpResponse:
    rows = [_row(one) for one in _asked(request)]
    return JsonResponse(rows, safe=False, json_dumps_params={"ensure_ascii": False})


def _asked(request: HttpRequest, *, limit: int | None = None) -> list[Sent]:
    """`?to=` and `?channel=` narrow the mailbox; the plus of a mobile, typed as it is, arrives as a space."""
    to = request.GET.get("to", "").replace(" ", "+")
    return messages_sent(limit=limit, to=to, channel=request.GET.get("channel", ""))


def _row(one: Sent) -> dict[str, Any]:
    return {
        "channel": one.channel,
        "to": one.to,
        "subject": one.subject,
        "body": one.body,
        "html": one.html,
        "attachments": [{"name": name, "size": size} for name, size in one.attachments],
        "headers": one.headers,
        "at": one.at.isoformat(),
    }


@demo_only
def message(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """A mail as its reader sees it, in its own closed page."""
    found = message_sent(delivery_id)
    if found is None or not found.html:
        raise Http404
    return closed_page(found.html)
