"""A request whose body is one small JSON object, as our own scripts send it."""

import json
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest

AT_MOST_BYTES = 32_000
AT_MOST_DEPTH = 20


def json_object(request: HttpRequest) -> dict[str, Any]:
    """The object of the body; raises BadRequest (400) for anything else, too long or too deep (A60)."""
    if request.content_type != "application/json" or len(request.body) > AT_MOST_BYTES:
        raise BadRequest("not a small JSON body")
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        raise BadRequest("not JSON") from None
    if not isinstance(found, dict) or _is_deep(found, AT_MOST_DEPTH):
        raise BadRequest("not a flat object")
    return found


def _is_deep(value: Any, left: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return left == 0 or any(_is_deep(one, left - 1) for one in inner)
