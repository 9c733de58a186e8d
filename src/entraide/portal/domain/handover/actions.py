"""Handing somebody over to a partner, and letting what was signed serve once (TELE-02, A58)."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.formats.handover_token import HandOverClaims, TokenRefused, read_token, write_token
from entraide.portal.domain.contracts.queries import is_covered
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handover.enums import TokenState
from entraide.portal.domain.handover.events import HandedOver
from entraide.portal.domain.handover.keys import current_key, handover_keys, known_as
from entraide.portal.domain.handover.models import HandOver
from entraide.portal.domain.handover.policies import consults_through_us, may_hand_over
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import as_person
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.accounts import limits
from entraide.portal.foundation.events.facts import publish
from entraide.profiles import Partner

LIFE_SECONDS = 60
MOST_AN_HOUR = 30
CHECKS_AN_HOUR = 600
# How long we can say when somebody left for a partner.
KEPT_DAYS = 90


class TooManyHandOvers(DomainError):
    """More departures in an hour than a person makes (429)."""

    def __init__(self) -> None:
        super().__init__(
            _("Vous êtes parti(e) de nombreuses fois en peu de temps. Réessayez dans une heure, ou appelez.")
        )


class TooManyChecks(DomainError):
    """This network checks more tokens than a partner does (429)."""

    def __init__(self) -> None:
        super().__init__("too many checks")


class NotCovered(DomainError):
    def __init__(self) -> None:
        super().__init__(
            _("Aucun contrat ne couvre cette personne aujourd’hui. Une erreur ? Appelez la mutuelle.")
        )


@dataclass(frozen=True, slots=True)
class SignedHandOver:
    """`token` goes in the form that the browser sends to the partner, and nowhere else."""

    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class CheckedToken:
    """`claims`: what a token says, once its signature is right."""

    state: TokenState
    claims: HandOverClaims | None = None

    @property
    def is_valid(self) -> bool:
        return self.state == TokenState.VALID


def hand_to_partner(
    viewer: Viewer, partner: Partner, person_id: UUID, *, now: datetime
) -> SignedHandOver | None:
    """Signs that this person is ours, for one partner, one minute and one use.

    None: not there, not for this viewer, or a partner who takes nobody over. Raises TooManyHandOvers,
    NotCovered.
    """
    rules, on = partner.hand_over, timezone.localdate(now)
    people = {one.pk: one for one in Beneficiary.objects.filter(pk__in={person_id, viewer.person_id})}
    person, own = people.get(person_id), people[viewer.person_id]
    if rules is None or person is None or person.member_id != viewer.member_id:
        return None
    if not may_hand_over(viewer, as_person(person), on=on):
        return None
    # Before the way that somebody comes in: who is not covered has none at all.
    if not is_covered(person.pk, on=on):
        raise NotCovered
    if partner.kind == "teleconsultation" and not consults_through_us(viewer, as_person(person), on=on):
        return None
    with transaction.atomic():
        per_person = {"per": timedelta(hours=1), "now": now}
        if limits.count("partner hand-over", str(viewer.account_id), **per_person) > MOST_AN_HOUR:  # type: ignore[arg-type]
            raise TooManyHandOvers
        nonce = secrets.token_urlsafe(24)
        row = HandOver.objects.create(
            person=person,
            asked_by=own,
            partner=partner.id,
            nonce_hash=_hash(nonce),
            issued_at=now,
            expires_at=now + timedelta(seconds=LIFE_SECONDS),
        )
        claims = HandOverClaims(
            issuer=settings.ENTRAIDE.public_url,
            audience=rules.audience,
            subject=known_as(person, rules),
            actor=known_as(own, rules) if own.pk != person.pk else "",
            nonce=nonce,
            issued_at=int(now.timestamp()),
            expires_at=int(row.expires_at.timestamp()),
        )
        token = write_token(claims, key=current_key())
        publish(HandedOver(actor=viewer.account_id, about=person.pk, partner=partner.id))
        return SignedHandOver(token, row.expires_at)


def use_token(text: str, *, audience: str, now: datetime) -> CheckedToken:
    """Reads a token for this partner and lets it serve: a second time it is `used`, also of two at once."""
    try:
        claims = read_token(text, keys=handover_keys(), audience=audience, now=int(now.timestamp()))
    except TokenRefused as refusal:
        return CheckedToken(TokenState(refusal.fault.value), refusal.claims)
    kept = HandOver.objects.filter(nonce_hash=_hash(claims.nonce))
    # One statement decides: of two who use it at once, one finds it unused.
    if kept.filter(used_at=None, expires_at__gt=now).update(used_at=now) == 1:
        return CheckedToken(TokenState.VALID, claims)
    row = kept.first()
    if row is None:
        return CheckedToken(TokenState.UNKNOWN, claims)
    return CheckedToken(TokenState.EXPIRED if row.used_at is None else TokenState.USED, claims)


def use_token_from(source: str, text: str, *, audience: str, now: datetime) -> CheckedToken:
    """The same for somebody of this network; raises TooManyChecks."""
    if limits.count("hand-over check", source, per=timedelta(hours=1), now=now) > CHECKS_AN_HOUR:
        raise TooManyChecks
    return use_token(text, audience=audience, now=now)


def forget_hand_overs(*, now: datetime) -> int:
    """Deletes those of long ago; gives how many."""
    old = HandOver.objects.filter(issued_at__lt=now - timedelta(days=KEPT_DAYS))
    return old.delete()[0]


def _hash(nonce: str) -> str:
    return hashlib.sha256(nonce.encode()).hexdigest()
