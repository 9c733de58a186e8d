"""Fields that come once: two values under one name are read differently by different readers (A60)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


class OneValueEach:
    """Refuses with 400 a form that gives a field twice, in its body or its address.

    Of every view, before it runs, and after the gate. `one_value_each` says which fields may repeat.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> None:
        if request.method == "POST":
            _check(request, but=getattr(view, "may_repeat", frozenset()))


def one_value_each(*, but: frozenset[str] = frozenset()) -> Callable[[View], View]:
    """The same when the page is only opened; the fields `but` may repeat, in its forms too."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            _check(request, but=but)
            return view(request, *args, **kwargs)

        guarded.may_repeat = but  # type: ignore[attr-defined]
        return guarded

    return guard


def _check(request: HttpRequest, *, but: frozenset[str]) -> None:
    for values in (request.GET, request.POST):
        if any(len(found) > 1 for name, found in values.lists() if name not in but):
            raise SuspiciousOperation("a field came twice")
