"""Bodies and addresses in another coding than UTF-8 are refused unread (A60, A61)."""

import time

import pytest
from django.test import Client, RequestFactory
from django.test.client import FakePayload

from entraide.portal.config.wsgi import application
from entraide.portal.foundation.web.text_coding import Utf8Request

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def as_in_the_web_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests are of the kind that the web server makes (config/wsgi.py)."""
    assert application.request_class is Utf8Request
    monkeypatch.setattr("django.test.client.WSGIRequest", Utf8Request)


@pytest.mark.parametrize(
    "charset", ["punycode", "hex", "rot13", "idna", "undefined", "utf-16", "utf-7", "latin-1", "nothing"]
)
@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=x", "text/plain"])
def test_another_coding_is_refused(client: Client, charset: str, kind: str) -> None:
    said = f"{kind}; charset={charset}"
    for method in ("GET", "POST"):
        answer = client.generic(method, "/connexion/?next=%E9", b"password=%E9", content_type=said)
        assert answer.status_code == 400
        assert "text/html" in answer.headers["Content-Type"]


def test_a_coding_that_is_slow_to_read_is_not_read(client: Client) -> None:
    """A12"""
    began = time.process_time()
    body = b"password=a-" + b"b" * 400_000
    answer = client.generic("POST", "/connexion/", body, content_type=f"{FORM}; charset=punycode")

    assert answer.status_code == 400
    assert time.process_time() - began < 1


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "us-ascii"])
def test_ours_is_read(client: Client, charset: str) -> None:
    answer = client.post("/connexion/", b"member_number=%C3%A9", content_type=f"{FORM}; charset={charset}")

    assert answer.status_code == 422
    assert 'value="é"' in answer.content.decode()


@pytest.mark.parametrize("charset", ["us-ascii", "punycode", "hex"])
def test_the_name_of_a_coding_is_never_followed(charset: str) -> None:
    environ = RequestFactory()._base_environ(
        REQUEST_METHOD="POST",
        CONTENT_TYPE=f"{FORM}; charset={charset}",
        CONTENT_LENGTH="8",
        QUERY_STRING="b=%C3%A8",
        **{"wsgi.input": FakePayload(b"a=%C3%A9")},
    )
    request = Utf8Request(environ)

    assert request.content_params == {"charset": charset}
    assert (request.POST["a"], request.GET["b"]) == ("é", "è")


@pytest.mark.parametrize("coding", ["hex", "undefined", "punycode", "nothing"])
def test_the_parts_of_a_form_name_no_coding_that_fails(client: Client, coding: str) -> None:
    """A61: a name in a coding of its own is no field of ours."""
    part = f"--x\r\nContent-Disposition: form-data; name*={coding}''%E9a-b\r\n\r\n1\r\n--x--\r\n"
    answer = client.post("/connexion/", part.encode(), content_type="multipart/form-data; boundary=x")

    assert answer.status_code == 422
