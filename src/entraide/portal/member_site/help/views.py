"""Help for who is signed in, and first of all for who is not (AIDE-01, AIDE-02, AIDE-03, B-13)."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.wording import text
from entraide.portal.member_site.help.searching import find
from entraide.profiles import PAGE_ADDRESSES, HelpTopic, Question, with_figures

_LONGEST_QUERY = 100


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer in the language of the page, with the figures in force."""

    id: str
    question: str
    sentences: tuple[str, ...]
    link_label: str
    link_page: str


@public
@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """`/aide/`: in the address, `q` is what is looked for."""
    page = settings.PROFILE.help
    signed_in = bool(getattr(request, "viewer", None))
    query = request.GET.get("q", "").replace("\0", "").strip()[:_LONGEST_QUERY]
    found = find(page.topics, query) if query else []
    context = {
        "help": page,
        "query": query,
        "found": [_shown(one) for one in found],
        "topics": [
            (one, [_shown(question) for question in one.questions])
            for one in _in_order(page.topics, signed_in=signed_in)
        ],
        "addresses": PAGE_ADDRESSES,
        "signed_in": signed_in,
    }
    return render(request, "member_site/help/help.html", context)


def _in_order(topics: tuple[HelpTopic, ...], *, signed_in: bool) -> list[HelpTopic]:
    """Who is not signed in most often cannot: those answers come first, and last for who is."""
    return sorted(topics, key=lambda one: one.at_the_door == signed_in)


def _shown(question: Question) -> ShownAnswer:
    rules = settings.PROFILE.security
    return ShownAnswer(
        id=question.id,
        question=text(question.question),
        sentences=tuple(with_figures(text(one), rules) for one in question.answer),
        link_label=text(question.link.label) if question.link else "",
        link_page=question.link.page if question.link else "",
    )
