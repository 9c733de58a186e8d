"""How long answers take now, beside what is promised, for members and everybody else (B-10)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.portal.domain.figures.counting import LEAST
from entraide.portal.domain.figures.queries import delays_now, within
from entraide.portal.foundation.web.public import public


@public
@require_safe
def delays(request: HttpRequest) -> HttpResponse:
    """`/delais/`: as it was counted in the night, whoever looks."""
    context = {"delays": delays_now(on=timezone.localdate()), "within": within, "least": LEAST}
    return render(request, "member_site/delays/delays.html", context)
