"""What one person asked and a second one decides: yes after a fresh proof, no at once (A32, A75)."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from entraide.portal.agent_site.access.freshness import is_fresh, to_confirm
from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.opened import done_at
from entraide.portal.domain.errors import DomainError

# Does it, and gives the words that say so.
Act = Callable[[], str]


def decided(request: AgentRequest, *, yes: tuple[str, Act], refuse: Act, back_to: str) -> HttpResponse:
    """Does what `act` says, and goes back. `yes`: its value for a yes, which asks for a fresh proof first."""
    agreed, agree = yes
    act = request.POST.get("act", "")
    if act == agreed and not is_fresh(request):
        return to_confirm(request, back_to=back_to)
    return told_at(back_to, request, {agreed: agree, "refuse": refuse}.get(act, _nothing_chosen))


def told_at(back_to: str, request: AgentRequest, act: Act) -> HttpResponse:
    """Does it, says so or why not, and goes back."""
    try:
        messages.success(request, act())
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return done_at(back_to)


def _nothing_chosen() -> str:
    raise DomainError(_("Choisissez ce que vous voulez faire."))
