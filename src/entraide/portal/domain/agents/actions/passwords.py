"""An agent's password: chosen through an invitation, or renewed by the agent (A12, A13, A74)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext as _

from entraide.portal.domain.access.locks import AGENTS, unlock
from entraide.portal.domain.access.numbers import token_hash
from entraide.portal.domain.access.password_changes import (
    may_change,
    note_change,
    note_comparison,
    note_comparison_by_link,
)
from entraide.portal.domain.access.passwords import problems, was_used
from entraide.portal.domain.access.sessions import end_sessions
from entraide.portal.domain.agents.events import AgentPasswordSet
from entraide.portal.domain.agents.models import Agent, Invitation
from entraide.portal.domain.agents.policies import agent_password_lengths
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts import limits
from entraide.portal.foundation.accounts.models import Account, FormerPassword
from entraide.portal.foundation.events.facts import publish

WRONG_OLD_PASSWORDS = 5
_HOUR = timedelta(hours=1)
_FIELD = "new_password1"


def open_invitation(token: str, *, now: datetime) -> Invitation:
    """The invitation behind a token; raises DomainError when it is unknown, used, replaced, or too old."""
    found = (
        Invitation.objects.select_related("agent__account")
        .filter(token_hash=token_hash(token), ended_at=None, expires_at__gt=now, agent__ended_at=None)
        .first()
    )
    if found is None:
        raise DomainError(_("Ce lien a déjà servi ou n’est plus valable. Demandez-en un nouveau."))
    return found


def accept_invitation(*, token: str, password: str, language: str, now: datetime) -> Account:
    """Sets the password of the invited agent and ends the link; signs nobody in (A5, A6).

    Raises DomainError when the link is over, or, tied to its field, when the password is refused.
    """
    invitation = open_invitation(token, now=now)
    agent = invitation.agent
    _check_rule(password, agent=agent)
    note_comparison_by_link(invitation.pk, now=now)
    _check_unused(password, agent=agent)
    hashed = make_password(password)
    with transaction.atomic():
        ended = Invitation.objects.filter(pk=invitation.pk, ended_at=None).update(ended_at=now)
        if not ended:
            raise DomainError(_("Ce lien a déjà servi ou n’est plus valable. Demandez-en un nouveau."))
        _store(agent, hashed, purpose="invitation", language=language, now=now)
    return agent.account


def change_agent_password(
    *, account: Account, old: str, new: str, session: str = "", language: str, now: datetime
) -> Account:
    """Changes the password of a signed-in agent; wrong old ones are counted.

    Every session ends but the one with the fingerprint `session`, which its page renews. Raises DomainError,
    tied to a field.
    """
    agent, key = _agent(account), str(account.pk)
    # What costs nothing comes first: each hash below is counted before it is made (A11).
    _check_rule(new, agent=agent)
    may_change(account.pk, now=now)
    if limits.count("change", key, per=_HOUR, now=now) > WRONG_OLD_PASSWORDS:
        raise DomainError(_("Trop d’essais. Réessayez dans une heure."), field="old_password")
    if not check_password(old, account.password):
        raise DomainError(_("Ce n’est pas votre mot de passe actuel."), field="old_password")
    limits.reset("change", key)
    note_comparison(account.pk, now=now)
    _check_unused(new, agent=agent)
    note_change(account.pk, now=now)
    return _renew(agent, new, purpose="change", session=session, language=language, now=now)


def renew_expired_password(*, account: Account, new: str, language: str, now: datetime) -> Account:
    """A new password for an agent who has just proved the old one, which is too old, and a factor.

    Raises DomainError, tied to its field, when the new one is refused.
    """
    agent = _agent(account)
    _check_rule(new, agent=agent)
    note_comparison(account.pk, now=now)
    _check_unused(new, agent=agent)
    return _renew(agent, new, purpose="expiry", language=language, now=now)


def _agent(account: Account) -> Agent:
    return Agent.objects.select_related("account").get(account=account, ended_at=None)


def _renew(
    agent: Agent, new: str, *, purpose: str, session: str = "", language: str, now: datetime
) -> Account:
    hashed = make_password(new)
    with transaction.atomic():
        _store(agent, hashed, purpose=purpose, session=session, language=language, now=now)
    return agent.account


def _check_rule(password: str, *, agent: Agent) -> None:
    identity = settings.PROFILE.identity
    found = problems(
        password,
        **agent_password_lengths(),
        personal=[agent.full_name, agent.account.identifier.partition("@")[0].replace(".", " ")],
        words=[*identity.name.split(), identity.short_name, settings.PROFILE.slug],
        birth_date=None,
    )
    if found:
        raise DomainError(" ".join(found), field=_FIELD)


def _check_unused(password: str, *, agent: Agent) -> None:
    if was_used(password, _hashes(agent.account)):
        words = _("Vous avez déjà utilisé ce mot de passe : choisissez-en un nouveau.")
        raise DomainError(words, field=_FIELD)


def _hashes(account: Account) -> list[str]:
    former = FormerPassword.objects.filter(account=account).order_by("-set_at")
    return list(former.values_list("password", flat=True))


def _store(
    agent: Agent, hashed: str, *, purpose: str, session: str = "", language: str, now: datetime
) -> None:
    """Keeps the password; locks and sessions end with the old one (A6)."""
    account = agent.account
    account.password, account.password_set_at = hashed, now
    account.must_reset = account.must_reset_elsewhere = False
    account.language = language
    account.save(
        update_fields=["password", "password_set_at", "must_reset", "must_reset_elsewhere", "language"]
    )
    FormerPassword.objects.create(account=account, password=hashed, set_at=now)
    end_sessions(account.pk, but=session)
    unlock(account.identifier, account_id=account.pk, door=AGENTS)
    publish(AgentPasswordSet(actor=account.pk, agent=agent.pk, purpose=purpose, language=language))
