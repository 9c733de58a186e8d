"""Keeping simulations: each person's own, sealed, twenty at most, once for a key."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.simulations.models import SavedSimulation
from entraide.portal.domain.simulations.queries import saved_simulation_of, saved_simulations_of
from entraide.portal.domain.simulations.saving import (
    MOST_SAVED,
    AlreadySaved,
    delete_simulation,
    save_simulation,
)
from entraide.portal.foundation.events.models import Entry
from tests.conftest import Household

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
Save = Callable[..., UUID]


@pytest.fixture
def save(viewer: Viewer) -> Save:
    def run(**changes: Any) -> UUID:
        values: dict[str, Any] = {
            "name": "Couronne du bas",
            "kind": "couronne",
            "answers": "tooth=46&material=zirconia&price=600",
            "found": SimpleNamespace(left_least=9000, left_most=12000),
            "request_key": uuid4(),
            "now": NOW,
        }
        return save_simulation(viewer, **(values | changes))

    return run


def other_viewer(person: Beneficiary) -> Viewer:
    found = viewer_of(person.account_id)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_what_was_answered_comes_back_newest_first(viewer: Viewer, save: Save) -> None:
    first = save()
    second = save(name="Lunettes", kind="lunettes", now=NOW + timedelta(days=1))

    found = saved_simulations_of(viewer)

    assert [each.id for each in found] == [second, first]
    assert found[1].answers == "tooth=46&material=zirconia&price=600"
    assert (found[1].left_least, found[1].left_most, found[1].name) == (9000, 12000, "Couronne du bas")


def test_name_and_answers_are_not_readable_in_the_database(
    save: Save, whole_database: Callable[[], str]
) -> None:
    save()

    rows = whole_database()

    assert "Couronne du bas" not in rows
    assert "zirconia" not in rows


def test_the_family_sees_nothing_of_it(household: Household, stranger: Beneficiary, save: Save) -> None:
    """Not the spouse, not a grown child, not a stranger: exactly the person herself."""
    kept = save()

    for person in (household.spouse, household.adult_child, stranger):
        other = other_viewer(person)
        assert saved_simulations_of(other) == []
        assert saved_simulation_of(other, kept) is None
        delete_simulation(other, saved_id=kept)

    assert SavedSimulation.objects.filter(pk=kept).exists()


def test_the_same_key_stores_once_and_with_other_answers_is_refused(save: Save) -> None:
    key = uuid4()
    first = save(request_key=key)

    assert save(request_key=key) == first
    with pytest.raises(AlreadySaved):
        save(request_key=key, answers="tooth=11")
    assert SavedSimulation.objects.count() == 1


def test_the_twenty_first_is_refused_until_one_is_deleted(viewer: Viewer, save: Save) -> None:
    kept = [save() for _number in range(MOST_SAVED)]

    with pytest.raises(DomainError) as refused:
        save()

    assert "20" in refused.value.message
    assert len(saved_simulations_of(viewer)) == MOST_SAVED
    delete_simulation(viewer, saved_id=kept[0])
    save()


def test_a_second_click_is_answered_even_when_twenty_are_kept(save: Save) -> None:
    key = uuid4()
    first = save(request_key=key)
    for _number in range(MOST_SAVED - 1):
        save()

    assert save(request_key=key) == first


@pytest.mark.django_db(transaction=True)
def test_six_clicks_at_once_store_once_and_never_more_than_twenty(save: Save) -> None:
    """On both databases: the row of the person is the lock."""
    for _number in range(MOST_SAVED - 1):
        save()
    key, found, refused, together = uuid4(), [], [], threading.Barrier(6)

    def click(own_key: UUID) -> None:
        try:
            together.wait()
            found.append(save(request_key=own_key))
        except DomainError as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=click, args=[each]) for each in (key, key, key, uuid4(), uuid4(), uuid4())
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) + len(refused) == 6
    assert len(set(found)) == 1
    assert SavedSimulation.objects.count() == MOST_SAVED


def test_the_journal_knows_that_it_happened_and_not_which_care(viewer: Viewer, save: Save) -> None:
    kept = save()
    delete_simulation(viewer, saved_id=kept)
    delete_simulation(viewer, saved_id=kept)

    entries = list(Entry.objects.filter(kind__startswith="Simulation").order_by("at"))

    assert [one.kind for one in entries] == ["SimulationSaved", "SimulationDeleted"]
    assert all(one.data == {"simulation_id": str(kept)} for one in entries)
