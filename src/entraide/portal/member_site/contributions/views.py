"""Pages of contributions (COT-01, COT-02)."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.formats.calendar_file import MEDIA_TYPE
from entraide.portal.domain.contributions.queries import contributions_of, to_come
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.asked_year import asked_year
from entraide.portal.member_site.contributions.calendar import FILE_NAME, calendar_of
from entraide.portal.member_site.contributions.labels import failure_words, method_label, standing_words
from entraide.portal.member_site.member_request import MemberRequest


@require_safe
def contributions(request: MemberRequest) -> HttpResponse:
    found = contributions_of(request.viewer, year=asked_year(request.GET), on=timezone.localdate())
    if found is None:
        raise Http404
    segments = {one.id: one for one in settings.PROFILE.segments}
    segment = segments.get(request.viewer.segment)
    context = {
        "found": found,
        "note": segment.contribution_note if segment else None,
        "this_year": timezone.localdate().year,
        "standing_words": standing_words,
        "failure_words": failure_words,
        "method_label": method_label,
    }
    return render(request, "member_site/contributions/contributions.html", context)


@require_safe
def calendar(request: MemberRequest) -> HttpResponse:
    today = timezone.localdate()
    lines = to_come(request.viewer, on=today)
    if not lines:
        raise Http404
    file = calendar_of(lines, language=language(), on=today)
    response = HttpResponse(file, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    response.headers["Cache-Control"] = "no-store"
    return response
