"""Making the cards of before void (CARD-02)."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.card.actions.replacing import replace_cards
from entraide.portal.domain.card.queries import people_with_card
from entraide.portal.foundation.forms import KeyedForm
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.member_request import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """`/carte/remplacer/<id>/`: asks first, because a card in a wallet stops serving."""
    people = people_with_card(request.viewer, on=timezone.localdate())
    person = next((one for one in people if one.id == person_id and one.may_replace), None)
    if person is None:
        raise Http404
    form = (
        KeyedForm(request.POST) if request.method == "POST" else KeyedForm(initial={"request_key": uuid4()})
    )
    if form.is_valid():
        key = form.cleaned_data["request_key"]
        replace_cards(request.viewer, person_id, request_key=key, language=language(), now=timezone.now())
        messages.success(
            request, _("C’est fait : les anciennes cartes ne sont plus valables. Voici la nouvelle.")
        )
        return redirect(f"{reverse('card')}?person={person_id}")
    context = {"form": form, "person": person}
    return render(request, "member_site/card/replace.html", context, status=422 if form.is_bound else 200)
