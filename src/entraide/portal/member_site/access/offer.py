"""Offering stronger factors on the way in, once and then from time to time; never in the way."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from entraide.portal.domain.access.actions.terms import has_accepted
from entraide.portal.domain.access.factors.adding import note_offer
from entraide.portal.domain.access.factors.queries import offer_is_due
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.web.sessions import TERMS

_ONWARD = "after_offer"


def by_the_offer(request: HttpRequest, account: Account, next_page: str) -> str:
    """The page to go to on the way to `next_page`: the offer, or `next_page` itself.

    Due once the terms are accepted, and again every `factor_offer_days` as long as there is no factor.
    It is noted as made here: whoever leaves the page without a word is not asked again at once.
    """
    now = timezone.now()
    if not has_accepted(account.pk):
        return next_page
    # The gate need not ask again.
    request.session[TERMS] = settings.PROFILE.terms.digest
    if not offer_is_due(account, now=now):
        return next_page
    note_offer(account, now=now)
    request.session[_ONWARD] = next_page
    return reverse("factor-offer")


def onward(request: HttpRequest) -> str:
    """Where the person was going when the offer came; empty when it did not come on the way in."""
    page: str = request.session.get(_ONWARD, "")
    return page


def forget_offer(request: HttpRequest) -> None:
    request.session.pop(_ONWARD, None)
