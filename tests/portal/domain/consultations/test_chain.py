"""The seals of the journal of consultations: what was changed is found, what is old goes (A68, A69)."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from entraide.portal.config.cli import main
from entraide.portal.domain.consultations.actions import Reading, consulted_by_relative
from entraide.portal.domain.consultations.enums import Seen
from entraide.portal.domain.consultations.models import Chain, Consultation
from entraide.portal.domain.consultations.purging import KEPT_FOR, forget_old
from entraide.portal.domain.consultations.verifying import verify_consultations
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.tasks.models import Job
from entraide.portal.foundation.tasks.queue import drain, run_due
from tests.conftest import Household
from tests.portal.kept_rows import as_the_owner

ROWS = 6
AGO = timedelta(days=1500)


@pytest.fixture
def chain(viewer: Viewer, household: Household) -> Beneficiary:
    """Six readings of Elsa and two of Bruno, a hundred days apart; Elsa is returned."""
    for number in range(ROWS):
        people = [household.child, household.spouse] if number < 2 else [household.child]
        now = timezone.now() - AGO + timedelta(days=100 * number)
        readings = [Reading(one.pk, Seen.CARE, uuid4()) for one in people]
        consulted_by_relative(viewer, readings, network="192.0.2.1", now=now)
    drain()
    return household.child


def row(person: Beneficiary, position: int) -> Consultation:
    return Consultation.objects.get(person=person, position=position)


def test_what_nobody_touched_holds(chain: Beneficiary) -> None:
    verdict = verify_consultations()

    assert (verdict.rows, verdict.people, verdict.breaks) == (ROWS + 2, 2, ())


CHANGES = {
    "person": lambda one: {"person_id": Beneficiary.objects.get(first_name="Chloé").pk},
    "at": lambda one: {"at": one.at + timedelta(seconds=1)},
    "reader": lambda one: {"reader": uuid4()},
    "reader_kind": lambda one: {"reader_kind": "agent"},
    "role": lambda one: {"role": "spouse"},
    "seen": lambda one: {"seen": "identity"},
    "object_id": lambda one: {"object_id": None},
    "outcome": lambda one: {"outcome": "refused"},
    "seal": lambda one: {"seal": "0" * 64},
}


@pytest.mark.parametrize("column", CHANGES)
@pytest.mark.parametrize("position", [1, 3, ROWS])
def test_one_altered_row_is_found_and_named(chain: Beneficiary, column: str, position: int) -> None:
    """A68"""
    one = row(chain, position)
    with as_the_owner():
        Consultation.objects.filter(pk=one.pk).update(**CHANGES[column](one))

    breaks = verify_consultations().breaks

    assert [found for found in breaks if found.row == one.pk or found.position == position]


@pytest.mark.parametrize("column", ["reader_name", "network", "reason"])
def test_a_sealed_column_that_was_emptied_is_found(chain: Beneficiary, column: str) -> None:
    with as_the_owner():
        Consultation.objects.filter(pk=row(chain, 3).pk).update(
            **{column: b"" if column != "reason" else b"x"}
        )

    assert [found.position for found in verify_consultations().breaks] == [3]


@pytest.mark.parametrize("position", [1, 3, ROWS])
def test_a_removed_row_is_found_and_named(chain: Beneficiary, position: int) -> None:
    with as_the_owner():
        Consultation.objects.filter(person=chain, position=position).delete()

    breaks = verify_consultations().breaks

    assert [(one.position, one.row) for one in breaks] == [(position, None)]


def test_all_rows_of_a_person_removed_are_found(chain: Beneficiary) -> None:
    with as_the_owner():
        Consultation.objects.filter(person=chain).delete()

    assert len(verify_consultations().breaks) == ROWS


def test_an_added_row_is_found_and_named(chain: Beneficiary) -> None:
    added = row(chain, ROWS)
    added.pk, added.position = uuid4(), ROWS + 1
    added.reader_name = added.network = added.reason = ""
    added.save(force_insert=True)

    assert [one.row for one in verify_consultations().breaks] == [added.pk]


def test_a_row_put_in_the_place_of_another_is_found(chain: Beneficiary) -> None:
    first, second = row(chain, 2), row(chain, 3)
    with as_the_owner():
        Consultation.objects.filter(pk=first.pk).update(position=99)
        Consultation.objects.filter(pk=second.pk).update(position=2)
        Consultation.objects.filter(pk=first.pk).update(position=3)

    assert {one.row for one in verify_consultations().breaks} >= {first.pk, second.pk}


@pytest.mark.parametrize(
    ("cut", "changes"),
    [
        (ROWS, {"last": ROWS - 1}),
        (1, {"first": 2}),
        (None, {"before_first": "0" * 64}),
        (None, {"last_seal": "0" * 64}),
        (None, {"start_seal": "0" * 64}),
        (None, {"end_seal": "0" * 64}),
    ],
)
def test_the_ends_of_a_chain_cannot_be_moved(
    chain: Beneficiary, cut: int | None, changes: dict[str, object]
) -> None:
    """Cutting the last row off and moving the end back does not help."""
    with as_the_owner():
        Consultation.objects.filter(person=chain, position=cut).delete()
    Chain.objects.filter(pk=chain.pk).update(**changes)

    assert verify_consultations().breaks


def test_old_rows_are_forgotten_and_the_rest_can_be_verified(
    chain: Beneficiary, household: Household
) -> None:
    """A69: those of Elsa in part, those of Bruno all."""
    removed = forget_old(now=timezone.now())

    assert removed == ROWS + 2 - 1
    assert set(Consultation.objects.values_list("person_id", flat=True)) == {chain.pk}
    assert all(one.at >= timezone.now() - KEPT_FOR for one in Consultation.objects.all())
    assert verify_consultations().breaks == ()
    assert forget_old(now=timezone.now()) == 0


def test_a_chain_goes_on_after_old_rows_were_forgotten(
    chain: Beneficiary, household: Household, viewer: Viewer
) -> None:
    forget_old(now=timezone.now())

    for person in (household.child, household.spouse):
        consulted_by_relative(viewer, [Reading(person.pk, Seen.CARE)], network="", now=timezone.now())
    drain()

    assert row(household.spouse, 3).seal
    assert verify_consultations().breaks == ()
    with as_the_owner():
        Consultation.objects.filter(person=chain).earliest("position").delete()
    assert len(verify_consultations().breaks) == 1


def test_forgetting_is_cut_into_portions(chain: Beneficiary) -> None:
    later = timezone.now() + AGO

    with as_the_owner():
        assert forget_old(now=later, most=1) + forget_old(now=later, most=1) == ROWS + 2


def test_the_command_says_that_all_is_well(chain: Beneficiary, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", "verify"]) == 0

    assert f"{ROWS + 2} consultations of 2 people" in capsys.readouterr().out


def test_the_command_names_what_was_altered(chain: Beneficiary, capsys: pytest.CaptureFixture[str]) -> None:
    one = row(chain, 4)
    with as_the_owner():
        Consultation.objects.filter(pk=one.pk).update(seen="identity")

    assert main(["journal", "verify"]) == 1

    told = capsys.readouterr().err
    assert str(one.pk) in told
    assert told.count("position") == 1


@pytest.mark.django_db(transaction=True)
def test_workers_that_write_at_the_same_moment_break_no_chain(
    household: Household, viewer: Viewer, fresh: Callable[[], None]
) -> None:
    for _number in range(24):
        reading = Reading(household.child.pk, Seen.CARE, uuid4())
        consulted_by_relative(viewer, [reading], network="", now=timezone.now())

    def run() -> None:
        while run_due(limit=4):
            pass
        connections.close_all()

    workers = [Thread(target=run) for _ in range(4)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    fresh()

    assert Consultation.objects.filter(person=household.child).count() == 24
    assert verify_consultations().breaks == ()


@pytest.fixture
def fresh() -> Callable[[], None]:
    """Makes a job that lost a race due again, and runs it."""

    def again() -> None:
        Job.objects.filter(state="queued").update(run_at=timezone.now())
        drain()

    return again
