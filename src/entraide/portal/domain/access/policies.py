"""What an access that changed lately may not do yet (X6, A22, A24)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.access.factors.queries import has_strong_factor
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.mobiles import is_distrusted, is_recycled
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.models import Account


def may_change_bank(account: Account, *, now: datetime) -> bool:
    """X6: not within `cooling_hours` of a new mobile, address or factor; not while the access is frozen."""
    if not account.is_active or account.frozen_at is not None:
        return False
    return account.cooling_until is None or account.cooling_until <= now


def trusts_mobile(person: Beneficiary, *, now: datetime) -> bool:
    """A22, A24: whether a code to this mobile is enough for a change of address or mobile, or a full export.

    It always opens the door. It is enough for more when the mutual had the number on file, or the person
    declared it `mobile_trust_days` ago; never when it was disowned within a year, or hung on another
    family's account that was closed or frozen.
    """
    if not person.mobile:
        return False
    declared, days = person.mobile_declared_at, settings.PROFILE.security.mobile_trust_days
    if declared is not None and now < declared + timedelta(days=days):
        return False
    return not is_distrusted(person.mobile, now=now) and not is_recycled(person, on=timezone.localdate(now))


def must_be_trusted(person: Beneficiary, account: Account, *, now: datetime) -> None:
    """Raises DomainError where another e-mail or mobile may not take the place of the one on file (A21…A25).

    Within `cooling_hours` of another change neither may: whoever came in must not turn the access over bit by
    bit. Without an app or a passkey, the mobile that proves the person must be a trusted one.
    """
    if account.frozen_at is not None:
        raise DomainError(_("Cet accès est bloqué. Appelez-nous."))
    if account.cooling_until is not None and account.cooling_until > now:
        raise DomainError(
            _(
                "Une adresse e-mail, un mobile ou un moyen de connexion vient de changer. Par sécurité, "
                "un autre changement demande d’attendre %(hours)s heures. C’est urgent ? Appelez-nous."
            )
            % {"hours": settings.PROFILE.security.cooling_hours}
        )
    if not has_strong_factor(account.pk) and not trusts_mobile(person, now=now):
        raise DomainError(
            _(
                "Votre mobile n’est pas encore assez sûr pour ce changement : il a été ajouté dans cet "
                "espace il y a moins de %(days)s jours, ou nous ne le connaissons pas. Appelez-nous : "
                "un conseiller vérifie avec vous qui vous êtes, puis fait le changement."
            )
            % {"days": settings.PROFILE.security.mobile_trust_days}
        )
