"""Who registers has a place, is reminded, and is forgotten (PREV-01, PREV-02)."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.prevention.actions import leave, register
from entraide.portal.domain.prevention.models import Registration
from entraide.portal.domain.prevention.queries import registered
from entraide.portal.domain.prevention.reminding import forget_registrations, tell_registered
from entraide.portal.domain.publications.enums import PublicationKind
from entraide.portal.domain.publications.publishing import publish_edition, withdraw
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household
from tests.portal.domain.prevention.announcing import NOW, announced, moved
from tests.portal.domain.publications.test_scanning import at_work

pytestmark = pytest.mark.django_db
START = NOW + timedelta(days=5)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def mails() -> list[str]:
    drain()
    rows = Delivery.objects.filter(notice="meeting_told").order_by("created_at")
    return [one.subject for one in rows]


def test_a_place_is_given_once_however_often_one_asks(anne: Viewer) -> None:
    webinar = announced()

    register(anne, webinar, now=NOW)
    register(anne, webinar, now=NOW)

    assert Registration.objects.count() == 1
    assert Entry.objects.filter(kind__endswith="MeetingJoined").count() == 1


def test_the_last_place_goes_to_one_and_comes_back_when_they_leave(anne: Viewer, husband: Viewer) -> None:
    event = announced(PublicationKind.EVENT, place="Agence du centre", capacity=1)
    register(anne, event, now=NOW)

    with pytest.raises(DomainError, match="Toutes les places"):
        register(husband, event, now=NOW)

    leave(anne, event)
    leave(anne, event)
    register(husband, event, now=NOW)
    assert Registration.objects.get().person_id == husband.person_id


def test_nobody_registers_for_what_is_over_free_of_entry_elsewhere_or_withdrawn(anne: Viewer) -> None:
    over = announced(starts_at=NOW - DAY)
    free = announced(PublicationKind.EVENT, place="Agence du centre")
    elsewhere = announced(first_day=timezone.localdate() + timedelta(days=3))
    gone = announced()
    withdraw(at_work("Maud Cendrier", Role.SUPERVISOR), gone, now=NOW)

    for publication, words in (
        (over, "terminé"), (free, "entrée est libre"), (elsewhere, "plus proposé"), (gone, "plus proposé"),
    ):  # fmt: skip
        with pytest.raises(DomainError, match=words):
            register(anne, publication, now=NOW)

    assert not Registration.objects.exists()


def test_a_reminder_leaves_the_day_before_and_an_hour_before_and_each_once(anne: Viewer) -> None:
    register(anne, announced(), now=NOW)

    for moment in (START - 2 * DAY, START - DAY - MINUTE):
        assert tell_registered(now=moment) == 0
    for moment in (START - DAY, START - 2 * HOUR, START - HOUR, START - MINUTE, START + MINUTE):
        tell_registered(now=moment)

    assert mails() == [
        "Rappel : votre rendez-vous a lieu bientôt",
        "Rappel : votre rendez-vous commence bientôt",
    ]


def test_who_registers_late_gets_only_the_reminder_that_is_still_ahead(anne: Viewer) -> None:
    webinar = announced()
    register(anne, webinar, now=START - 3 * HOUR)

    assert tell_registered(now=START - 2 * HOUR) == 0
    assert tell_registered(now=START - HOUR) == 1

    leave(anne, webinar)
    register(anne, webinar, now=START - 30 * MINUTE)
    assert tell_registered(now=START - 20 * MINUTE) == 0


def test_a_worker_that_slept_through_sends_no_reminder_of_the_past(anne: Viewer) -> None:
    register(anne, announced(), now=NOW)

    assert tell_registered(now=START + MINUTE) == 0


def test_who_left_is_not_reminded(anne: Viewer) -> None:
    webinar = announced()
    register(anne, webinar, now=NOW)
    leave(anne, webinar)

    assert tell_registered(now=START - HOUR) == 0


def test_whose_access_was_closed_is_not_told(anne: Viewer, household: Household) -> None:
    register(anne, announced(), now=NOW)
    account = household.primary.account
    assert account is not None
    account.is_active = False
    account.save()

    assert tell_registered(now=START - HOUR) == 0


def test_a_webinar_that_moves_is_told_once_and_reminds_of_its_new_moment(anne: Viewer) -> None:
    webinar = announced()
    register(anne, webinar, now=NOW)
    tell_registered(now=START - HOUR)
    moved(webinar, starts_at=START + 3 * DAY)

    told = [tell_registered(now=START - MINUTE) for _again in range(2)]

    assert told == [1, 0]
    assert tell_registered(now=START + 2 * DAY) == 1
    assert mails()[1:] == [
        "Un rendez-vous de votre mutuelle change de date",
        "Rappel : votre rendez-vous a lieu bientôt",
    ]


def test_a_webinar_that_is_withdrawn_is_told_once_and_again_when_it_comes_back(anne: Viewer) -> None:
    webinar, supervisor = announced(), at_work("Maud Cendrier", Role.SUPERVISOR)
    register(anne, webinar, now=NOW)
    withdraw(supervisor, webinar, now=NOW)

    assert [tell_registered(now=NOW) for _again in range(2)] == [1, 0]
    assert registered(supervisor, webinar) == 0
    publish_edition(supervisor, webinar, number=1, now=NOW)
    assert tell_registered(now=NOW) == 1

    assert mails() == [
        "Un rendez-vous de votre mutuelle est annulé",
        "Un rendez-vous de votre mutuelle change de date",
    ]


def test_no_mail_and_no_fact_says_what_it_is_about(anne: Viewer) -> None:
    """Which webinar somebody chose may tell about their health."""
    webinar = announced(title="Sortir du tabac", theme="addiction")
    register(anne, webinar, now=NOW)
    tell_registered(now=START - HOUR)
    drain()

    mail = Delivery.objects.get(notice="meeting_told")
    words = " ".join((mail.subject, mail.body, mail.html)).lower()
    assert "tabac" not in words
    assert "addiction" not in words
    facts = Entry.objects.filter(about=anne.person_id)
    assert facts
    for entry in facts:
        assert str(webinar) not in str(entry.data)
        assert set(entry.data) <= {"step", "language"}


def test_a_month_after_the_end_nothing_is_left(anne: Viewer) -> None:
    register(anne, announced(), now=NOW)
    end = START + timedelta(minutes=45)

    assert forget_registrations(now=end + timedelta(days=29)) == 0
    assert forget_registrations(now=end + timedelta(days=31)) == 1
    assert not Registration.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_who_ask_at_once_do_not_share_the_last_place(anne: Viewer, husband: Viewer) -> None:
    event = announced(PublicationKind.EVENT, place="Agence du centre", capacity=1)
    ready, refused = Barrier(2), []

    def ask(viewer: Viewer, publication: UUID) -> None:
        ready.wait()
        try:
            register(viewer, publication, now=NOW)
        except DomainError as refusal:
            refused.append(refusal.message)
        finally:
            connection.close()

    both = [Thread(target=ask, args=(viewer, event)) for viewer in (anne, husband)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert Registration.objects.count() == 1
    assert len(refused) == 1
