"""What a service is and how to reach it today, from the mutual's own words."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.portal.foundation.web.wording import PARIS
from entraide.portal.member_site.member_request import MemberRequest
from entraide.profiles import PAGE_ADDRESSES, information_page, is_open


def page_of(page: str) -> Callable[[MemberRequest], HttpResponse]:
    """The view of one information page; 404 for a mutual or a segment that does not offer it."""

    @require_safe
    def show(request: MemberRequest) -> HttpResponse:
        segment = request.viewer.segment if request.viewer else ""
        information = information_page(settings.PROFILE, page, segment=segment)
        if information is None:
            raise Http404
        now = timezone.now().astimezone(PARIS)
        context = {
            "page": information,
            "open_now": is_open(information.hours, now),
            "addresses": PAGE_ADDRESSES,
        }
        return render(request, "member_site/services/page.html", context)

    return show
