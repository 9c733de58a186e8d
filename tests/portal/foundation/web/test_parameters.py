"""Fields that come once (A60, 15.3.7)."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from entraide.portal.foundation.web.parameters import one_value_each


@one_value_each(but=frozenset({"choice"}))
def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("seen")


@pytest.mark.parametrize("values", [{}, {"a": "1", "b": "2"}, {"choice": ["1", "2"], "a": ""}])
def test_fields_that_come_once_and_those_that_may_repeat_pass(values: dict[str, object]) -> None:
    assert page(RequestFactory().post("/", values)).content == b"seen"


@pytest.mark.parametrize(
    "request_",
    [
        RequestFactory().post("/", {"a": ["1", "1"]}),
        RequestFactory().get("/?a=1&a=2"),
        RequestFactory().post("/?b=1&b=2", {"a": "1"}),
        RequestFactory().get("/?a=&a="),
    ],
    ids=["body", "address", "address of a form", "blank"],
)
def test_a_field_that_comes_twice_is_refused(request_: HttpRequest) -> None:
    with pytest.raises(SuspiciousOperation):
        page(request_)
