"""What signals, states and answers of a change of account are called on the desk."""

from django.conf import settings
from django.utils.translation import gettext as _

from entraide.portal.domain.bank.enums import ChangeState, PayeeCheck, SecondLook
from entraide.portal.domain.handling.account_changes import OpenChange
from entraide.portal.foundation.web.wording import money


def state_in_words(state: str) -> str:
    return {
        ChangeState.ASKED: _("Délai de sécurité en cours"),
        ChangeState.READY: _("Délai terminé, attend un accord"),
        ChangeState.APPLIED: _("Appliqué"),
        ChangeState.CANCELLED: _("Annulé par l’adhérent"),
        ChangeState.REFUSED: _("Refusé"),
        ChangeState.FROZEN: _("Arrêté, accès bloqué"),
    }[ChangeState(state)]


def payee_in_words(result: str) -> str:
    """Blank: nobody asked our bank yet."""
    if not result:
        return _("Pas encore demandé")
    return {
        PayeeCheck.MATCH: _("Le titulaire correspond"),
        PayeeCheck.CLOSE: _("Le titulaire correspond presque"),
        PayeeCheck.NO_MATCH: _("Le titulaire ne correspond pas"),
        PayeeCheck.NOT_POSSIBLE: _("Notre banque ne peut pas le dire"),
    }[PayeeCheck(result)]


def signals_in_words(found: OpenChange) -> list[str]:
    """Why two agents must agree, a sentence each."""
    security, seen = settings.PROFILE.security, found.signals
    words = {
        SecondLook.CONTACT_CHANGED: _("L’e-mail ou le mobile a changé il y a moins de %(days)s jours.")
        % {"days": security.mobile_trust_days},
        SecondLook.SEEN_ELSEWHERE: _("Ce compte est connu pour une autre adhésion (nombre : %(number)s).")
        % {"number": seen.families},
        SecondLook.AMOUNT: _("%(amount)s attendent d’être versés, plus que le seuil de %(most)s.")
        % {"amount": money(seen.waiting_cents), "most": money(security.bank_second_agent_cents)},
        SecondLook.PAYEE: _("Notre banque ne reconnaît pas tout à fait le titulaire."),
    }
    return [words[one] for one in seen.reasons]
