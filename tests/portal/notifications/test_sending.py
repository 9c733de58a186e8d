"""From a fact to the mail server: exactly one mail, whatever is down on the way (I3, DEP-03, A67)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from entraide.portal.domain.access.events import CodeSent, PasswordLinkAsked, PasswordSet
from entraide.portal.foundation.events.facts import publish
from entraide.portal.foundation.tasks.models import Job, JobState
from entraide.portal.foundation.tasks.queue import drain, enqueue, rescue_lost, run_due
from entraide.portal.notifications.models import Delivery, DeliveryState
from tests.conftest import Household
from tests.portal.gateways_out.smtp import Mailbox, mail_server
from tests.portal.processes import python, wait_until

Senders = Callable[..., None]
pytestmark = pytest.mark.django_db


def password_was_set(household: Household, *, language: str = "fr") -> None:
    person = household.primary
    with transaction.atomic():
        publish(PasswordSet(actor=person.account_id, about=person.pk, purpose="change", language=language))


def code_was_sent(household: Household) -> None:
    with transaction.atomic():
        publish(
            CodeSent(about=household.primary.pk, code_id=uuid4(), purpose="sign_in", language="fr"),
            secrets={"code": "271828", "mobile": ""},
        )


def make_due() -> None:
    Job.objects.filter(state=JobState.QUEUED).update(run_at=timezone.now())


def words(mailbox: Mailbox) -> list[str]:
    return [str(mail["Subject"]) for mail in mailbox.mails]


def test_a_fact_makes_one_mail_in_the_language_of_the_person(
    household: Household, real_senders: Senders, port: int
) -> None:
    real_senders()
    password_was_set(household)
    mailbox = Mailbox()
    with mail_server(mailbox, port=port):
        drain()
        drain()

    (mail,) = mailbox.mails
    delivery = Delivery.objects.get()
    assert mail["To"] == household.primary.email
    assert mail["Message-ID"] == f"<{delivery.pk}@{settings.ENTRAIDE.host}>"
    assert mail["X-Idempotency-Key"] == str(delivery.pk)
    assert mail["Content-Language"] == "fr"
    assert mail["X-Entraide-Attempt"] is None


@pytest.mark.parametrize("trouble", ["451 later", "554 no", "closed"])
def test_a_mail_waits_while_the_server_refuses_and_arrives_exactly_once_when_it_is_back(
    household: Household, real_senders: Senders, port: int, trouble: str
) -> None:
    """§4: the acknowledgement survives a mail server that is down."""
    real_senders()
    password_was_set(household)
    mailbox = Mailbox(answer=trouble)
    if trouble == "closed":
        drain()
    else:
        with mail_server(mailbox, port=port):
            drain()

    assert mailbox.mails == []
    assert Delivery.objects.get().state == DeliveryState.WAITING
    assert Job.objects.get(kind="notifications.mail").state == JobState.QUEUED

    mailbox.answer = "250 taken"
    with mail_server(mailbox, port=port):
        make_due()
        drain()
        make_due()
        drain()

    assert len(mailbox.mails) == 1
    assert mailbox.mails[0]["X-Entraide-Attempt"] == "2"
    assert Delivery.objects.get().state == DeliveryState.SENT


def test_a_fact_dispatched_twice_makes_one_mail(
    household: Household, real_senders: Senders, port: int
) -> None:
    """I3: reactions are idempotent."""
    real_senders()
    password_was_set(household)
    dispatch = Job.objects.get(kind="events.dispatch")
    payload = dispatch.payload
    mailbox = Mailbox()
    with mail_server(mailbox, port=port):
        drain()
        enqueue("events.dispatch", payload)
        drain()

    assert len(mailbox.mails) == 1


def test_a_mail_whose_sender_died_after_data_is_repeated_with_the_same_message_id_and_says_so(
    household: Household, real_senders: Senders, port: int
) -> None:
    """I3: the only case of a repeat."""
    real_senders(demo=True)
    password_was_set(household)
    mailbox = Mailbox()
    with mail_server(mailbox, port=port):
        drain()
        # What a kill between the server's answer and our note of it leaves behind.
        Delivery.objects.update(state=DeliveryState.WAITING, sent_at=None)
        Job.objects.filter(kind="notifications.mail").update(
            state=JobState.RUNNING,
            payload={"delivery": str(Delivery.objects.get().pk), "language": "fr"},
            lease_until=timezone.now() - timedelta(minutes=1),
        )
        rescue_lost()
        drain()

    first, second = mailbox.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert second["X-Entraide-Attempt"] == "2"


def test_words_and_address_are_forgotten_once_sent_outside_the_demo(
    household: Household, real_senders: Senders, port: int
) -> None:
    """A67"""
    real_senders()
    password_was_set(household)
    with mail_server(Mailbox(), port=port):
        drain()

    delivery = Delivery.objects.get()
    assert (delivery.to, delivery.subject, delivery.body, delivery.html) == ("", "", "", "")


def test_what_waits_to_leave_is_sealed(household: Household) -> None:
    """A62, A66: neither address nor words nor link are readable in the tables."""
    with transaction.atomic():
        publish(
            PasswordLinkAsked(about=household.primary.pk, purpose="reset", language="fr"),
            secrets={"token": "feedfacefeedface"},
        )
    run_due(limit=1)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notifications_delivery")
        (row,) = cursor.fetchall()
    stored = b"|".join(bytes(cell) if isinstance(cell, (bytes, memoryview)) else b"" for cell in row)
    assert "feedfacefeedface" in Delivery.objects.get().body
    for clear in (b"feedface", household.primary.email.encode(), b"Bonjour"):
        assert clear not in stored
    assert "feedface" not in str(row)


def test_an_apostrophe_stays_one_in_a_text_mail_and_is_escaped_in_html(household: Household) -> None:
    """A53: nobody's name becomes markup."""
    person = household.primary
    person.last_name = "O'Brien <b>&"
    person.save(update_fields=["last_name"])
    password_was_set(household)
    drain()

    delivery = Delivery.objects.get()
    assert "Anne O'Brien <b>&" in delivery.body
    assert "&#39;" not in delivery.body
    assert "O'Brien <b>" not in delivery.html
    assert "&lt;b&gt;" in delivery.html


