"""A frozen access opens nothing to anybody else either (A23)."""

from datetime import datetime

from entraide.portal.domain.members.models import CareConsent, Delegation
from entraide.portal.domain.sharing.consents import end_consent
from entraide.portal.domain.sharing.helping import end_delegation
from entraide.portal.foundation.accounts.models import Account


def stop_sharing(account: Account, now: datetime) -> None:
    """Part of every freeze: whoever was inside may have let somebody in."""
    consents = CareConsent.objects.select_for_update(of=("self",))
    for consent in consents.filter(giver__account_id=account.pk, withdrawn_at=None).order_by("pk"):
        end_consent(consent, actor=None, by="freeze", language=account.language, now=now)
    delegations = Delegation.objects.select_for_update(of=("self",))
    for one in delegations.filter(giver__account_id=account.pk, ended_at=None).order_by("pk"):
        end_delegation(one, actor=None, by="freeze", language=account.language, now=now)
