"""Changes around statements."""

from django.db import transaction

from entraide.portal.domain.claims.events import StatementsPrinted
from entraide.portal.foundation.events.facts import publish
from entraide.portal.foundation.events.models import Entry


@transaction.atomic
def note_statements_printed(printed: StatementsPrinted) -> None:
    """Publishes the fact, once for each batch: the end of a batch may be run again after a kill."""
    if not Entry.objects.filter(kind=StatementsPrinted.__name__, data__batch=printed.batch).exists():
        publish(printed)
