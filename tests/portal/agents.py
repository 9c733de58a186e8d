"""Agents whose password is chosen already, for tests of the domain and of the pages."""

import base64
import json
import time
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.access.enums import FactorKind
from entraide.portal.domain.access.models import Factor
from entraide.portal.domain.access.sessions import agent_span, open_session
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.foundation.accounts.models import Account, FormerPassword
from entraide.portal.foundation.web.session_store import SessionStore, fingerprint
from entraide.portal.foundation.web.sessions import AGENTS, AREA, FRESH_FACTOR
from tests.conftest import hashed_once

AGENT_PASSWORD = "Marronnier-1987-gris"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def make_agent(email: str, full_name: str, *, role: Role, since: datetime, with_app: bool = False) -> Agent:
    hashed = hashed_once(AGENT_PASSWORD)
    account = Account.objects.create(identifier=email, password=hashed, password_set_at=since)
    FormerPassword.objects.create(account=account, password=hashed, set_at=since)
    if with_app:
        Factor.objects.create(
            account=account,
            kind=FactorKind.TOTP,
            name="Téléphone",
            secret=json.dumps({"key": SECRET}),
            created_at=since,
        )
    return Agent.objects.create(
        account=account, full_name=full_name, email=email, role=role, created_at=since
    )


def app_code(*, steps_later: int = 0, secret: str = SECRET) -> str:
    """What the app shows now, or `steps_later` times 30 seconds later: each code serves once."""
    app = TOTP(base64.b32decode(secret), 6, SHA1(), 30)
    return app.generate(int(time.time()) + 30 * steps_later).decode()


def sign_in_agent(client: Client, agent: Agent) -> Client:
    """Signs an agent in, both steps passed, without walking the pages."""
    session = SessionStore()
    session[SESSION_KEY] = str(agent.account_id)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = agent.account.get_session_auth_hash()
    session[AREA], session[FRESH_FACTOR] = AGENTS, int(time.time())
    session.save()
    open_session(
        account=agent.account, key=fingerprint(session), label="Firefox|linux", network="192.0.2.1",
        span=agent_span(), now=timezone.now(),
    )  # fmt: skip
    client.cookies[settings.AGENT_SESSION_COOKIE_NAME] = session.session_key or ""
    return client