def test_a_name_with_line_breaks_cannot_add_a_header(
    household: Household, real_senders: Senders, port: int
) -> None:
    """A53"""
    real_senders()
    person = household.primary
    person.first_name = "Anne\r\nBcc: all@example.org"
    person.save(update_fields=["first_name"])
    password_was_set(household)
    mailbox = Mailbox()
    with mail_server(mailbox, port=port):
        drain()

    assert mailbox.recipients == [person.email]
    assert mailbox.mails[0]["Bcc"] is None


def test_nobody_is_written_to_without_an_address(household: Household) -> None:
    """ACT-05"""
    person = household.primary
    person.email = ""
    person.save(update_fields=["email"])
    password_was_set(household)
    drain()

    assert not Delivery.objects.exists()
    assert Job.objects.get().state == JobState.DONE


def test_a_code_that_could_not_leave_in_time_is_dropped(household: Household, real_senders: Senders) -> None:
    """A16: an old code must not arrive after a newer one."""
    real_senders()
    code_was_sent(household)
    drain()
    assert Delivery.objects.get().state == DeliveryState.WAITING

    minutes = settings.PROFILE.security.code_minutes
    Delivery.objects.update(created_at=timezone.now() - timedelta(minutes=minutes))
    make_due()
    drain()

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.body, delivery.to) == (DeliveryState.EXPIRED, "", "")


def test_the_code_message_names_its_purpose_and_ends_with_the_bound_code(household: Household) -> None:
    """A19: no link, purpose named, `@host #code` at the end."""
    code_was_sent(household)
    drain()

    delivery = Delivery.objects.get()
    assert delivery.to == household.primary.mobile
    assert delivery.body.endswith(f"@{settings.ENTRAIDE.host} #271828")
    assert "http" not in delivery.body
    assert "connexion" in delivery.body
    assert len(delivery.body) <= 160


_WORKER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "entraide.portal.config.settings"
import django
django.setup()
from entraide.portal.foundation.tasks.worker import work
work()
"""


@pytest.mark.django_db(transaction=True)
def test_the_worker_process_sends_what_a_page_committed(household: Household, port: int) -> None:
    """Real components: another process, a real mail server."""
    password_was_set(household)
    mailbox = Mailbox()
    with mail_server(mailbox, port=port), python(_WORKER, EMAIL_URL=f"smtp://127.0.0.1:{port}"):
        wait_until(lambda: bool(mailbox.mails))
        wait_until(lambda: Delivery.objects.get().state == DeliveryState.SENT)

    assert len(mailbox.mails) == 1
