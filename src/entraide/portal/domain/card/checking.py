"""Is this card valid today? For anybody who holds its code: what the code proves, and what the file knows."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.formats.card_code import CardClaims, CardCodeRefused, check_card_code
from entraide.portal.domain.card.codes import card_keys
from entraide.portal.domain.card.enums import CardState
from entraide.portal.domain.card.queries import CoverageCard, card_for, series_of
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts import limits

# Of one network: a busy counter checks less, and whoever tries codes learns nothing.
CHECKS_AN_HOUR = 120


class TooManyChecks(DomainError):
    """This network checks more cards than a counter does (429)."""

    def __init__(self) -> None:
        super().__init__(_("Trop de vérifications depuis votre réseau : réessayez dans une heure."))


@dataclass(frozen=True, slots=True)
class CheckedCard:
    """`claims`: what the card says, once its signature is right; `card`: what the contract says today."""

    state: CardState
    claims: CardClaims | None = None
    card: CoverageCard | None = None

    @property
    def is_valid(self) -> bool:
        return self.state == CardState.VALID


def check_card_for(source: str, text: str, *, now: datetime) -> CheckedCard:
    """Checks a code for somebody of this network; raises TooManyChecks."""
    if limits.count("card check", source, per=timedelta(hours=1), now=now) > CHECKS_AN_HOUR:
        raise TooManyChecks
    return check_card(text, on=timezone.localdate(now))


def check_card(text: str, *, on: date) -> CheckedCard:
    """Reads a code, or the link that a QR holds, and looks in the file; one or three queries."""
    try:
        claims = check_card_code(text, keys=card_keys(), on=on)
    except CardCodeRefused as refusal:
        return CheckedCard(CardState(refusal.fault.value), refusal.claims)
    people = Beneficiary.objects.select_related("member")
    person = people.filter(number=claims.number, member__number=claims.member_number).first()
    card = card_for(person, on=on) if person is not None else None
    if person is not None and claims.series != series_of(person.pk):
        return CheckedCard(CardState.REPLACED, claims)
    if card is None:
        return CheckedCard(CardState.ENDED, claims)
    return CheckedCard(CardState.VALID, claims, card)
