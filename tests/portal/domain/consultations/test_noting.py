"""Noting who read whose data (A68)."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from entraide.portal.domain.consultations.actions import (
    NOTE_JOB,
    Reader,
    Reading,
    consulted,
    consulted_by_relative,
    handed_over,
)
from entraide.portal.domain.consultations.enums import Outcome, ReaderKind, Seen
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.tasks.models import Job
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.foundation.vault.seal import SealBroken
from tests.conftest import Household

AGENT = Reader(uuid4(), ReaderKind.AGENT, "Ada Aron", "handler")


def read(viewer: Viewer, *readings: Reading, now: datetime) -> None:
    consulted_by_relative(viewer, readings, network="192.0.2.7", now=now)
    drain()


def test_a_row_says_who_whose_what_which_when_why_from_where_and_with_what_result(
    viewer: Viewer, household: Household
) -> None:
    now, line = timezone.now(), uuid4()

    read(viewer, Reading(household.child.pk, Seen.CARE, line), now=now)

    row = Consultation.objects.get()
    assert (row.reader, row.reader_kind, row.reader_name) == (viewer.person_id, "family", "Anne Vautrin")
    assert (row.role, row.person_id, row.seen) == ("primary_insured", household.child.pk, "care")
    assert (row.object_id, row.at, row.network, row.outcome) == (line, now, "192.0.2.7", "shown")


def test_names_reasons_and_networks_are_sealed_in_the_database(
    viewer: Viewer, household: Household, whole_database: object
) -> None:
    """A62: in the row, and in the job on its way to it."""
    now = timezone.now()
    consulted(
        AGENT, [Reading(household.child.pk, Seen.CARE)], reason="Dossier 4417", network="192.0.2.7", now=now
    )
    on_its_way = whole_database()  # type: ignore[operator]
    drain()

    for dump in (on_its_way, whole_database()):  # type: ignore[operator]
        assert not [word for word in ("Ada Aron", "Dossier 4417", "192.0.2.7") if word in dump]


def test_ones_own_data_is_not_noted(viewer: Viewer) -> None:
    read(viewer, Reading(viewer.person_id, Seen.CARE), now=timezone.now())

    assert not Consultation.objects.exists()
    assert not Job.objects.filter(kind=NOTE_JOB).exists()


@pytest.mark.parametrize(("minutes", "rows"), [(0, 1), (1, 1), (14, 1), (15, 2), (40, 2)])
def test_the_same_reading_within_a_quarter_of_an_hour_is_one(
    viewer: Viewer, household: Household, minutes: int, rows: int
) -> None:
    first = timezone.now().replace(second=50)
    reading = Reading(household.child.pk, Seen.CARE)

    read(viewer, reading, now=first)
    read(viewer, reading, now=first + timedelta(minutes=minutes))

    assert Consultation.objects.count() == rows


def test_another_thing_kind_person_or_reason_is_another_reading(viewer: Viewer, household: Household) -> None:
    now = timezone.now()
    child, teen, line = household.child.pk, household.teen.pk, uuid4()

    read(viewer, Reading(child, Seen.CARE), Reading(child, Seen.CARE), now=now)
    read(viewer, Reading(child, Seen.CARE, line), Reading(child, Seen.IDENTITY), now=now)
    read(viewer, Reading(teen, Seen.AMOUNTS), now=now)
    for reason in ("Appel du 3 mars", "Réclamation"):
        consulted(AGENT, [Reading(child, Seen.CARE)], reason=reason, network="", now=now)
    drain()

    assert Consultation.objects.filter(person=child).count() == 5
    positions = Consultation.objects.filter(person=child).values_list("position", flat=True)
    assert sorted(positions) == [1, 2, 3, 4, 5]
    assert Consultation.objects.get(person=teen).position == 1


@pytest.mark.parametrize("reason", ["", "   "])
def test_an_agent_says_why(household: Household, reason: str) -> None:
    with pytest.raises(DomainError) as refused:
        consulted(
            AGENT, [Reading(household.child.pk, Seen.CARE)], reason=reason, network="", now=timezone.now()
        )

    assert refused.value.field == "reason"
    assert not Job.objects.filter(kind=NOTE_JOB).exists()


def test_what_an_agent_was_refused_is_noted_too(household: Household) -> None:
    consulted(
        AGENT, [Reading(household.spouse.pk, Seen.BANK)], reason="Virement revenu", network="",
        outcome=Outcome.REFUSED, now=timezone.now(),
    )  # fmt: skip
    drain()

    row = Consultation.objects.get()
    assert (row.outcome, row.reason, row.role) == ("refused", "Virement revenu", "handler")


def test_a_page_asks_one_question_for_a_whole_family(
    viewer: Viewer, household: Household, django_assert_num_queries: object
) -> None:
    readings = [Reading(one.pk, Seen.AMOUNTS) for one in household.people]

    with django_assert_num_queries(1):  # type: ignore[operator]
        consulted_by_relative(viewer, readings, network="", now=timezone.now())


def test_a_note_that_was_changed_on_its_way_is_not_taken(viewer: Viewer, household: Household) -> None:
    reading = [Reading(household.child.pk, Seen.CARE)]
    consulted_by_relative(viewer, reading, network="", now=timezone.now())
    payload = Job.objects.get(kind=NOTE_JOB).payload

    with pytest.raises(SealBroken):
        handed_over({**payload, "place": "elsewhere"})
