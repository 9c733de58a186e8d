"""Making the file of an approved list, in one transaction with its own end."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.queries import agent_of
from entraide.portal.domain.exports.cells import csv_rows
from entraide.portal.domain.handling.queries import QueueRow, Wanted, whole_list
from entraide.portal.domain.list_exports.enums import ListExportState
from entraide.portal.domain.list_exports.events import ListExportReady
from entraide.portal.domain.list_exports.models import ListExport
from entraide.portal.domain.personal_data import Row, Table
from entraide.portal.foundation.events.facts import publish
from entraide.portal.foundation.web.wording import moment

KEPT_FOR = timedelta(hours=24)
MOST_ROWS = 5000


def make_list(export_id: UUID, *, now: datetime, on: date) -> None:
    """Writes the file of an approved export; failed when its asker works here no more. Twice is once."""
    rows = ListExport.objects.select_for_update(of=("self",)).select_related("asked_by", "decided_by")
    export = rows.filter(pk=export_id, state=ListExportState.APPROVED).first()
    if export is None:
        return
    asker = agent_of(export.asked_by.account_id)
    if asker is None:
        export.state = ListExportState.FAILED
        export.save(update_fields=["state"])
        return
    listed = whole_list(asker, wanted_of(export), most=MOST_ROWS, on=on)
    with translation.override(export.language):
        export.content = "".join(csv_rows(_table(export, listed, now=now)))
    export.rows, export.state = len(listed), ListExportState.READY
    export.ready_at, export.expires_at = now, now + KEPT_FOR
    export.save(update_fields=["content", "rows", "state", "ready_at", "expires_at"])
    publish(ListExportReady(reference=export.reference, rows=export.rows))


def wanted_of(export: ListExport) -> Wanted:
    """What the list showed when it was asked for."""
    kept = export.wanted
    return Wanted(
        team=kept["team"],
        state=kept["state"],
        # Not in those that were asked for before the queue could be cut this way.
        category=kept.get("category", ""),
        type=kept.get("type", ""),
        handler=export.asked_by_id if kept["mine"] else None,
        due_before=date.fromisoformat(kept["due_before"]) if kept["due_before"] else None,
    )


def _table(export: ListExport, listed: tuple[QueueRow, ...], *, now: datetime) -> Table:
    """Every row says whose file it is: a row that is copied out still does."""
    assert export.decided_by is not None
    mark = _("%(reference)s, demandé par %(asker)s, approuvé par %(approver)s, fait le %(at)s") % {
        "reference": export.reference,
        "asker": export.asked_by.full_name,
        "approver": export.decided_by.full_name,
        "at": moment(now),
    }
    columns = (
        _("Référence"), _("Catégorie"), _("Type"), _("État"), _("Équipe"), _("Qui s’en occupe"),
        _("Personne concernée"), _("Reçue le"), _("Due le"), _("Numéro d’export"),
    )  # fmt: skip

    def rows() -> Iterator[Row]:
        for one in listed:
            yield (
                one.reference, one.category.in_language(export.language),
                one.type.in_language(export.language), one.state, one.team, one.handler, one.concerns,
                one.received_at, one.due_on, mark,
            )  # fmt: skip

    return Table("list", columns, rows)
