"""The gallery of mails and SMS: each notice with invented values, in both languages. Only in the demo."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from entraide.portal.member_site.demo.views import closed_page, demo_only
from entraide.portal.notifications.samples import Sample, names_of_notices, written

LANGUAGES = ("fr", "en")


@demo_only
def index(request: HttpRequest) -> HttpResponse:
    """Every notice with its subject, or the words of an SMS, in both languages."""
    notices = [
        {"name": name, "samples": [(language, written(name, language=language)) for language in LANGUAGES]}
        for name in names_of_notices()
    ]
    return render(request, "member_site/demo/mails.html", {"notices": notices})


@demo_only
def notice(request: HttpRequest, name: str, lang: str) -> HttpResponse:
    """One notice: subject and text, and the way to its HTML."""
    context = {"sample": _sample(name, lang), "lang": lang, "languages": LANGUAGES}
    return render(request, "member_site/demo/mail.html", context)


@demo_only
def notice_html(request: HttpRequest, name: str, lang: str) -> HttpResponse:
    """The HTML of a mail as its reader sees it, in its own closed page."""
    sample = _sample(name, lang)
    if not sample.html:
        raise Http404
    return closed_page(sample.html)


def _sample(name: str, lang: str) -> Sample:
    if lang not in LANGUAGES or name not in names_of_notices():
        raise Http404
    return written(name, language=lang)
