"""Fields that come once: two values under one name are read differently by different readers (A60)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def one_value_each(*, but: frozenset[str] = frozenset()) -> Callable[[View], View]:
    """Refuses with 400 a request that gives a field twice, in its body or its address; `but` may repeat."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            for values in (request.GET, request.POST):
                if any(len(found) > 1 for name, found in values.lists() if name not in but):
                    raise SuspiciousOperation("a field came twice")
            return view(request, *args, **kwargs)

        return guarded

    return guard
