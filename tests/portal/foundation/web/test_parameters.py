"""Fields that come once (A60, 15.3.7)."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

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


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["/connexion/", "/connexion/code/", "/connexion/mobile/", "/connexion/secours/", "/premiere-connexion/",
     "/mot-de-passe-oublie/", "/gestion/connexion/", "/gestion/connexion/code/", "/langue/"],
)  # fmt: skip
def test_no_form_of_ours_takes_a_field_twice(client: Client, path: str) -> None:
    assert client.post(path, {"a": ["1", "2"]}).status_code == 400
    assert client.post(f"{path}?next=/a/&next=/b/", {"a": "1"}).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/securite/", "/depot/", "/securite/confirmer/", "/deconnexion/"])
def test_nor_does_one_inside_the_space(member_client: Client, path: str) -> None:
    assert member_client.post(path, {"password": ["1", "2"]}).status_code == 400


@pytest.mark.django_db
def test_pictures_are_chosen_several_at_once(client: Client) -> None:
    assert client.post("/mot-de-passe-oublie/", {"choice": ["1", "2"]}).status_code == 422
    assert client.get("/connexion/?next=/a/&next=/b/").status_code == 400
