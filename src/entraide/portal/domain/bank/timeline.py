"""The life of a change of account as a line of steps, for the component that draws it."""

from datetime import datetime

from django.utils.translation import gettext as _

from entraide.portal.domain.bank.enums import ApprovalStep, ChangeState
from entraide.portal.domain.bank.models import AccountChange, Approval
from entraide.portal.domain.requests.timeline import TimelineStep
from entraide.portal.foundation.web.wording import moment


def change_timeline(
    change: AccountChange, approvals: list[Approval], *, approved: bool, now: datetime
) -> tuple[TimelineStep, ...]:
    """What happened with its moment, then what is still to come."""
    asked = TimelineStep(_("Demandé"), "done", change.asked_at, "")
    checked_at = max((one.at for one in approvals), default=None)
    if not change.is_live:
        checked = [_checked(checked_at)] if checked_at is not None else []
        return (asked, *checked, _end_step(change))
    check = _checked(checked_at) if approved and checked_at else _checking(approvals)
    over = change.effective_at <= now
    note = (
        ""
        if over
        else _("Jusqu’au %(moment)s, vous pouvez tout arrêter.") % {"moment": moment(change.effective_at)}
    )
    delay = TimelineStep(
        _("Délai de sécurité"), "done" if over else "current", change.effective_at if over else None, note
    )
    last = TimelineStep(_("Le nouveau compte est utilisé"), "todo", None, "")
    return (asked, delay, check, last) if over or not approved else (asked, check, delay, last)


def _checked(at: datetime | None) -> TimelineStep:
    return TimelineStep(_("Contrôlé par votre mutuelle"), "done", at, "")


def _checking(approvals: list[Approval]) -> TimelineStep:
    begun = any(one.step == ApprovalStep.CHECK for one in approvals)
    note = (
        _("Un premier contrôle est fait ; une seconde personne regarde.")
        if begun
        else _("Un conseiller compare le RIB, le titulaire et votre dossier.")
    )
    return TimelineStep(_("Contrôle par votre mutuelle"), "current", None, note)


def _end_step(change: AccountChange) -> TimelineStep:
    label, drawn = {
        ChangeState.APPLIED: (_("Le nouveau compte est utilisé"), "done"),
        ChangeState.CANCELLED: (_("Annulé"), "refused"),
        ChangeState.REFUSED: (_("Refusé"), "refused"),
        ChangeState.FROZEN: (_("Arrêté : l’accès a été bloqué"), "refused"),
    }[ChangeState(change.state)]
    return TimelineStep(label, drawn, change.ended_at, "")
