"""A slot has so many places, whoever presses at the same moment (B-13)."""

from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone

from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.call_backs import Taken, Wish, book, free_slots
from entraide.portal.domain.requests.changes import Sent
from entraide.portal.domain.requests.models import CallBack, Request
from tests.conftest import Household
from tests.portal.bank import viewer_for


@pytest.mark.django_db(transaction=True)
def test_of_three_at_the_same_moment_as_many_win_as_there_are_places(household: Household) -> None:
    slot = next(iter(free_slots(timezone.now()).values()))[0]
    people = [household.primary, household.spouse, household.adult_child]
    viewers = [viewer_for(one) for one in people]
    start, won, lost = Barrier(len(people), timeout=60), [], []

    def press(viewer: Viewer) -> None:
        wish = Wish(reason="message-other", concerns=viewer.person_id, starts_at=slot, phone="06 39 98 01 77")
        sent = Sent(comment="", request_key=uuid4(), language="fr", now=timezone.now())
        start.wait()
        try:
            won.append(book(viewer, wish, sent=sent))
        except Taken:
            lost.append(viewer)
        connections.close_all()

    threads = [Thread(target=press, args=(one,)) for one in viewers]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    rules = settings.PROFILE.contacts.call_backs
    assert rules is not None
    assert (len(won), len(lost)) == (rules.at_once, len(people) - rules.at_once)
    assert sorted(CallBack.objects.values_list("place", flat=True)) == list(range(rules.at_once))
    # Nothing is half stored: who lost has no request either.
    assert Request.objects.count() == rules.at_once
