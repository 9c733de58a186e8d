"""The gallery: every component in every state, for whoever draws or checks a page. Demo mode only."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from entraide.portal.design.gallery import samples
from entraide.portal.design.gallery.forms import SampleForm, SignInSample
from entraide.profiles.icons import ICONS

STATUSES = (400, 403, 404, 405, 413, 422, 429, 500, 503)


def _demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.ENTRAIDE.demo:
            raise Http404
        return view(request, *args, **kwargs)

    # The gate of the portal reads this mark; the gallery shows nobody's data.
    guarded.is_public = True  # type: ignore[attr-defined]
    return guarded


@_demo_only
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    pages = Paginator(range(70), 10)
    context = {
        "payments": samples.PAYMENTS,
        "lines": samples.LINES,
        "kinds": samples.KINDS,
        "states": samples.STATES,
        "timelines": samples.timelines(),
        "allowances": samples.ALLOWANCES,
        "teleconsultations": samples.TELECONSULTATIONS,
        "story": samples.story(),
        "renewals": samples.RENEWALS,
        "today": samples.TODAY,
        "files": samples.FILES,
        "proof": samples.PROOF,
        "page": pages.page(2),
        "statuses": STATUSES,
        "icons": sorted(ICONS),
    }
    return render(request, "design/gallery/gallery.html", context)


@_demo_only
@require_http_methods(["GET", "HEAD", "POST"])
def forms(request: HttpRequest) -> HttpResponse:
    empty = SampleForm(auto_id="ok_%s")
    wrong = SampleForm(samples.WRONG_ANSWERS, auto_id="ko_%s")
    context = {
        "form": empty,
        "wrong": wrong,
        "images": samples.IMAGES,
        "criteria": samples.criteria(),
        "files": samples.FILES,
    }
    return render(request, "design/gallery/forms.html", context)


# As `one_value_each` would mark it.
forms.may_repeat = frozenset({"topics"})  # type: ignore[attr-defined]


@_demo_only
@require_http_methods(["GET", "HEAD", "POST"])
def simple(request: HttpRequest) -> HttpResponse:
    return render(request, "design/gallery/simple.html", {"form": SignInSample()})


@_demo_only
@require_safe
def error(request: HttpRequest, status: int) -> HttpResponse:
    if status not in STATUSES:
        raise Http404
    context = {"status": status, "reference": "E-7K2M-94QX"}
    return render(request, "design/errors/error.html", context, status=status)
