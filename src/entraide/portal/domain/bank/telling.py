"""Telling the other adults of a contract what happens to the account that it shares (A72)."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from entraide.portal.domain.bank.enums import Scope
from entraide.portal.domain.bank.events import AccountChangeConcerns
from entraide.portal.domain.bank.models import AccountChange
from entraide.portal.domain.members.ages import age_on
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.policies import ADULT_FROM
from entraide.portal.foundation.events.facts import publish


def tell_other_adults(change: AccountChange, *, step: str, except_for: UUID, now: datetime) -> None:
    """One fact for each adult of the contract but one; nothing for a change of one person's account."""
    if change.scope != Scope.CONTRACT:
        return
    family = Beneficiary.objects.filter(member_id=change.person.member_id).exclude(pk=except_for)
    for one in family.select_related("account"):
        if age_on(one.birth_date, timezone.localdate(now)) < ADULT_FROM:
            continue
        fact = AccountChangeConcerns(
            about=one.pk,
            change_id=change.pk,
            step=step,
            shares=one.is_primary or not one.iban,
            effective_on=timezone.localdate(change.effective_at),
            language=one.account.language if one.account is not None else change.language,
        )
        publish(fact)
