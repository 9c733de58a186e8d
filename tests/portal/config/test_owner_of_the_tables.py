"""The program under a role that owns no table, as production.md says: it works, the journal stays (A68)."""

import re
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from entraide.portal.domain.consultations.actions import Reading, consulted_by_relative
from entraide.portal.domain.consultations.enums import Seen
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.consultations.verifying import verify_consultations
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.models import Job, JobState
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household
from tests.portal.domain.requests.conftest import Hold, Send, hold, key, send
from tests.portal.processes import ROOT

__all__ = ["hold", "key", "send"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="no roles"),
]
ROLE = "entraide_without_tables"


@pytest.fixture
def without_tables(household: Household) -> None:
    """What follows in the test is asked by that role; it goes with the transaction."""
    page = (ROOT / "docs/operations/production.md").read_text(encoding="utf-8")
    part = page.partition("### Rows that stay")[2].partition("\n## ")[0]
    statements = "".join(re.findall(r"```sql\n(.*?)```", part, re.DOTALL))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        cursor.execute(re.sub(r"\bentraide\b", ROLE, statements))
        cursor.execute(f"SET LOCAL ROLE {ROLE}")


def test_the_program_works_and_the_journal_stays(
    without_tables: None, household: Household, viewer: Viewer, hold: Hold, send: Send
) -> None:
    hold()
    send()
    consulted_by_relative(
        viewer, [Reading(household.child.pk, Seen.CARE, uuid4())], network="", now=timezone.now()
    )
    drain()

    assert not Job.objects.filter(attempts__gt=0).exclude(state=JobState.DONE).exists()
    assert Consultation.objects.count() == 1
    assert verify_consultations().breaks == ()
    assert Entry.objects.filter(kind="DepositReceived").count() == 1
    for statement in (
        "UPDATE events_entry SET kind = 'Other'",
        "DELETE FROM events_entry",
        "TRUNCATE events_entry",
        "ALTER TABLE events_entry DISABLE TRIGGER USER",
        "DROP TRIGGER events_entry_is_kept ON events_entry",
        "ALTER TABLE consultations_consultation DISABLE TRIGGER USER",
        "TRUNCATE consultations_consultation CASCADE",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
