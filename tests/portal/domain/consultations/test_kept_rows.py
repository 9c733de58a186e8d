"""Rows of both journals are added and not changed, whoever asks the database to (A68, A69)."""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from entraide.portal.domain.consultations.actions import Reading, consulted_by_relative
from entraide.portal.domain.consultations.enums import Seen
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.consultations.purging import KEPT_FOR
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household

MIGRATIONS = (
    "entraide.portal.foundation.events.migrations.0002_rows_are_kept",
    "entraide.portal.domain.consultations.migrations.0004_rows_are_kept",
)


@pytest.fixture
def guarded(viewer: Viewer, household: Household) -> Consultation:
    """One reading of yesterday and one of long ago, under the triggers as the migrations leave them."""
    if connection.vendor == "sqlite":
        # `conftest.django_db_setup` took half of them away.
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
            for one in MIGRATIONS:
                for statement in import_module(one).SQLITE:
                    cursor.execute(statement)
    for age in (KEPT_FOR + timedelta(hours=1), timedelta(days=1)):
        readings = [Reading(household.child.pk, Seen.CARE, uuid4())]
        consulted_by_relative(viewer, readings, network="", now=timezone.now() - age)
    drain()
    return Consultation.objects.latest("position")


CHANGES = {
    "person": lambda one: {"person_id": one.person.member.beneficiaries.exclude(pk=one.person_id).first().pk},
    "position": lambda one: {"position": 99},
    "at": lambda one: {"at": one.at + timedelta(seconds=1)},
    "reader": lambda one: {"reader": uuid4()},
    "reader_kind": lambda one: {"reader_kind": "agent"},
    "role": lambda one: {"role": "spouse"},
    "seen": lambda one: {"seen": "identity"},
    "object_id": lambda one: {"object_id": None},
    "outcome": lambda one: {"outcome": "refused"},
    "seal": lambda one: {"seal": "0" * 64},
}


def refused(change: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            change()
    except DatabaseError as error:
        return "stays as it is" in str(error) or "never changed" in str(error)
    return False


@pytest.mark.parametrize("column", CHANGES)
def test_no_column_of_a_reading_changes(guarded: Consultation, column: str) -> None:
    change = CHANGES[column](guarded)

    assert refused(lambda: Consultation.objects.filter(pk=guarded.pk).update(**change))


def test_a_sealed_column_may_get_a_new_key(guarded: Consultation) -> None:
    """`entraide keys rotate`; another content breaks the chain."""
    assert Consultation.objects.filter(pk=guarded.pk).update(reader_name=b"sealed anew") == 1


def test_a_reading_goes_after_three_years_and_not_before(guarded: Consultation) -> None:
    assert refused(guarded.delete)
    assert Consultation.objects.earliest("position").delete()[0] == 1


def test_no_fact_of_the_journal_changes_or_goes(guarded: Consultation) -> None:
    fact = Entry.objects.create(kind="Tested", at=timezone.now() - 3 * KEPT_FOR)

    assert refused(lambda: Entry.objects.filter(pk=fact.pk).update(kind="Other"))
    assert refused(lambda: Entry.objects.filter(pk=fact.pk).delete())
    assert Entry.objects.filter(pk=fact.pk, kind="Tested").exists()
