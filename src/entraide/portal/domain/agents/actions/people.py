"""Who works here: inviting, sending a new link, ending. Nobody chooses a password for somebody else (A13)."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from entraide.portal.domain.access.browsers import forget_browsers
from entraide.portal.domain.access.factors import tries
from entraide.portal.domain.access.models import Factor, RecoveryCode
from entraide.portal.domain.access.numbers import token_hash
from entraide.portal.domain.access.sessions import end_sessions
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.events import AgentEnded, AgentInvited, AgentRoleChanged
from entraide.portal.domain.agents.identifiers import normal_identifier, valid_identifier
from entraide.portal.domain.agents.models import Agent, Invitation
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.facts import publish

INVITATION_HOURS = 24
LONGEST_NAME = 120


def invite_agent(*, email: str, full_name: str, role: Role, actor: UUID | None = None, now: datetime) -> str:
    """Opens the access of somebody who comes, or comes back, to work here; returns the token of their link.

    `actor`: the account of who gives it; None from a terminal. Raises DomainError when the address or the
    name cannot be taken, or when they work here already.
    """
    identifier, name = valid_identifier(email), valid_name(full_name)
    with transaction.atomic():
        account, _made = Account.objects.get_or_create(
            identifier=identifier, defaults={"password": make_password(None)}
        )
        agent = Agent.objects.select_for_update().filter(account=account).first()
        if agent is not None and agent.ended_at is None:
            raise DomainError(_("Cette personne a déjà un accès : envoyez-lui un nouveau lien."))
        reason = "new" if agent is None else "back"
        if agent is None:
            agent = Agent(account=account, created_at=now)
        agent.full_name, agent.email, agent.role, agent.ended_at = name, identifier, role, None
        agent.save()
        Account.objects.filter(pk=account.pk).update(is_active=True, must_reset=True)
        token = _invite(agent, reason=reason, actor=actor, now=now)
    return token


def reset_agent(*, email: str, factor_lost: bool, now: datetime) -> str:
    """A new link for an agent; the old password, and with `factor_lost` the factors, open nothing any more.

    Returns the token. Raises DomainError when nobody works here with this address.
    """
    with transaction.atomic():
        agent = _working(email)
        Account.objects.filter(pk=agent.account_id).update(must_reset=True)
        _close(agent, factors_too=factor_lost, now=now)
        token = _invite(agent, reason="factor_lost" if factor_lost else "password_lost", now=now)
    return token


def end_agent(*, email: str, actor: UUID | None = None, now: datetime) -> None:
    """Ends an agent's access at once: sessions, factors, links and the password (A30).

    Raises DomainError when nobody works here with this address.
    """
    with transaction.atomic():
        agent = _working(email)
        Agent.objects.filter(pk=agent.pk).update(ended_at=now)
        Account.objects.filter(pk=agent.account_id).update(is_active=False, password=make_password(None))
        Invitation.objects.filter(agent=agent, ended_at=None).update(ended_at=now)
        _close(agent, factors_too=True, now=now)
        publish(AgentEnded(actor=actor, agent=agent.pk))


def change_role(*, email: str, former: Role, role: Role, actor: UUID) -> None:
    """Gives somebody another role; their sessions end at once, so that none goes on with the former one.

    Raises DomainError when nobody works here with this address, or no longer with the `former` role.
    """
    with transaction.atomic():
        agent = _working(email)
        if agent.role != former:
            raise DomainError(_("Le rôle de cette personne a changé entre-temps : demandez de nouveau."))
        Agent.objects.filter(pk=agent.pk).update(role=role)
        end_sessions(agent.account_id)
        publish(
            AgentRoleChanged(
                actor=actor,
                agent=agent.pk,
                role=role.value,
                former=former.value,
                language=agent.account.language,
            )
        )


def valid_name(full_name: str) -> str:
    """The name in one line; raises DomainError when it is none."""
    name = " ".join(full_name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise DomainError(_("Donnez le prénom et le nom, en une ligne."), field="full_name")
    return name


def _working(email: str) -> Agent:
    found = (
        Agent.objects.select_for_update()
        .filter(account__identifier=normal_identifier(email), ended_at=None)
        .first()
    )
    if found is None:
        raise DomainError(_("Personne n’a d’accès avec cette adresse."), field="identifier")
    return found


def _invite(agent: Agent, *, reason: str, actor: UUID | None = None, now: datetime) -> str:
    """One live link per agent, which is also mailed: a newer one ends the older ones (A5)."""
    token = secrets.token_hex(16)
    Invitation.objects.filter(agent=agent, ended_at=None).update(ended_at=now)
    Invitation.objects.create(
        token_hash=token_hash(token),
        agent=agent,
        created_at=now,
        expires_at=now + timedelta(hours=INVITATION_HOURS),
    )
    fact = AgentInvited(
        actor=actor,
        agent=agent.pk,
        role=Role(agent.role).value,
        reason=reason,
        language=agent.account.language,
    )
    publish(fact, secrets={"token": token})
    return token


def _close(agent: Agent, *, factors_too: bool, now: datetime) -> None:
    end_sessions(agent.account_id)
    forget_browsers(agent.account_id)
    if factors_too:
        Factor.objects.filter(account_id=agent.account_id).delete()
        RecoveryCode.objects.filter(account_id=agent.account_id).delete()
    # We have spoken with the agent: what was guessed before counts no more (A17).
    tries.reopen(agent.account, now=now)
