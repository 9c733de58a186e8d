"""A call goes into a calendar with its mail: the same file at each try, forgotten once it has left (B-13)."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from entraide.portal.domain.requests.events import DepositReceived
from entraide.portal.foundation.events.facts import publish
from entraide.portal.foundation.tasks.models import Job, JobState
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household
from tests.portal.gateways_out.smtp import Mailbox, mail_server

pytestmark = pytest.mark.django_db
CALL = "2026-12-01T09:30:00+00:00"


def received(household: Household, *, call_at: str) -> None:
    person = household.primary
    fact = DepositReceived(
        actor=person.account_id, about=person.pk, request_id=uuid4(), reference="ABCD-7K2M-94QX", files=0,
        language="fr", call_at=call_at,
    )  # fmt: skip
    with transaction.atomic():
        publish(fact)


def test_a_mail_that_is_tried_again_brings_the_same_calendar(
    household: Household, real_senders: Callable[..., None], port: int
) -> None:
    real_senders()
    received(household, call_at=CALL)
    mailbox = Mailbox(answer="451 later")
    with mail_server(mailbox, port=port):
        drain()
        written = Delivery.objects.get().attached
        mailbox.answer = "250 taken"
        Job.objects.filter(state=JobState.QUEUED).update(run_at=timezone.now())
        drain()

    (mail,) = mailbox.mails
    (calendar,) = mail.iter_attachments()
    assert "DTSTART:20261201T093000Z" in written
    assert calendar.get_filename() == "ABCD-7K2M-94QX.ics"
    assert calendar.get_payload(decode=True) == written.encode()
    assert Delivery.objects.get().attached == ""


def test_other_receipts_bring_no_file(
    household: Household, real_senders: Callable[..., None], port: int
) -> None:
    real_senders()
    received(household, call_at="")
    mailbox = Mailbox()
    with mail_server(mailbox, port=port):
        drain()

    assert not list(mailbox.mails[0].iter_attachments())
