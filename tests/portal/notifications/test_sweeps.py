"""B-01: an acknowledgement that was lost before it was written leaves all the same, once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.changes import Sent, ask_feed
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.sweeps.findings import Finding, look_everywhere
from entraide.portal.foundation.tasks.models import Job
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=2)


def found() -> list[Finding]:
    looked = look_everywhere(timezone.now() + LATER).findings
    return [one for one in looked if one.what == "acknowledgement_unwritten"]


@pytest.fixture
def lost(viewer: Viewer) -> str:
    """The reference of a request whose jobs are gone."""
    sent = Sent(comment="", request_key=uuid4(), language="fr", now=timezone.now())
    reference = ask_feed(viewer, viewer.person_id, switch_on=False, sent=sent)
    Job.objects.all().delete()
    return reference


def test_a_lost_acknowledgement_is_written_and_sent_once(lost: str) -> None:
    (one,) = found()
    drain()
    drain()

    assert (one.about, one.is_repaired) == (lost, True)
    assert Delivery.objects.filter(notice="deposit_received").count() == 1
    assert found() == []


@pytest.mark.usefixtures("lost")
def test_who_has_no_address_is_no_trouble(household: Household) -> None:
    household.primary.email = ""
    household.primary.save()

    assert found() == []
    assert Entry.objects.filter(kind="DepositReceived").exists()
