"""An agent who takes a change for a thief's closes the access that asked for it (A23, A71)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from entraide.portal.domain.access.actions.safety import freeze_suspected
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.bank.deciding import to_decide
from entraide.portal.domain.bank.models import AccountChange
from entraide.portal.domain.bank.policies import may_approve
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.requests.references import tidy_reference
from entraide.portal.foundation.accounts.models import Account


def freeze_who_asked(agent: AgentViewer, *, reference: str, now: datetime) -> None:
    """Stops this change and every other of the person who asked, and closes their access.

    Raises DomainError as a refusal does, or when the access is closed already.
    """
    with transaction.atomic():
        # The account first, as every freeze locks it: the other way round two freezes wait for each other.
        mine = AccountChange.objects.filter(reference=tidy_reference(reference))
        accounts = Account.objects.select_for_update(of=("self",), no_key=True)
        account = accounts.filter(pk__in=mine.values("asked_by__account_id")).first()
        to_decide(agent, reference, allowed=may_approve(agent))
        if account is None:
            raise DomainError(_("La personne qui a demandé n’a plus d’accès à bloquer : refusez la demande."))
        freeze_suspected(account.pk, actor=agent.account_id, now=now)
