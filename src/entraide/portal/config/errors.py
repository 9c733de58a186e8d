"""Django's hooks for refusals and faults."""

import sys
from pathlib import Path

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from entraide.portal.config.ended import ended_page
from entraide.portal.foundation.vault.seal import SealBroken
from entraide.portal.foundation.web.errors import error_page, fault_page
from entraide.portal.foundation.web.typed import typed_texts

log = structlog.get_logger()


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return fault_page(request, exception) or error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 404)


def failed(request: HttpRequest) -> HttpResponse:
    error = sys.exc_info()[1]
    page = fault_page(request, error)
    if page is not None:
        return page
    if isinstance(error, SealBroken):
        return _unreadable(request, error)
    if isinstance(error, OSError) and _is_stored(error.filename):
        return _out_of_reach(request, error)
    log.error("page.failed", error=type(error).__name__, exc_info=True)
    return error_page(request, 500)


def _unreadable(request: HttpRequest, error: SealBroken) -> HttpResponse:
    """What was stored is not what is there now: said as it is, and nothing of it is shown (A62)."""
    log.error("seal.broken", place=str(error))
    return error_page(
        request,
        500,
        title=_("Cette page ne peut pas être affichée"),
        text=_(
            "Une donnée enregistrée n’est plus celle que nous avions gardée. Plutôt que de vous montrer une "
            "information fausse, nous ne montrons rien. Nous sommes prévenus : appelez-nous en donnant la "
            "référence ci-dessous."
        ),
    )


def _is_stored(path: object) -> bool:
    return isinstance(path, str | Path) and Path(path).is_relative_to(settings.ENTRAIDE.data_dir / "files")


def _out_of_reach(request: HttpRequest, error: OSError) -> HttpResponse:
    """The disk of the vault is away, or does not give or take a file."""
    log.error("files.away", error=error.strerror, path=str(error.filename))
    return error_page(
        request,
        503,
        retry_after=300,
        title=_("Nos fichiers ne sont pas accessibles pour le moment"),
        text=_(
            "Ce que vous avez demandé n’a pas pu être fait. Nous sommes prévenus : réessayez un peu plus "
            "tard, ou appelez-nous en donnant la référence ci-dessous."
        ),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page of ours that was open before the last sign-in: what was typed in it is not lost."""
    if request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}":
        match = request.resolver_match
        if match is not None and typed_texts(request, match.func):
            return ended_page(request, match.func)
    return error_page(request, 403)
