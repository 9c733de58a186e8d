"""Guesses of a code: five for one attempt, ten a day, a hundred in all, each counted before it is looked at.

(A8, A16, A17). The day is counted for each way apart, all together for the account.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entraide.portal.domain.access.events import FactorGuessed
from entraide.portal.domain.access.factors.queries import person_of
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts import limits
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.facts import publish

PER_ATTEMPT = 5
PER_DAY = 10
IN_ALL = 100
# The ways that are counted; `password` is that of a confirmation inside an open session.
APP, RECOVERY, PASSWORD = "app", "recovery", "password"
_DAY = timedelta(days=1)
# Longer than any account lives: this count never starts again by itself.
_FOR_GOOD = timedelta(days=36_500)
_IN_ALL = "factor wrong in all"


class TriesOver(DomainError):
    """The attempt is used up: the way in starts again from the beginning."""


@dataclass(frozen=True, slots=True)
class Try:
    """One guess that has taken its place in the counts."""

    way: str
    account: Account
    attempt: str
    field: str
    number: int
    today: int
    in_all: int

    def was_right(self) -> None:
        """A right code is no guess: it leaves every count."""
        limits.give_back(_tries(self.way), self.attempt)
        limits.give_back(_wrong(self.way), str(self.account.pk))
        limits.give_back(_IN_ALL, str(self.account.pk))

    def refusal(self, because: str = "") -> DomainError:
        """Notes that it was wrong; returns what to raise: why it does not open, how many tries are left.

        The one that stops the way tells the person. Outside the caller's transaction, which may fail.
        """
        for_good = self.in_all == IN_ALL
        if for_good or self.today == PER_DAY:
            with transaction.atomic():
                publish(
                    FactorGuessed(
                        actor=self.account.pk,
                        about=person_of(self.account),
                        way=self.way,
                        for_good=for_good,
                        language=self.account.language,
                    )
                )
        if self.number >= PER_ATTEMPT:
            return _over(self.way, self.field)
        count = PER_ATTEMPT - self.number
        left = ngettext("Il vous reste %(count)d essai.", "Il vous reste %(count)d essais.", count)
        why = because or _("Ce code n’est pas le bon.")
        return DomainError(f"{why} {left % {'count': count}}", field=self.field)


def take_a_try(way: str, *, account: Account, attempt: str, field: str, now: datetime) -> Try:
    """Counts one guess of this attempt, before the caller looks at it and outside its transaction.

    Raises TriesOver after five in this attempt, DomainError after ten wrong ones that day or, until the
    mutual has spoken with the person, after a hundred in all.
    """
    attempt, key = attempt[:64], str(account.pk)
    number = limits.count(_tries(way), attempt, per=_DAY, now=now)
    if number > PER_ATTEMPT:
        raise _over(way, field)
    today = limits.count(_wrong(way), key, per=_DAY, now=now)
    if today > PER_DAY:
        raise DomainError(_stopped_today(way), field=field)
    in_all = limits.count(_IN_ALL, key, per=_FOR_GOOD, now=now)
    if in_all > IN_ALL:
        limits.give_back(_IN_ALL, key)
        raise DomainError(
            _(
                "Trop d’essais faux pour cet accès : par sécurité, nous n’en acceptons plus. "
                "Appelez-nous : un conseiller vérifiera avec vous qui vous êtes."
            ),
            field=field,
        )
    return Try(way, account, attempt, field, number, today, in_all)


def reopen(account: Account, *, now: datetime) -> bool:
    """Forgets the wrong ones of the account; False when they had not stopped it for good."""
    key = str(account.pk)
    stopped = limits.counted(_IN_ALL, key, now=now) >= IN_ALL
    for scope in (_IN_ALL, *(_wrong(way) for way in (APP, RECOVERY, PASSWORD))):
        limits.reset(scope, key)
    return stopped


def _tries(way: str) -> str:
    return f"{way} tries"


def _wrong(way: str) -> str:
    return f"{way} wrong"


def _over(way: str, field: str) -> TriesOver:
    if way == PASSWORD:
        return TriesOver(
            _("Ce n’est pas le bon mot de passe, et c’était le dernier essai. Recommencez."), field=field
        )
    return TriesOver(_("Ce code n’est pas le bon, et c’était le dernier essai. Recommencez."), field=field)


def _stopped_today(way: str) -> str:
    if way == PASSWORD:
        return _("Trop de mots de passe faux aujourd’hui. Réessayez demain, ou appelez-nous.")
    return _("Trop de codes faux aujourd’hui. Prenez un autre moyen, réessayez demain, ou appelez-nous.")
