"""The words of contributions: where a line stands, how it is paid, why a debit failed."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from entraide.portal.domain.contributions.enums import ContributionMethod, DebitFailure, Standing
from entraide.portal.domain.contributions.queries import ContributionLine
from entraide.portal.foundation.web.wording import day


class StandingWords(NamedTuple):
    """A short state, the kind of its badge, and one more sentence or nothing."""

    label: str
    kind: str
    note: str = ""


def standing_words(line: ContributionLine) -> StandingWords:
    match line.standing:
        case Standing.TO_COME:
            return StandingWords(_("À venir"), "")
        case Standing.RECORDING:
            return StandingWords(_("En cours d’enregistrement"), "info")
        case Standing.LATE:
            return StandingWords(_("Pas encore reçue"), "warning")
        case Standing.FAILED:
            return StandingWords(_("Prélèvement non passé"), "warning")
        case Standing.REPLACED:
            return StandingWords(_("Remplacée par une autre échéance"), "", failure_words(line))
        case Standing.CANCELLED:
            return StandingWords(_("Annulée"), "")
        case Standing.PAID:
            pass
    paid = (
        _("Le %(day)s") % {"day": day(line.paid_on)} if line.paid_on and line.paid_on != line.due_on else ""
    )
    return StandingWords(_("Payée") if line.amount >= 0 else _("Versée"), "success", paid)


def failure_words(line: ContributionLine) -> str:
    """Why the bank did not pay, in plain words."""
    match line.failure:
        case DebitFailure.FUNDS:
            return _("Le compte n’était pas assez approvisionné ce jour-là.")
        case DebitFailure.ACCOUNT:
            return _("Le compte est fermé, ou ses coordonnées ont changé.")
        case DebitFailure.REFUSED:
            return _("La banque a reçu une opposition à ce prélèvement.")
        case DebitFailure.OTHER | None:
            return _("La banque n’en a pas donné la raison.")


def method_label(method: ContributionMethod) -> str:
    match method:
        case ContributionMethod.DIRECT_DEBIT:
            return _("Prélèvement")
        case ContributionMethod.TRANSFER:
            return _("Virement")
        case ContributionMethod.CHEQUE:
            return _("Chèque")
        case ContributionMethod.CARD:
            return _("Carte bancaire")
