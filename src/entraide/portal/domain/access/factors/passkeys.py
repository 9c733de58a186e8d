"""Passkeys (WebAuthn): a key of the phone, the computer or a stick, opened by finger, face or PIN (A26)."""

import base64
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from entraide.portal.domain.access.enums import FactorKind
from entraide.portal.domain.access.events import PasskeyCloned
from entraide.portal.domain.access.factors.adding import add_factor, clean_name
from entraide.portal.domain.access.factors.queries import person_of
from entraide.portal.domain.access.factors.relying_party import relying_party
from entraide.portal.domain.access.models import Factor
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts import limits
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.facts import publish

# What was asked of the browser and what it answered, as JSON; the state stays in the session, used once.
Options = dict[str, Any]
State = dict[str, Any]
Response = Mapping[str, Any]

SECONDS = 300
_SOURCE_WINDOW, _SOURCE_ASKS = timedelta(minutes=5), 60


def register_options(account: Account, *, display_name: str, now: datetime) -> tuple[Options, State]:
    """What to hand to `navigator.credentials.create`, and the state to keep until `register`."""
    options, state = relying_party().register_begin(
        PublicKeyCredentialUserEntity(
            id=account.pk.bytes, name=account.identifier, display_name=display_name or account.identifier
        ),
        credentials=[_credential(one) for one in _passkeys(account)],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options), _state(state, "register", now)


def register(
    *,
    account: Account,
    state: State | None,
    response: Response,
    name: str,
    language: str,
    now: datetime,
    only_if_none: bool = False,
) -> Factor:
    """Stores a new passkey; raises DomainError when the answer is not one to our question.

    `only_if_none`: as for `add_factor`.
    """
    if not _take(state, "register", now):
        raise DomainError(_("C’était trop long. Recommencez."))
    try:
        data = relying_party().register_complete(state, response)
        credential = data.credential_data
    except Exception:
        # Whatever the library says of bytes that a browser sent, the person can only do one thing.
        raise DomainError(_("Cette clé d’accès n’a pas pu être enregistrée. Recommencez.")) from None
    assert credential is not None  # the library refuses a registration without one
    factor = Factor(
        account=account,
        kind=FactorKind.PASSKEY,
        name=clean_name(name, otherwise=_("Clé d’accès")),
        secret=json.dumps({"credential": base64.b64encode(credential).decode()}),
        credential_hash=_index(credential.credential_id),
        sign_count=data.counter,
    )
    with transaction.atomic():
        if Factor.with_suspended.filter(credential_hash=factor.credential_hash).exists():
            raise DomainError(_("Cette clé d’accès est déjà enregistrée."))
        return add_factor(factor, language=language, now=now, only_if_none=only_if_none)


def sign_in_options(account: Account | None = None, *, now: datetime) -> tuple[Options, State]:
    """What to hand to `navigator.credentials.get`, and the state to keep until `use_passkey`.

    Without an account the browser offers every passkey that it has for us; with one, only that account's.
    """
    credentials = [_credential(one) for one in _passkeys(account)] if account is not None else None
    options, state = relying_party().authenticate_begin(
        credentials, user_verification=UserVerificationRequirement.REQUIRED
    )
    return dict(options), _state(state, "use", now)


def use_passkey(
    *, state: State | None, response: Response, account: Account | None = None, now: datetime
) -> Account:
    """The account that a passkey opens, both proofs in one: what one has, and finger, face or PIN.

    With `account`, only a passkey of that one. Every refusal has the same words: unknown or withdrawn key,
    another person's, wrong origin, no finger or PIN, an answer that was used, a copied key, an account that
    is frozen or ended. A copied key is noted as a fact.
    """
    refusal = passkey_refusal()
    answer = _parsed(response) if _take(state, "use", now) else None
    if answer is None:
        raise refusal
    with transaction.atomic():
        factor = (
            Factor.objects.select_for_update(of=("self",))
            .select_related("account")
            .filter(credential_hash=_index(answer.raw_id), kind=FactorKind.PASSKEY)
            .first()
        )
        if factor is None or not _signed(factor, state, answer):
            raise refusal
        if account is not None and factor.account_id != account.pk:
            raise refusal
        owner, count = factor.account, answer.response.authenticator_data.counter
        # A passkey that is synced between devices does not count: always 0 (WebAuthn Level 2, 6.1.1).
        if max(count, factor.sign_count) > 0 and count <= factor.sign_count:
            publish(PasskeyCloned(about=person_of(owner), factor_id=factor.pk))
        elif owner.is_active and owner.frozen_at is None:
            factor.sign_count, factor.last_used_at = count, now
            factor.save(update_fields=["sign_count", "last_used_at"])
            return owner
    raise refusal


def passkey_refusal() -> DomainError:
    """The words of every refusal of a passkey."""
    return DomainError(_("Cette clé d’accès n’ouvre pas votre espace. Prenez un autre moyen."))


def may_ask(source: str, *, now: datetime) -> bool:
    """False when one network asks for too many questions: each is a row of ours."""
    return limits.count("passkey source", source, per=_SOURCE_WINDOW, now=now) <= _SOURCE_ASKS


def _parsed(response: Response) -> AuthenticationResponse | None:
    try:
        return AuthenticationResponse.from_dict(response)
    except Exception:
        # Bytes from a browser: the library says what it dislikes in a dozen ways.
        return None


def _signed(factor: Factor, state: State | None, answer: AuthenticationResponse) -> bool:
    """True when this passkey signed our question, from our pages, after a finger, a face or a PIN."""
    handle = answer.response.user_handle
    if handle is not None and handle != factor.account_id.bytes:
        return False
    credential = _credential(factor)
    try:
        relying_party().authenticate_complete(state, [credential], answer)
    except Exception:
        return False
    return True


def _passkeys(account: Account) -> list[Factor]:
    return list(Factor.objects.filter(account=account, kind=FactorKind.PASSKEY))


def _credential(factor: Factor) -> AttestedCredentialData:
    return AttestedCredentialData(base64.b64decode(json.loads(factor.secret)["credential"]))


def _index(credential_id: bytes) -> str:
    return sha256(credential_id).hexdigest()


def _state(state: Mapping[str, Any], purpose: str, now: datetime) -> State:
    return {
        "challenge": state["challenge"],
        "user_verification": str(state["user_verification"]),
        "purpose": purpose,
        "at": int(now.timestamp()),
    }


def _take(state: State | None, purpose: str, now: datetime) -> bool:
    """Uses the question up: asked for this purpose, not too long ago, and by whom else never answered."""
    if state is None or state.get("purpose") != purpose:
        return False
    if not 0 <= now.timestamp() - state["at"] <= SECONDS:
        return False
    # In the database: two requests at the same moment hold the same session (A5).
    key = sha256(state["challenge"].encode()).hexdigest()
    return limits.count("passkey question", key, per=timedelta(seconds=2 * SECONDS), now=now) == 1
