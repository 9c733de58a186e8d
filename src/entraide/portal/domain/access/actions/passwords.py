"""Setting a password through a link, and changing it inside the space."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entraide.portal.domain.access.actions.links import open_link
from entraide.portal.domain.access.actions.safety import publish_change
from entraide.portal.domain.access.enums import Change
from entraide.portal.domain.access.events import PasswordSet
from entraide.portal.domain.access.locks import unlock
from entraide.portal.domain.access.models import PasswordLink
from entraide.portal.domain.access.password_changes import (
    may_change,
    note_change,
    note_comparison,
    note_comparison_by_link,
)
from entraide.portal.domain.access.passwords import problems, was_used
from entraide.portal.domain.access.sessions import end_sessions
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import person_by_number
from entraide.portal.foundation.accounts import limits
from entraide.portal.foundation.accounts.models import Account, FormerPassword

TRIES_PER_LINK = 5
_HOUR = timedelta(hours=1)


def set_password(*, token: str, birth_date: date, password: str, language: str, now: datetime) -> Account:
    """Sets the password of the link's owner and ends the link (PWD-04, PWD-05); signs nobody in (A6).

    Raises DomainError, tied to a field, when the link is over, the birth date wrong, or the password refused.
    """
    link = open_link(token, now=now)
    person = link.beneficiary
    _check_birth_date(link, birth_date, now=now)
    account = person.account
    _check_rule(password, person=person)
    if account is not None:
        note_comparison_by_link(link.pk, now=now)
        _check_unused(password, account=account)
    hashed = make_password(password)
    with transaction.atomic():
        if account is not None and _is_frozen(account):
            # Since the page was opened; the freeze has ended the link.
            raise DomainError(_("Ce lien a déjà servi ou n’est plus valable. Demandez-en un nouveau."))
        ended = PasswordLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=now)
        if not ended:
            raise DomainError(_("Ce lien a déjà servi ou n’est plus valable. Demandez-en un nouveau."))
        PasswordLink.objects.filter(beneficiary=person, ended_at=None).update(ended_at=now)
        if account is None:
            account, _created = Account.objects.get_or_create(identifier=person.number)
            Beneficiary.objects.filter(pk=person.pk).update(account=account)
        _store(account, hashed, language=language, now=now)
        end_sessions(account.pk)
        unlock(person.number, account_id=account.pk)
        _tell(person, account, purpose=link.purpose, language=language, now=now)
    return account


def change_password(
    *, account: Account, old: str, new: str, session: str = "", language: str, now: datetime
) -> Account:
    """Changes the password of a signed-in person (PWD-06, X8).

    Every session ends but the one with the fingerprint `session`, which its page renews.
    """
    person, key = Beneficiary.objects.get(account=account), str(account.pk)
    # What costs nothing comes first: each hash below is counted before it is made (A11).
    _check_rule(new, person=person)
    may_change(account.pk, now=now)
    if limits.count("change", key, per=_HOUR, now=now) > TRIES_PER_LINK:
        raise DomainError(_("Trop d’essais. Réessayez dans une heure."), field="old_password")
    if not check_password(old, account.password):
        raise DomainError(_("Ce n’est pas votre mot de passe actuel."), field="old_password")
    limits.reset("change", key)
    note_comparison(account.pk, now=now)
    _check_unused(new, account=account)
    note_change(account.pk, now=now)
    hashed = make_password(new)
    with transaction.atomic():
        _store(account, hashed, language=language, now=now)
        end_sessions(account.pk, but=session)
        unlock(person.number, account_id=account.pk)
        _tell(person, account, purpose="change", language=language, now=now)
    return account


def give_first_password(*, number: str, password: str, set_at: datetime, must_reset: bool = False) -> Account:
    """Opens an account for a fictitious person of the demo. Raises DomainError outside the demo."""
    person = person_by_number(number)
    if not settings.ENTRAIDE.demo or person is None:
        raise DomainError("only for people of the demo")
    account, created = Account.objects.get_or_create(identifier=number)
    if created:
        _store(account, make_password(password), language="fr", now=set_at)
        Account.objects.filter(pk=account.pk).update(must_reset=must_reset)
        Beneficiary.objects.filter(pk=person.pk).update(account=account)
    return account


def _check_birth_date(link: PasswordLink, birth_date: date, *, now: datetime) -> None:
    """Counts wrong dates under the lock of the link's row: five, whatever comes at the same time."""
    right = link.beneficiary.birth_date == birth_date
    with transaction.atomic():
        tries = PasswordLink.objects.select_for_update().values_list("tries", flat=True).get(pk=link.pk)
        if tries < TRIES_PER_LINK and not right:
            tries += 1
            ended = now if tries == TRIES_PER_LINK else None
            PasswordLink.objects.filter(pk=link.pk, ended_at=None).update(tries=tries, ended_at=ended)
    if right and tries < TRIES_PER_LINK:
        return
    if tries >= TRIES_PER_LINK:
        raise DomainError(_("Trop d’essais avec ce lien. Demandez-en un nouveau."))
    left = TRIES_PER_LINK - tries
    words = ngettext(
        "Cette date ne correspond pas à votre dossier. Vérifiez le jour, le mois et l’année. "
        "Il vous reste %(count)d essai avec ce lien.",
        "Cette date ne correspond pas à votre dossier. Vérifiez le jour, le mois et l’année. "
        "Il vous reste %(count)d essais avec ce lien.",
        left,
    )
    raise DomainError(words % {"count": left}, field="birth_date")


def _check_rule(password: str, *, person: Beneficiary) -> None:
    identity, policy = settings.PROFILE.identity, settings.PROFILE.security
    found = problems(
        password,
        min_length=policy.password_min_length,
        passphrase_min_length=policy.passphrase_min_length,
        personal=_known_of(person),
        words=[*identity.name.split(), identity.short_name, settings.PROFILE.slug],
        birth_date=person.birth_date,
    )
    if found:
        raise DomainError(" ".join(found), field="new_password1")


def _check_unused(password: str, *, account: Account) -> None:
    """PWD-10, whatever the number of former ones: in no transaction, that nobody waits for the hashes."""
    if was_used(password, _hashes(account)):
        words = _("Vous avez déjà utilisé ce mot de passe : choisissez-en un nouveau.")
        raise DomainError(words, field="new_password1")


def _known_of(person: Beneficiary) -> list[str]:
    """What whoever knows the family would try: the names on the contract, and the numbers of the person."""
    family = Beneficiary.objects.filter(member_id=person.member_id).select_related("member")
    names = [name for one in family for name in (one.last_name, one.first_name, one.birth_name)]
    return [*names, person.number, *{one.member.number for one in family}]


def _is_frozen(account: Account) -> bool:
    """Asked under the lock that a freeze takes first."""
    row = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    return row.frozen_at is not None


def _tell(person: Beneficiary, account: Account, *, purpose: str, language: str, now: datetime) -> None:
    publish_change(
        PasswordSet(actor=account.pk, about=person.pk, purpose=purpose, language=language),
        account=account,
        change=Change.PASSWORD_SET,
        now=now,
    )


def _hashes(account: Account) -> list[str]:
    former = FormerPassword.objects.filter(account=account).order_by("-set_at")
    return list(former.values_list("password", flat=True))


def _store(account: Account, hashed: str, *, language: str, now: datetime) -> None:
    account.password, account.password_set_at = hashed, now
    account.must_reset = account.must_reset_elsewhere = False
    account.language = language
    account.save(
        update_fields=["password", "password_set_at", "must_reset", "must_reset_elsewhere", "language"]
    )
    FormerPassword.objects.create(account=account, password=hashed, set_at=now)
