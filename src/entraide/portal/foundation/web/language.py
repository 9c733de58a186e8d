"""The reader's language: the choice of the session, else what the browser asks, else French."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

SESSION_KEY = "language"
LANGUAGES = ("fr", "en")


class Language:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.session.get(SESSION_KEY) or _preferred(request.headers.get("Accept-Language", ""))
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        return response


def _preferred(accept: str) -> str:
    """The first of our languages in an Accept-Language header, by its weights."""
    wanted: list[tuple[float, str]] = []
    for part in accept[:200].split(","):
        name, _, rest = part.strip().partition(";")
        weight = rest.strip().removeprefix("q=") if rest else "1"
        try:
            wanted.append((-float(weight), name.strip().lower()[:2]))
        except ValueError:
            continue
    for _weight, name in sorted(wanted, key=lambda pair: pair[0]):
        if name in LANGUAGES:
            return name
    return "fr"
