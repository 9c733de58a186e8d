"""The news of the mutual, whole; the home page shows how each begins (HOME-02, DOC-03)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.portal.domain.publications.queries import news_of
from entraide.portal.member_site.member_request import MemberRequest
from entraide.profiles import PAGE_ADDRESSES


@require_safe
def news(request: MemberRequest) -> HttpResponse:
    """`/actualites/`"""
    found = news_of(request.viewer, on=timezone.localdate())
    return render(request, "member_site/news/news.html", {"news": found, "addresses": PAGE_ADDRESSES})
