"""What the sender does with a request: reply to a question, withdraw it, say how it went."""

from http import HTTPStatus
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.requests import replying
from entraide.portal.domain.requests.holding import files_of_form
from entraide.portal.domain.requests.queries import RequestDetail, request_of
from entraide.portal.foundation.web.typed import gives_back
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.requests.forms import OpinionForm, ReplyForm
from entraide.portal.member_site.sending import Sending, posted_form

_FOLDER = "member_site/requests"


@gives_back(words=gettext_lazy("Votre réponse"))
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: MemberRequest, reference: str) -> HttpResponse:
    """`/demandes/<reference>/repondre/`: what the mutual asked, and a form; or one to write again."""
    found = _own(request, reference)

    def bind(data: QueryDict) -> ReplyForm:
        return ReplyForm(data, wanted=found.wanted)

    def send(sending: Sending) -> str:
        words = sending.form.cleaned_data["words"]
        return replying.reply(
            request.viewer, reference, words=words, request_key=sending.key, now=timezone.now(),
            posted=sending.posted,
        )  # fmt: skip

    if request.method == "POST":
        too_large = _("Votre envoi est trop lourd : envoyez moins de fichiers, ou des photos plus légères.")
        sending = posted_form(request, bind, send, too_large=too_large)
        if sending.is_sent:
            messages.success(request, _sent_words(found))
            return _to_request(reference)
    elif not (found.may_reply or found.may_add or may_reopen(found)):
        return _to_request(reference)
    else:
        key = uuid4()
        sending = Sending(form=ReplyForm(wanted=found.wanted, initial={"request_key": key}), key=key)
    return _reply_page(request, found, sending)


def may_reopen(found: RequestDetail) -> bool:
    """Whether its sender may still write in the thread of a message that was answered."""
    return found.reopens_until is not None and timezone.now() <= found.reopens_until


def _sent_words(found: RequestDetail) -> str:
    if found.reopens_until is not None:
        return _("Votre message est bien arrivé : nous reprenons cet échange.")
    if found.may_add:
        return _("C’est bien arrivé : votre ajout rejoint la demande.")
    return _("Votre réponse est bien arrivée : nous reprenons votre demande.")


def _reply_page(request: MemberRequest, found: RequestDetail, sending: Sending) -> HttpResponse:
    assert isinstance(sending.form, ReplyForm)
    held = files_of_form(request.viewer, sending.key)
    places = sending.form.places(held)
    in_place = {one.id for place in places for one in place.files}
    context = {
        "request_sent": found,
        "form": sending.form,
        "places": places,
        "held": [one for one in held if one.id not in in_place],
        "limits": settings.PROFILE.deposit,
        "again": found.reopens_until is not None,
    }
    return render(request, f"{_FOLDER}/reply.html", context, status=sending.status)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: MemberRequest, reference: str) -> HttpResponse:
    """`/demandes/<reference>/annuler/`: asked for once more before it is done."""
    found = _own(request, reference)
    if request.method == "POST":
        try:
            replying.withdraw(request.viewer, reference, now=timezone.now())
        except DomainError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("Votre demande est annulée."))
        return _to_request(reference)
    if not found.may_withdraw:
        return _to_request(reference)
    return render(request, f"{_FOLDER}/withdraw.html", {"request_sent": found})


@gives_back(words=gettext_lazy("Un mot de plus"))
@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: MemberRequest, reference: str) -> HttpResponse:
    """`/demandes/<reference>/avis/`: once it was answered, and once."""
    found = _own(request, reference)
    form = OpinionForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            replying.rate(
                request.viewer, reference, score=given["score"], words=given["words"], now=timezone.now()
            )
        except DomainError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("Merci : votre avis est bien arrivé."))
        return _to_request(reference)
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    elif not found.may_rate:
        return _to_request(reference)
    return render(request, f"{_FOLDER}/opinion.html", {"request_sent": found, "form": form}, status=status)


def _own(request: MemberRequest, reference: str) -> RequestDetail:
    """One that the viewer sent: the person concerned only reads it."""
    found = request_of(request.viewer, reference)
    if found is None or not found.card.is_own:
        raise Http404
    return found


def _to_request(reference: str) -> HttpResponse:
    answer = redirect("requests:detail", reference=reference)
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer
