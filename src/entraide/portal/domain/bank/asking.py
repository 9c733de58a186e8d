"""Asking for another account: a request, not a change (BANK-01, BANK-02, A71, A72, A73)."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.access.actions.safety import publish_change
from entraide.portal.domain.access.enums import Change
from entraide.portal.domain.access.policies import may_change_bank
from entraide.portal.domain.bank.enums import LIVE, Scope
from entraide.portal.domain.bank.events import AccountChangeAsked, AccountSeenElsewhere
from entraide.portal.domain.bank.looks import other_families
from entraide.portal.domain.bank.models import AccountChange
from entraide.portal.domain.bank.papers import KEPT_BY, papers_waiting
from entraide.portal.domain.bank.telling import tell_other_adults
from entraide.portal.domain.bank.values import checked_bic, checked_holder, checked_iban
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.bank_accounts import account_index
from entraide.portal.domain.members.enums import Relationship
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.policies import may_change_account
from entraide.portal.domain.members.queries import as_person
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.actions import Conflict
from entraide.portal.domain.requests.holding import drop
from entraide.portal.domain.requests.models import RequestFile
from entraide.portal.domain.requests.references import new_reference
from entraide.portal.domain.requests.words import infected
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.facts import publish
from entraide.portal.foundation.web.wording import day, moment

log = structlog.get_logger()
_TRIES = 5
# Each one sends mails and SMS to a whole family.
_A_DAY = 5


class NotTheirs(DomainError):
    """This account is not the viewer's to change: answered like one that does not exist."""


class AlreadyAsked(DomainError):
    """One change at a time for each account (A73). `first` is the one that waits."""

    def __init__(self, first: AccountChange) -> None:
        message = _("Un changement de ce compte est déjà en cours depuis le %(day)s : rien n’a été ajouté.")
        super().__init__(message % {"day": day(timezone.localdate(first.asked_at))})
        self.first = first


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """The account as it is about to be asked for, its values checked."""

    iban: str
    bic: str
    holder: str
    request_key: UUID
    language: str
    now: datetime


def ask_change(
    viewer: Viewer,
    *,
    person_id: UUID | None,
    iban: str,
    bic: str,
    holder: str,
    request_key: UUID,
    language: str,
    now: datetime,
) -> AccountChange:
    """Stores a change with the RIB held under its key, tells whom it concerns, publishes AccountChangeAsked.

    `person_id`: whose own account, or None for the contract's. Nothing is paid elsewhere before the
    cooling-off and the mutual's check. The same key with the same content gives the change of the first
    time; Conflict with another one. Other refusals: NotTheirs, AlreadyAsked, DomainError with its field.
    """
    scope = Scope.PERSON if person_id is not None else Scope.CONTRACT
    person = account_holder(viewer, person_id, on=timezone.localdate(now))
    if person is None:
        raise NotTheirs(_("Ce compte n’est pas le vôtre."))
    asked = NewAccount(
        iban=checked_iban(iban),
        bic=checked_bic(bic),
        holder=checked_holder(holder),
        request_key=request_key,
        language=language,
        now=now,
    )
    for attempt in range(_TRIES):
        try:
            with transaction.atomic():
                return _store(viewer, person, scope, asked)
        except IntegrityError:
            # A second click or a second window won: look again, and say so.
            if attempt == _TRIES - 1:
                raise
    raise AssertionError


def account_holder(viewer: Viewer, person_id: UUID | None, *, on: date) -> Beneficiary | None:
    """The person whose account the viewer may change; None: not there, or not theirs (A72)."""
    if person_id is None:
        only_primary = {"relationship": Relationship.PRIMARY_INSURED, "pk": viewer.person_id}
        return Beneficiary.objects.filter(member_id=viewer.member_id, **only_primary).first()
    person = Beneficiary.objects.filter(member_id=viewer.member_id, pk=person_id).first()
    if person is None or person.is_primary or not may_change_account(viewer, as_person(person), on=on):
        return None
    return person


