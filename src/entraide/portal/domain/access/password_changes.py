"""How often a password may be changed, and new ones compared with every former one (A11, PWD-10).

The depth of the comparison is without limit, and each former password costs a hash: so the comparisons are
few. Those of a mailed link count for the link alone, so that nobody inside stops its owner from recovering.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts import limits

CHANGES_PER_DAY = 5
COMPARISONS_PER_DAY = 20
_DAY = timedelta(days=1)
_CHANGES = "password changes"
_COMPARISONS = "password comparisons"
_FIELD = "new_password1"


def may_change(account_id: UUID, *, now: datetime) -> None:
    """Raises DomainError when the account has changed its password, or tried to, too often today."""
    changed = limits.counted(_CHANGES, str(account_id), now=now)
    compared = limits.counted(_COMPARISONS, str(account_id), now=now)
    if changed >= CHANGES_PER_DAY or compared >= COMPARISONS_PER_DAY:
        raise _tomorrow()


def note_change(account_id: UUID, *, now: datetime) -> None:
    """Counts one change, with which it is stored or not; raises DomainError beyond the day's last."""
    if limits.count(_CHANGES, str(account_id), per=_DAY, now=now) > CHANGES_PER_DAY:
        raise _tomorrow()


def note_comparison(account_id: UUID, *, now: datetime) -> None:
    """Counts one comparison, before it is made; raises DomainError beyond the day's last."""
    if limits.count(_COMPARISONS, str(account_id), per=_DAY, now=now) > COMPARISONS_PER_DAY:
        raise _tomorrow()


def note_comparison_by_link(link: int | UUID, *, now: datetime) -> None:
    """The same for a mailed link; another link can be asked for at once."""
    if limits.count(_COMPARISONS, f"link {link}", per=_DAY, now=now) > COMPARISONS_PER_DAY:
        raise DomainError(_("Trop d’essais avec ce lien. Demandez-en un nouveau."), field=_FIELD)


def _tomorrow() -> DomainError:
    return DomainError(
        _(
            "Vous avez déjà changé ou essayé de changer votre mot de passe trop souvent aujourd’hui. "
            "Réessayez demain : en attendant, votre mot de passe actuel reste valable."
        ),
        field=_FIELD,
    )
