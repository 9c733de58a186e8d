"""At the edges of a registration: the very hour, others who keep theirs, long events (PREV-01, PREV-02)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.models import Member
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.prevention.actions import leave, register
from entraide.portal.domain.prevention.models import Registration
from entraide.portal.domain.prevention.personal_data import personal_data_of
from entraide.portal.domain.prevention.queries import Place, place_of, registered, shelf_of
from entraide.portal.domain.prevention.reminding import forget_registrations, tell_registered
from entraide.portal.domain.publications import prevention
from entraide.portal.domain.publications.enums import PublicationKind
from entraide.portal.domain.publications.publishing import withdraw
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.foundation.web.wording import moment
from entraide.portal.notifications.models import Delivery
from tests.portal.domain.prevention.announcing import NOW, announced, moved
from tests.portal.domain.publications.test_scanning import at_work

pytestmark = pytest.mark.django_db
START = NOW + timedelta(days=5)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def seen(viewer: Viewer, publication: object) -> Place:
    found = place_of(viewer, publication, now=NOW)  # type: ignore[arg-type]
    assert found is not None
    return found


def told() -> list[str]:
    drain()
    return [one.body for one in Delivery.objects.filter(notice="meeting_told").order_by("created_at")]


def test_who_leaves_gives_back_one_place_and_everybody_else_keeps_theirs(
    anne: Viewer, husband: Viewer
) -> None:
    event, other = (
        announced(PublicationKind.EVENT, place="Agence du centre", capacity=3) for _number in range(2)
    )
    for viewer in (anne, husband):
        register(viewer, event, now=NOW)
        register(viewer, other, now=NOW)

    leave(anne, event)

    assert (seen(anne, event).is_mine, seen(husband, event).is_mine) == (False, True)
    assert [seen(anne, one).left for one in (event, other)] == [2, 1]
    assert Registration.objects.filter(publication_id=other).count() == 2


def test_one_registers_while_it_goes_on_and_not_from_its_end_on(anne: Viewer) -> None:
    webinar, end = announced(), START + timedelta(minutes=45)

    with pytest.raises(DomainError, match="terminé"):
        register(anne, webinar, now=end)

    register(anne, webinar, now=end - MINUTE)
    assert tell_registered(now=end - MINUTE) == 0


def test_who_registers_an_hour_before_to_the_minute_has_just_been_told(anne: Viewer) -> None:
    register(anne, announced(), now=START - HOUR)
    register(anne, announced(title="Un autre"), now=START - DAY)

    assert tell_registered(now=START - HOUR - MINUTE) == 0
    assert tell_registered(now=START - HOUR) == 1


def test_who_left_the_mutual_is_told_nothing_from_the_next_day_on(anne: Viewer) -> None:
    register(anne, announced(), now=NOW)
    before = timezone.localdate(START - DAY) - DAY
    for left_on, count in ((before, 0), (timezone.localdate(START - HOUR), 1)):
        Member.objects.update(left_on=left_on)
        Registration.objects.update(reminded="")
        assert tell_registered(now=START - HOUR) == count


def test_a_long_event_is_forgotten_a_month_after_its_end_not_after_its_start(anne: Viewer) -> None:
    end = START + 14 * DAY
    event = announced(PublicationKind.EVENT, place="Agence du centre", capacity=9, ends_at=end)
    register(anne, event, now=NOW)

    assert forget_registrations(now=START + 31 * DAY) == 0
    assert forget_registrations(now=end + 31 * DAY) == 1


def test_a_webinar_that_comes_sooner_is_told_too_with_its_new_moment(anne: Viewer) -> None:
    webinar = announced()
    register(anne, webinar, now=NOW)
    moved(webinar, starts_at=START - 2 * DAY)

    assert tell_registered(now=NOW) == 1
    assert moment(START - 2 * DAY).replace("\xa0", " ") in " ".join(told()[0].replace("\xa0", " ").split())
    assert forget_registrations(now=START - 2 * DAY + timedelta(minutes=46) + 30 * DAY) == 1


def test_one_that_is_off_is_named_by_the_moment_that_people_knew(anne: Viewer) -> None:
    webinar = announced()
    register(anne, webinar, now=NOW)
    withdraw(at_work("Maud Cendrier", Role.SUPERVISOR), webinar, now=NOW)

    assert tell_registered(now=NOW) == 1
    assert moment(START).replace("\xa0", " ") in " ".join(told()[0].replace("\xa0", " ").split())


def test_nobody_is_told_of_one_that_is_over(anne: Viewer) -> None:
    webinar = announced()
    register(anne, webinar, now=NOW)
    withdraw(at_work("Maud Cendrier", Role.SUPERVISOR), webinar, now=NOW)

    assert tell_registered(now=START + DAY) == 0


def test_fewer_places_than_people_leave_none_and_never_less_than_none(anne: Viewer, husband: Viewer) -> None:
    event = announced(PublicationKind.EVENT, place="Agence du centre", capacity=2)
    for viewer in (anne, husband):
        register(viewer, event, now=NOW)
    moved(event, place="Agence du centre", capacity=1)

    place = seen(anne, event)

    assert (place.left, place.is_full, place.is_mine, place.is_open) == (0, True, True, False)


def test_a_full_event_is_open_to_nobody_and_a_free_one_needs_no_registration(
    anne: Viewer, husband: Viewer
) -> None:
    full = announced(PublicationKind.EVENT, place="Agence du centre", capacity=1)
    free = announced(PublicationKind.EVENT, place="Agence du centre")
    assert seen(anne, full).is_open
    register(husband, full, now=NOW)

    assert not seen(anne, full).is_open
    assert (seen(anne, free).is_open, seen(anne, free).left) == (False, None)


def test_replays_begin_with_the_latest_and_of_too_many_the_oldest_are_left_out(
    anne: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [
        announced(starts_at=NOW + days * DAY, replay_url="https://direct.example.org/r")
        for days in (-3, 4, -2, -9)
    ]
    oldest_first = [found[3], found[0], found[2]]
    assert [one.meeting.id for one in shelf_of(anne, now=NOW).replays] == oldest_first[::-1]

    monkeypatch.setattr(prevention, "AT_MOST", 2)

    shelf = shelf_of(anne, now=NOW)
    assert [one.meeting.id for one in (*shelf.coming, *shelf.replays)] == [found[1], found[2]]


def test_how_many_registered_is_told_to_agents_who_publish_alone() -> None:
    with pytest.raises(DomainError):
        registered(at_work("Paul Cendrier", Role.PAYER), announced())


def test_time_to_read_is_rounded_up() -> None:
    for words, minutes in ((1, 1), (200, 1), (201, 2), (400, 2), (401, 3)):
        assert prevention.minutes_to_read(prevention.blocks_of("mot " * words)) == minutes


def test_the_copy_of_ones_data_says_for_what_one_registered_and_when_it_takes_place(
    anne: Viewer, husband: Viewer
) -> None:
    """A79"""
    for viewer in (anne, husband):
        register(viewer, announced(), now=NOW)

    (table,) = personal_data_of(anne.person_id)

    (row,) = [list(one) for one in table.rows()]
    for told in ("Bien dormir", NOW, START, START + timedelta(minutes=45)):
        assert told in row
