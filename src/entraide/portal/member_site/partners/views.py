"""What a partner does, whether somebody answers now, the ways there (ASSI-01, ASSI-02, JUR-01, VAC-01)."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.portal.domain.library.queries import newest_of_kind
from entraide.portal.foundation.web.opening import opening_now
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.partners.leaving import leads_anywhere, takes_over
from entraide.profiles import Partner, partner_of_kind


@require_safe
def partner(request: MemberRequest, kind: str) -> HttpResponse:
    """`/assistance/`, `/protection-juridique/`, `/vacances/`: 404 where the mutual offers none."""
    found = partner_of_kind(settings.PROFILE.partners, kind, segment=request.viewer.segment)
    if found is None:
        raise Http404
    context = {
        "partner": found,
        "way": _way(found),
        "opening": opening_now(found.hours, timezone.now()),
        "notice": newest_of_kind(request.viewer, found.notice) if found.notice else None,
    }
    return render(request, "member_site/partners/partner.html", context)


def _way(found: Partner) -> str:
    """What the button leads to: the `portal` that takes the reader over, the `site`, or nothing."""
    if not leads_anywhere(found):
        return ""
    return "portal" if takes_over(found) else "site"
