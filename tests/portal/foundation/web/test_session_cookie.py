"""Which cookie holds the session, and how long it stays (A33, A74)."""

import pytest
from django.conf import LazySettings, settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from entraide.portal.foundation.web.cookies import LaterCookies, set_cookie_later
from entraide.portal.foundation.web.session_cookie import SessionCookie, forget_cookie
from entraide.portal.foundation.web.session_store import SessionStore

pytestmark = pytest.mark.django_db
MEMBERS, AGENTS = settings.SESSION_COOKIE_NAME, settings.AGENT_SESSION_COOKIE_NAME


def note(request: HttpRequest) -> HttpResponse:
    request.session["noted"] = request.path
    return HttpResponse()


def read(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.session.get("noted", ""))


def test_each_side_has_a_cookie_and_a_session_of_its_own() -> None:
    """A74"""
    factory = RequestFactory()
    for path in ("/contrat/", "/gestion/dossiers/"):
        answer = SessionCookie(note)(factory.get(path))
        for name, cookie in answer.cookies.items():
            factory.cookies[name] = cookie.value

    assert set(factory.cookies) == {MEMBERS, AGENTS}
    assert SessionCookie(read)(factory.get("/")).content == b"/contrat/"
    assert SessionCookie(read)(factory.get("/gestion/")).content == b"/gestion/dossiers/"
    assert SessionCookie(read)(factory.get("/gestionnaire/")).content == b"/contrat/"


@pytest.mark.parametrize("path", ["/", "/gestion/"])
def test_the_cookie_is_for_this_site_and_no_script(path: str, settings: LazySettings) -> None:
    """A33"""
    settings.SESSION_COOKIE_SECURE = True
    (cookie,) = SessionCookie(note)(RequestFactory().get(path)).cookies.values()

    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert not cookie["domain"]


def test_a_session_that_nobody_changed_is_not_written() -> None:
    assert not SessionCookie(read)(RequestFactory().get("/")).cookies


def test_a_session_ended_meanwhile_stays_ended() -> None:
    """Two requests at once: signing out in one of them is not undone by the other."""
    request = RequestFactory().get("/")
    store = SessionStore()
    store["noted"] = "before"
    store.save()
    request.COOKIES[MEMBERS] = str(store.session_key)

    def ended_from_elsewhere(request: HttpRequest) -> HttpResponse:
        request.session["noted"] = "after"
        SessionStore(request.session.session_key).delete()
        return HttpResponse("done")

    answer = SessionCookie(ended_from_elsewhere)(request)

    assert answer.content == b"done"
    assert not answer.cookies
    assert not SessionStore().exists(str(store.session_key))


@pytest.mark.parametrize("on_purpose", [True, False])
def test_only_signing_out_takes_the_cookie_away(on_purpose: bool) -> None:
    """A form that comes after its session is known by the cookie that stayed."""
    request = RequestFactory().get("/")
    request.COOKIES[MEMBERS] = "c" * 32

    def leave(request: HttpRequest) -> HttpResponse:
        request.session.flush()
        if on_purpose:
            forget_cookie(request)
        return HttpResponse()

    cookies = SessionCookie(leave)(request).cookies

    assert (MEMBERS in cookies) is on_purpose
    if on_purpose:
        assert cookies[MEMBERS]["max-age"] == 0


def test_a_page_that_failed_keeps_nothing_in_the_session() -> None:
    def fail(request: HttpRequest) -> HttpResponse:
        request.session["noted"] = "half"
        return HttpResponse(status=500)

    assert not SessionCookie(fail)(RequestFactory().get("/")).cookies


def test_a_cookie_decided_on_early_is_on_the_answer_whatever_it_is() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        set_cookie_later(request, "known", "a-token", max_age=60)
        return HttpResponse(b"{}", content_type="application/json")

    cookie = LaterCookies(view)(RequestFactory().get("/")).cookies["known"]

    assert cookie.value == "a-token"
    assert cookie["httponly"]
    assert cookie["max-age"] == 60
