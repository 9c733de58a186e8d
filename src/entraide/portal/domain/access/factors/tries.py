"""Guesses of a code: five for one attempt, ten a day, each counted before it is looked at (A8, A16, A17)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts import limits
from entraide.portal.foundation.accounts.models import Account

PER_ATTEMPT = 5
PER_DAY = 10
_DAY = timedelta(days=1)


class TriesOver(DomainError):
    """The attempt is used up: the way in starts again from the beginning."""


@dataclass(frozen=True, slots=True)
class Try:
    """One guess that has taken its place in the count."""

    scope: str
    account_key: str
    left: int
    field: str

    def was_right(self) -> None:
        """A right code is no guess: it leaves the count of the day."""
        limits.give_back(f"{self.scope} wrong", self.account_key)

    def refusal(self, because: str = "") -> DomainError:
        """What to raise: why this code does not open, and how many tries are left."""
        if self.left <= 0:
            return _over(self.field)
        left = ngettext("Il vous reste %(count)d essai.", "Il vous reste %(count)d essais.", self.left) % {
            "count": self.left
        }
        why = because or _("Ce code n’est pas le bon.")
        return DomainError(f"{why} {left}", field=self.field)


def take_a_try(scope: str, *, account: Account, attempt: str, field: str, now: datetime) -> Try:
    """Counts one guess of this attempt, before the caller looks at it and outside its transaction.

    Raises TriesOver after five in this attempt, DomainError after ten wrong ones that day.
    """
    number = limits.count(f"{scope} tries", attempt[:64], per=_DAY, now=now)
    if number > PER_ATTEMPT:
        raise _over(field)
    if limits.count(f"{scope} wrong", str(account.pk), per=_DAY, now=now) > PER_DAY:
        raise DomainError(
            _("Trop de codes faux aujourd’hui. Prenez un autre moyen, réessayez demain, ou appelez-nous."),
            field=field,
        )
    return Try(scope, str(account.pk), PER_ATTEMPT - number, field)


def _over(field: str) -> TriesOver:
    return TriesOver(_("Ce code n’est pas le bon, et c’était le dernier essai. Recommencez."), field=field)
