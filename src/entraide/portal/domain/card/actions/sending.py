"""Sending a card by mail: a link that expires, five a day, a copy to its sender, no words of theirs (A53)."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.access.numbers import token_hash
from entraide.portal.domain.card.enums import RecipientKind
from entraide.portal.domain.card.events import CardLinksStopped, CardSent
from entraide.portal.domain.card.models import CardSending
from entraide.portal.domain.card.policies import may_see_card, may_send_to_professional
from entraide.portal.domain.card.queries import card_for
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import as_person
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.facts import publish

LINK_DAYS = 7
MOST_A_DAY = 5
# How long the mutual can say to whom a card was sent, after its link has expired.
KEPT_DAYS = 90


class SendingKeyReused(DomainError):
    """The form's key was used before for another card or recipient (409)."""

    def __init__(self) -> None:
        super().__init__(_("Ce formulaire a déjà servi à envoyer une carte à quelqu’un d’autre."))


@dataclass(frozen=True, slots=True, kw_only=True)
class CardToSend:
    """Whose card, and to whom: somebody of the contract (`to`), or a professional (`email`)."""

    person_id: UUID
    to: UUID | None
    email: str
    request_key: UUID

    @property
    def digest(self) -> str:
        words = f"{self.person_id} {self.to} {self.email if self.to is None else ''}"
        return hashlib.sha256(words.encode()).hexdigest()


def send_card(viewer: Viewer, wanted: CardToSend, *, language: str, now: datetime) -> CardSending:
    """Stores the link and asks for the mail and its copy; the same key sends once.

    The caller has asked for a fresh proof (A32). Raises DomainError with its field, or SendingKeyReused.
    """
    with transaction.atomic():
        # One at a time for each sender: a second click waits here, and the count below is exact.
        sender = Beneficiary.objects.select_for_update(no_key=True).get(pk=viewer.person_id)
        mine = CardSending.objects.filter(sender=sender)
        before = mine.filter(request_key=wanted.request_key).first()
        if before is not None:
            if before.content_digest != wanted.digest:
                raise SendingKeyReused
            return before
        if not sender.email:
            raise DomainError(
                _("Donnez d’abord votre adresse e-mail : une copie de l’envoi vous est adressée.")
            )
        if mine.filter(sent_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
            message = _("Vous avez envoyé %(count)s cartes en un jour : réessayez demain, ou appelez-nous.")
            raise DomainError(message % {"count": MOST_A_DAY})
        return _store(viewer, wanted, language=language, now=now)


def _store(viewer: Viewer, wanted: CardToSend, *, language: str, now: datetime) -> CardSending:
    on = timezone.localdate(now)
    people = Beneficiary.objects.filter(member_id=viewer.member_id).select_related("member")
    person = people.filter(pk=wanted.person_id).first()
    if person is None or not may_see_card(viewer, as_person(person)):
        raise DomainError(_("Choisissez une personne de la liste."), field="person")
    card = card_for(person, on=on)
    if card is None:
        raise DomainError(
            _("Cette personne n’est pas couverte aujourd’hui : elle n’a pas de carte."), field="person"
        )
    to = _somebody(viewer, wanted.to) if wanted.to else None
    address = str(to.email) if to else _typed(viewer, person, wanted, on=on)
    token = secrets.token_urlsafe(24)
    sending = CardSending(
        sender_id=viewer.person_id,
        person=person,
        kind=RecipientKind.FAMILY if to else RecipientKind.PROFESSIONAL,
        recipient=address,
        token_hash=token_hash(token),
        series=card.series,
        sent_at=now,
        expires_at=now + timedelta(days=LINK_DAYS),
        request_key=wanted.request_key,
        content_digest=wanted.digest,
    )
    sending.save(force_insert=True)
    fact = CardSent(
        actor=viewer.account_id,
        about=viewer.person_id,
        person=person.pk,
        recipient=to.pk if to else None,
        kind=sending.kind,
        days=LINK_DAYS,
        language=language,
    )
    # Somebody's address on file is theirs: the sender reads a name.
    told = {"to": to.full_name if to else address, "sender": viewer.full_name, "token": token}
    publish(fact, secrets=told | {"email": "" if to else address})
    return sending


def _typed(viewer: Viewer, person: Beneficiary, wanted: CardToSend, *, on: date) -> str:
    """The address of a professional."""
    if not may_send_to_professional(viewer, as_person(person), on=on):
        message = _("La carte d’un autre adulte part de son propre espace, ou vers une personne du contrat.")
        raise DomainError(message, field="to")
    if not wanted.email:
        raise DomainError(_("Écrivez l’adresse e-mail du professionnel."), field="email")
    return wanted.email


def _somebody(viewer: Viewer, person_id: UUID) -> Beneficiary:
    """Somebody of the contract with an address on file."""
    found = Beneficiary.objects.filter(pk=person_id, member_id=viewer.member_id).first()
    if found is None or not may_see_card(viewer, as_person(found)):
        raise DomainError(_("Choisissez un destinataire de la liste."), field="to")
    if not found.email:
        raise DomainError(_("Nous n’avons pas l’adresse e-mail de cette personne."), field="to")
    return found


def stop_card_links(account: Account, now: datetime) -> None:
    """Part of every freeze: whoever was inside may have sent a card."""
    live = CardSending.objects.filter(sender__account_id=account.pk, withdrawn_at=None, expires_at__gt=now)
    stopped = live.update(withdrawn_at=now)
    if stopped:
        person_id = Beneficiary.objects.values_list("pk", flat=True).get(account_id=account.pk)
        publish(CardLinksStopped(about=person_id, links=stopped))


def forget_sendings(*, now: datetime) -> int:
    """Forgets to whom cards were sent, once their links have been over for long; tells how many."""
    forgotten, _by_table = CardSending.objects.filter(expires_at__lt=now - timedelta(days=KEPT_DAYS)).delete()
    return forgotten
