"""Information pages at the addresses of the services that have no screen of their own yet."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import path

from entraide.portal.foundation.web.public import public
from entraide.portal.member_site.services import views
from entraide.profiles import PAGE_ADDRESSES, PAGES_WITH_A_SCREEN

# Reachable signed out: a member who cannot get in needs them most.
PUBLIC_PAGES: frozenset[str] = frozenset()


def _view(page: str) -> Callable[..., HttpResponse]:
    shown = views.page_of(page)
    return public(shown) if page in PUBLIC_PAGES else shown


urlpatterns = [
    path(address.lstrip("/"), _view(page), name=page.replace("_", "-"))
    for page, address in PAGE_ADDRESSES.items()
    if page not in PAGES_WITH_A_SCREEN
]
