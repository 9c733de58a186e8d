"""Giving the quote of a professional: its lines are proposed, never taken for granted (REMB-05)."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.requests.holding import hold_file, words_of
from entraide.portal.domain.requests.storage import StorageFull
from entraide.portal.domain.simulations.advice import advice_type
from entraide.portal.domain.simulations.reading.quote import ReadQuote, read_quote
from entraide.portal.foundation.forms import KeyedForm, ManyFilesField
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.simulation.asked import QUOTE, QUOTE_FILE, Asked, form_around
from entraide.portal.member_site.simulation.page import FOLDER, simulation_page
from entraide.portal.member_site.simulation.quote_form import QuoteForm


class UploadForm(KeyedForm):
    # Hides an attribute of Django's forms that nothing reads here: the view takes the file by itself.
    files = ManyFilesField(  # type: ignore[assignment]
        label=gettext_lazy("Votre devis"), error_messages={"required": gettext_lazy("Choisissez un fichier.")}
    )
    keep = forms.BooleanField(
        label=gettext_lazy("Garder ce fichier 24 heures, pour pouvoir l’envoyer à un conseiller"),
        help_text=gettext_lazy(
            "Il reste chiffré, et personne ne l’ouvre tant que vous ne l’envoyez pas. "
            "Sans cette case, il est oublié dès qu’il est lu."
        ),
        required=False,
    )

    def clean_files(self) -> Any:
        files = self.cleaned_data["files"]
        if len(files) > 1:
            message = gettext("Choisissez un seul fichier : un devis de plusieurs pages tient dans un PDF.")
            raise forms.ValidationError(message)
        return files[0]


@require_http_methods(["GET", "HEAD", "POST"])
def quote_file(request: MemberRequest) -> HttpResponse:
    """`/simulation/devis/fichier/`: the file is read and forgotten, unless its sender wants it kept a day."""
    if not settings.PROFILE.guarantees:
        return redirect("simulator")
    if request.method != "POST":
        return _page(request, UploadForm(), HTTPStatus.OK)
    form = UploadForm(request.POST, request.FILES)
    if getattr(request, "is_too_large", False):
        form.errors.clear()
        size = settings.PROFILE.deposit.max_file_mb
        form.add_error("files", gettext("Ce fichier est trop lourd : %(size)s Mo au plus.") % {"size": size})
        return _page(request, form, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if not form.is_valid():
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        read, key = _read(request, form)
    except StorageFull as refusal:
        form.add_error("files", refusal.message)
        return _page(request, form, HTTPStatus.INSUFFICIENT_STORAGE)
    except DomainError as refusal:
        form.add_error("files", refusal.message)
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _proposed(request, read, key) if read.lines else _unread(request, read, key)


def _page(request: MemberRequest, form: UploadForm, status: int) -> HttpResponse:
    context = {"form": form, "limits": settings.PROFILE.deposit, "takes_files": advice_type(None) is not None}
    return render(request, f"{FOLDER}/upload.html", context, status=status)


def _read(request: MemberRequest, form: UploadForm) -> tuple[ReadQuote, UUID | None]:
    """What was read, and the key under which the file is kept if its sender wanted that."""
    upload, key = form.cleaned_data["files"], form.cleaned_data["request_key"]
    upload.seek(0)
    read = read_quote(words_of(upload), on=timezone.localdate())
    if not form.cleaned_data["keep"]:
        return read, None
    upload.seek(0)
    hold_file(request.viewer, request_key=key, upload=upload, now=timezone.now())
    return read, key


def _proposed(request: MemberRequest, read: ReadQuote, key: UUID | None) -> HttpResponse:
    """The page of a quote with its lines filled in, each to be confirmed before anything is priced."""
    form = QuoteForm(QueryDict(), reading=read.lines, **form_around(request.viewer))
    asked = Asked(kind=QUOTE, form=form)
    return simulation_page(request, asked, viewer=request.viewer, reading=read, quote_file=key or "")


def _unread(request: MemberRequest, read: ReadQuote, key: UUID | None) -> HttpResponse:
    """Pictures are not read here, and it is said: type the lines, or ask somebody."""
    kept = f"?{urlencode({QUOTE_FILE: str(key)})}" if key else ""
    context = {
        "read": read,
        "is_kept": key is not None,
        "type_it": f"{reverse('simulator-quote')}{kept}",
        "adviser": f"{reverse('simulator-quote-adviser')}{kept}" if advice_type(None) else "",
    }
    return render(request, f"{FOLDER}/unread.html", context)
