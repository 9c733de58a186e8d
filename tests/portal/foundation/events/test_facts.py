"""Facts: written with what they tell, dispatched after the commit, secrets sealed (architecture §4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from entraide.portal.foundation.events import facts
from entraide.portal.foundation.events.facts import Fact, Secrets, publish, subscribe
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.models import Job, JobState
from entraide.portal.foundation.tasks.queue import drain


@dataclass(frozen=True, kw_only=True)
class KettleBoiled(Fact):
    """A fact that exists only here."""

    personal_data: ClassVar[str] = "none"
    litres: int
    on: date
    kettle: UUID


heard: list[tuple[Entry, Secrets]] = []


def listen(entry: Entry, secrets: Secrets) -> None:
    heard.append((entry, secrets))


@pytest.fixture(autouse=True)
def _listening() -> Iterator[None]:
    heard.clear()
    subscribe(KettleBoiled, listen)
    yield
    del facts._REACTIONS["KettleBoiled"]


def boil(**more: object) -> KettleBoiled:
    return KettleBoiled(litres=2, on=date(2026, 3, 1), kettle=uuid4(), **more)  # type: ignore[arg-type]


@pytest.mark.django_db(transaction=True)
def test_a_fact_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="KettleBoiled published outside a transaction"):
        publish(boil())

    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_fact_of_a_transaction_that_fails_never_happened() -> None:
    with transaction.atomic():
        publish(boil())
        transaction.set_rollback(True)

    drain()
    assert (heard, Entry.objects.count(), Job.objects.count()) == ([], 0, 0)


@pytest.mark.django_db
def test_what_reacts_hears_the_fact_once_with_its_secrets() -> None:
    with transaction.atomic():
        entry = publish(boil(), secrets={"code": "123456"})

    assert heard == []
    drain()
    drain()

    assert [(one.pk, secrets) for one, secrets in heard] == [(entry.pk, {"code": "123456"})]


@pytest.mark.django_db
def test_secrets_reach_neither_the_journal_nor_the_queue_in_clear() -> None:
    """A66"""
    with transaction.atomic():
        publish(boil(), secrets={"token": "c0ffee-secret"})

    assert "c0ffee-secret" not in str(list(Entry.objects.values()))
    assert "c0ffee-secret" not in str(list(Job.objects.values()))


@pytest.mark.django_db
def test_a_reaction_that_fails_is_tried_again_and_the_fact_stays() -> None:
    def fail(_entry: Entry, _secrets: Secrets) -> None:
        raise ValueError("not today")

    subscribe(KettleBoiled, fail)
    with transaction.atomic():
        publish(boil())
    drain()

    assert Job.objects.get().state == JobState.QUEUED
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_the_journal_holds_plain_values_and_who_and_whom() -> None:
    actor, about = uuid4(), uuid4()
    with transaction.atomic():
        entry = publish(boil(actor=actor, about=about))

    entry.refresh_from_db()
    assert entry.data["litres"] == 2
    assert entry.data["on"] == "2026-03-01"
    assert (entry.kind, entry.actor, entry.about) == ("KettleBoiled", actor, about)
    assert "actor" not in entry.data