def _store(viewer: Viewer, person: Beneficiary, scope: Scope, asked: NewAccount) -> AccountChange:
    # The same lock as a freeze: a change is stored before it, and stopped by it, or not stored at all.
    account = Account.objects.select_for_update(of=("self",), no_key=True).get(pk=viewer.account_id)
    papers = list(papers_waiting(viewer, asked.request_key).select_for_update())
    before = AccountChange.objects.filter(asked_by_id=viewer.person_id, request_key=asked.request_key).first()
    if before is not None:
        return _same(before, person, scope, asked, papers)
    live = AccountChange.objects.filter(person=person, state__in=LIVE).first()
    if live is not None:
        raise AlreadyAsked(live)
    _check_account(account, now=asked.now)
    _check_differs(person, asked.iban)
    today = AccountChange.objects.filter(
        asked_by_id=viewer.person_id, asked_at__gt=asked.now - timedelta(days=1)
    )
    if today.count() >= _A_DAY:
        raise DomainError(
            _("Vous avez demandé beaucoup de changements aujourd’hui : réessayez demain, ou appelez-nous.")
        )
    if not papers:
        raise DomainError(_("Ajoutez votre RIB, en PDF ou en photo."), field="rib")
    if papers[0].is_infected:
        raise DomainError(infected(papers[0].name), field="rib")
    drop(papers[1:])
    return _create(viewer, person, scope, asked, papers[0])


def _same(
    before: AccountChange, person: Beneficiary, scope: Scope, asked: NewAccount, papers: list[RequestFile]
) -> AccountChange:
    paper = papers[0].sha256 if papers else before.paper.sha256
    if before.content_digest != _digest(person, scope, asked, paper):
        raise Conflict
    drop(papers)
    return before


def _check_account(account: Account, *, now: datetime) -> None:
    if may_change_bank(account, now=now):
        return
    if account.cooling_until is None or account.frozen_at is not None:
        raise DomainError(_("Cet accès est bloqué. Appelez-nous."))
    raise DomainError(
        _("Vos coordonnées bancaires ne peuvent pas changer avant le %(moment)s.")
        % {"moment": moment(account.cooling_until)}
    )


def _check_differs(person: Beneficiary, iban: str) -> None:
    shared = Beneficiary.objects.filter(
        member_id=person.member_id, relationship=Relationship.PRIMARY_INSURED
    ).first()
    in_use = person.iban or (shared.iban if shared is not None else "")
    if in_use == iban:
        raise DomainError(
            _("C’est déjà le compte de vos remboursements : il n’y a rien à changer."), field="iban"
        )


def _digest(person: Beneficiary, scope: Scope, asked: NewAccount, paper: str) -> str:
    words = json.dumps([str(person.pk), scope, asked.iban, asked.bic, asked.holder, paper])
    return settings.ENTRAIDE.keys.blind_index("account change asked", words)


def _create(
    viewer: Viewer, person: Beneficiary, scope: Scope, asked: NewAccount, paper: RequestFile
) -> AccountChange:
    cooling = timedelta(hours=settings.PROFILE.security.cooling_hours)
    change = AccountChange(
        reference=new_reference(settings.PROFILE.identity.reference_prefix),
        scope=scope,
        person=person,
        asked_by_id=viewer.person_id,
        iban=asked.iban,
        bic=asked.bic,
        holder=asked.holder,
        iban_index=account_index(asked.iban),
        replaced_index=account_index(person.iban),
        paper=paper,
        request_key=asked.request_key,
        content_digest=_digest(person, scope, asked, paper.sha256),
        language=asked.language,
        asked_at=asked.now,
        effective_at=asked.now + cooling,
    )
    change.save(force_insert=True)
    RequestFile.objects.filter(pk=paper.pk).update(kept_by=KEPT_BY)
    _watch(viewer, change)
    tell_other_adults(change, step="asked", except_for=viewer.person_id, now=asked.now)
    publish_change(
        AccountChangeAsked(
            actor=viewer.account_id,
            about=viewer.person_id,
            change_id=change.pk,
            reference=change.reference,
            whole=scope == Scope.CONTRACT,
            effective_on=timezone.localdate(change.effective_at),
            language=asked.language,
        ),
        account=Account.objects.get(pk=viewer.account_id),
        change=Change.BANK_ASKED,
        now=asked.now,
    )
    return change


def _watch(viewer: Viewer, change: AccountChange) -> None:
    """A70: one account for several families may be a thief's."""
    others = other_families(change)
    if others:
        log.error("bank.account_seen_elsewhere", families=others + 1)
        publish(
            AccountSeenElsewhere(
                actor=viewer.account_id, about=viewer.person_id, change_id=change.pk, families=others + 1
            )
        )
