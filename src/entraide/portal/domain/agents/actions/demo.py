"""The agents of the demo, whose access is open from the start."""

import json
from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from entraide.portal.domain.access.enums import FactorKind
from entraide.portal.domain.access.models import Factor
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts.models import Account, FormerPassword


def open_demo_agent(
    *, identifier: str, full_name: str, role: Role, password: str, totp_secret: str, now: datetime
) -> None:
    """Opens the access of a fictitious agent, app included; twice is once. Refused outside the demo."""
    if not settings.ENTRAIDE.demo:
        raise DomainError("only for people of the demo")
    if Account.objects.filter(identifier=identifier).exists():
        return
    hashed = make_password(password)
    with transaction.atomic():
        account = Account.objects.create(identifier=identifier, password=hashed, password_set_at=now)
        FormerPassword.objects.create(account=account, password=hashed, set_at=now)
        Agent.objects.create(
            account=account, full_name=full_name, email=identifier, role=role, created_at=now
        )
        # Not through `confirm_totp`: that would use up the code which the demo's page shows right now.
        Factor.objects.create(
            account=account,
            kind=FactorKind.TOTP,
            name="Démonstration",
            secret=json.dumps({"key": totp_secret}),
            created_at=now,
        )
