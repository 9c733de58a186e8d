"""Authenticator apps: a new 6-digit code every 30 seconds, made from a key that the phone keeps (A26)."""

import base64
import io
import json
import secrets
from dataclasses import dataclass
from datetime import datetime

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from entraide.portal.domain.access.enums import FactorKind
from entraide.portal.domain.access.factors.adding import add_factor, clean_name
from entraide.portal.domain.access.factors.sealing import open_for, seal_for
from entraide.portal.domain.access.factors.tries import APP, take_a_try
from entraide.portal.domain.access.models import Factor
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts.models import Account

STEP_SECONDS = 30
DIGITS = 6
# As long as the output of the hash (RFC 4226, 4): 160 bits, 32 letters to type by hand.
_KEY_BYTES = 20
_PURPOSE = "totp"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """An app being set up. `sealed` is what a session keeps; nothing is stored before a right code."""

    secret_base32: str
    uri: str
    sealed: str

    @property
    def groups(self) -> list[str]:
        """The key in groups of four, to type it by hand."""
        return [self.secret_base32[at : at + 4] for at in range(0, len(self.secret_base32), 4)]

    def qr_svg(self) -> bytes:
        """The picture to scan: an SVG document, black on white in any theme."""
        out = io.BytesIO()
        segno.make(self.uri, error="m", micro=False).save(out, kind="svg", scale=6, border=4, light="#fff")
        return out.getvalue()


def start_totp(account: Account, *, now: datetime) -> Enrolment:
    """A fresh key for an app of this account, not stored yet."""
    key = secrets.token_bytes(_KEY_BYTES)
    return _enrolment(account, key, seal_for(account, _PURPOSE, _base32(key), now=now))


def resume_totp(account: Account, sealed: str, *, now: datetime) -> Enrolment | None:
    """The set-up that `Enrolment.sealed` came from; None for another one's, and after ten minutes."""
    text = open_for(account, _PURPOSE, sealed, now=now)
    return _enrolment(account, base64.b32decode(text), sealed) if text else None


def confirm_totp(
    *,
    account: Account,
    enrolment: Enrolment,
    code: str,
    name: str,
    language: str,
    now: datetime,
    only_if_none: bool = False,
) -> Factor:
    """Stores the app once it gave a right code; raises DomainError(field="code") otherwise.

    `only_if_none`: as for `add_factor`.
    """
    step = _matching_step(enrolment.secret_base32, code, now=now)
    if step is None:
        raise DomainError(
            _("Ce code n’est pas le bon. Vérifiez que le téléphone est à l’heure et tapez le code affiché."),
            field="code",
        )
    factor = Factor(
        account=account,
        kind=FactorKind.TOTP,
        name=clean_name(name, otherwise=_("Application")),
        secret=json.dumps({"key": enrolment.secret_base32}),
        # The code that proves the app does not open the door as well.
        last_step=step,
    )
    with transaction.atomic():
        return add_factor(factor, language=language, now=now, only_if_none=only_if_none)


def use_totp(*, account: Account, code: str, attempt: str, now: datetime) -> Factor:
    """Accepts the code of one of the account's apps, once, 30 s early or late at most.

    `attempt` names what tries are counted for: five for each, ten wrong ones a day, a hundred in all.
    Raises DomainError(field="code"); TriesOver when the attempt is used up.
    """
    this_try = take_a_try(APP, account=account, attempt=attempt, field="code", now=now)
    because = ""
    with transaction.atomic():
        for factor in Factor.objects.select_for_update().filter(account=account, kind=FactorKind.TOTP):
            step = _matching_step(json.loads(factor.secret)["key"], code, now=now)
            if step is not None and step > factor.last_step:
                factor.last_step, factor.last_used_at = step, now
                factor.save(update_fields=["last_step", "last_used_at"])
                this_try.was_right()
                return factor
            if step is not None:
                because = _("Ce code a déjà servi. Attendez le suivant dans l’application.")
    raise this_try.refusal(because)


def _enrolment(account: Account, key: bytes, sealed: str) -> Enrolment:
    uri = _totp(key).get_provisioning_uri(account.identifier, settings.PROFILE.identity.short_name)
    return Enrolment(_base32(key), uri, sealed)


def _base32(key: bytes) -> str:
    return base64.b32encode(key).decode()


def _matching_step(secret_base32: str, code: str, *, now: datetime) -> int | None:
    """The step whose code this is, among the one before, the current one and the next; None when none."""
    if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
        return None
    totp = _totp(base64.b32decode(secret_base32))
    current = int(now.timestamp()) // STEP_SECONDS
    for step in (current, current - 1, current + 1):
        try:
            totp.verify(code.encode(), step * STEP_SECONDS)
        except InvalidToken:
            continue
        return step
    return None


def _totp(key: bytes) -> TOTP:
    # SHA-1: what every app understands; HMAC does not suffer from its collisions (RFC 6238).
    return TOTP(key, DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303
