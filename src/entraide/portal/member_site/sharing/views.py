"""Who may read my care, who helps me, whom I help (B-08); while helping, the way into a file and back."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.enums import HelpScope
from entraide.portal.domain.members.policies import may_ask_for_help
from entraide.portal.domain.sharing.consents import readers_to_choose, share_care, withdraw_care
from entraide.portal.domain.sharing.helping import HelpWanted, accept_help, ask_for_help, end_help
from entraide.portal.domain.sharing.queries import helped_viewer, sharing_of
from entraide.portal.domain.sharing.refusals import KeyReused
from entraide.portal.foundation.forms import KeyedForm
from entraide.portal.foundation.web.parameters import one_value_each
from entraide.portal.foundation.web.sessions import HELPING
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.helping import as_oneself, first_page
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.sharing.forms import HelpForm, ShareForm
from entraide.portal.member_site.sharing.labels import in_words
from entraide.portal.member_site.step_up import needs_fresh_factor

_FOLDER = "member_site/sharing"


@require_safe
def sharing(request: MemberRequest) -> HttpResponse:
    """`/droits/partage/`: everything that is open, given and received."""
    today = timezone.localdate()
    context = {
        "found": sharing_of(request.viewer, on=today),
        "may_ask": may_ask_for_help(request.viewer, on=today),
        "in_words": in_words,
    }
    return render(request, f"{_FOLDER}/sharing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_fresh_factor()
def share(request: MemberRequest) -> HttpResponse:
    """`/droits/partage/soins/`: let an adult of the contract read my care."""
    now = timezone.now()
    people = readers_to_choose(request.viewer, on=timezone.localdate(now))
    if request.method != "POST":
        return render(request, f"{_FOLDER}/share.html", {"form": ShareForm(people=people), "people": people})
    form = ShareForm(request.POST, people=people)
    if form.is_valid():
        try:
            share_care(
                request.viewer,
                reader_id=UUID(form.cleaned_data["reader"]),
                request_key=form.cleaned_data["request_key"],
                language=language(),
                now=now,
            )
        except DomainError as refusal:
            return _refused(request, "share.html", form, refusal, people=people)
        messages.success(
            request, _("C’est fait : cette personne peut lire vos soins. Un e-mail vous le confirme.")
        )
        return redirect("sharing")
    context = {"form": form, "people": people}
    return render(request, f"{_FOLDER}/share.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@require_POST
def withdraw(request: MemberRequest, consent_id: UUID) -> HttpResponse:
    """Taking a consent back needs no reason and no second proof."""
    if not withdraw_care(request.viewer, consent_id, language=language(), now=timezone.now()):
        raise Http404
    messages.success(request, _("C’est fait : cette personne ne lit plus vos soins, même passés."))
    return redirect("sharing")


@one_value_each(but=frozenset({"scopes"}))
@require_http_methods(["GET", "HEAD", "POST"])
@needs_fresh_factor()
def ask(request: MemberRequest) -> HttpResponse:
    """`/droits/aidants/nouveau/`: ask somebody to help with my file."""
    if not may_ask_for_help(request.viewer, on=timezone.localdate()):
        raise Http404
    if request.method != "POST":
        return render(request, f"{_FOLDER}/ask.html", {"form": HelpForm()})
    form = HelpForm(request.POST)
    if form.is_valid():
        try:
            ask_for_help(request.viewer, _wanted(form), language=language(), now=timezone.now())
        except DomainError as refusal:
            return _refused(request, "ask.html", form, refusal)
        messages.success(
            request, _("C’est envoyé : cette personne doit encore accepter. Un e-mail vous le confirme.")
        )
        return redirect("sharing")
    return render(request, f"{_FOLDER}/ask.html", {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _wanted(form: HelpForm) -> HelpWanted:
    values = form.cleaned_data
    return HelpWanted(
        number=values["number"],
        first_name=values["first_name"],
        last_name=values["last_name"],
        scopes=[HelpScope(one) for one in values["scopes"]],
        months=values["months"],
        request_key=values["request_key"],
    )


def _refused(
    request: MemberRequest, page: str, form: KeyedForm, refusal: DomainError, **more: object
) -> HttpResponse:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    status = HTTPStatus.CONFLICT if isinstance(refusal, KeyReused) else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, f"{_FOLDER}/{page}", {"form": form, **more}, status=status)


@require_POST
def accept(request: MemberRequest, delegation_id: UUID) -> HttpResponse:
    """The helper says yes."""
    if not accept_help(request.viewer, delegation_id, now=timezone.now()):
        raise Http404
    messages.success(request, _("Vous avez accepté : vous pouvez ouvrir son dossier."))
    return redirect("sharing")


@require_POST
def end(request: MemberRequest, delegation_id: UUID) -> HttpResponse:
    """Either of the two ends it, or the helper says no."""
    if not end_help(request.viewer, delegation_id, now=timezone.now()):
        raise Http404
    messages.success(request, _("C’est fait : cette aide est terminée."))
    return redirect("sharing")


@require_POST
def enter(request: MemberRequest, delegation_id: UUID) -> HttpResponse:
    """From here on the pages show the file of the one who is helped."""
    helped = helped_viewer(request.viewer, delegation_id, on=timezone.localdate())
    if helped is None or helped.helping is None:
        raise Http404
    request.session[HELPING] = str(delegation_id)
    return redirect(first_page(helped.helping))


@require_POST
@as_oneself
def leave(request: MemberRequest) -> HttpResponse:
    """Back to one's own pages."""
    request.session.pop(HELPING, None)
    return redirect("sharing")
