"""What states of exports and the lists that they hold are called."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from entraide.portal.agent_site.words import state_words
from entraide.portal.domain.list_exports.enums import ListExportState
from entraide.portal.domain.requests.catalogue import labels_of
from entraide.portal.foundation.web.wording import day, text


def export_state(state: str) -> str:
    return {
        ListExportState.ASKED: _("Attend un accord"),
        ListExportState.APPROVED: _("En préparation"),
        ListExportState.READY: _("Prêt"),
        ListExportState.TAKEN: _("Téléchargé"),
        ListExportState.REFUSED: _("Refusé"),
        ListExportState.EXPIRED: _("Terminé : le délai est passé"),
        ListExportState.FAILED: _("Impossible à faire"),
    }[ListExportState(state)]


def list_in_words(wanted: Mapping[str, object]) -> str:
    """What the list was limited to."""
    team, state, due = (str(wanted[name]) for name in ("team", "state", "due_before"))
    labels = {one.id: text(one.label) for one in settings.PROFILE.desk.teams}
    parts = [labels.get(team, team)] if team else []
    parts += [state_words(state)] if state else []
    category, type_ = (str(wanted.get(name, "")) for name in ("category", "type"))
    if category:
        both = labels_of(category, type_)
        parts.append(text(both[1] if type_ else both[0]))
    parts += [_("dues jusqu’au %(day)s") % {"day": day(date.fromisoformat(due))}] if due else []
    parts += [_("celles dont le demandeur s’occupe")] if wanted["mine"] else []
    return ", ".join(parts) or _("toutes les demandes ouvertes")
