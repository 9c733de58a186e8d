"""How statements come, and which mails (REMB-03)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.contacts.actions.changing import choose_mails
from entraide.portal.domain.contacts.queries import MailChoices, mail_choices
from entraide.portal.domain.members.contacts import ChangedMeanwhile
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.contacts.forms import MailsForm
from entraide.portal.member_site.member_request import MemberRequest


@require_http_methods(["GET", "POST"])
def mails(request: MemberRequest) -> HttpResponse:
    choices = mail_choices(request.viewer)
    if request.method != "POST":
        wanted = {f"mail_{one.value}": True for one in choices.wanted}
        initial = {"statement_delivery": choices.delivery.value, "seen": choices.seen, **wanted}
        form = MailsForm(initial=initial, may_choose_delivery=choices.may_choose_delivery)
        return _page(request, form, choices)
    form = MailsForm(request.POST, may_choose_delivery=choices.may_choose_delivery)
    if not form.is_valid():
        return _page(request, form, choices, status=422)
    try:
        choose_mails(
            request.viewer,
            wanted=form.wanted,
            delivery=form.delivery,
            seen=form.cleaned_data["seen"],
            language=language(),
            now=timezone.now(),
        )
    except ChangedMeanwhile as refusal:
        choices = mail_choices(request.viewer)
        form.show_anew(choices.seen)
        form.add_error(None, refusal.message)
        return _page(request, form, choices, status=409)
    messages.success(request, _("Vos choix sont enregistrés."))
    return redirect("contacts")


def _page(
    request: MemberRequest, form: MailsForm, choices: MailChoices, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "choices": choices}
    return render(request, "member_site/contacts/mails.html", context, status=status)
