"""A new key for everything, step by step, in one process (A64)."""

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.db import connection

from entraide.portal.config.keys_command import everything_sealed
from entraide.portal.foundation.tasks.models import Job
from entraide.portal.foundation.vault.fields import EncryptedText
from entraide.portal.foundation.vault.files import SEGMENT, FileVault
from entraide.portal.foundation.vault.resealing import columns, payloads, rotation
from entraide.portal.foundation.vault.resealing.columns import ROWS
from entraide.portal.foundation.vault.resealing.rotation import Outcome, count_keys, rotate
from entraide.portal.foundation.vault.seal import reseal
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household
from tests.portal.foundation.vault.resealing.stores import COLUMNS, NOTICE, Store, plant
from tests.portal.foundation.vault.rings import use

MESSAGES = ROWS + 7
Keys = Callable[..., None]


@pytest.fixture
def keys(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keys:
    """Changes the keys of this process; files lie in a folder of the test."""
    monkeypatch.setattr(rotation, "_BETWEEN_ROUNDS_SECONDS", 0)

    def change(*names: str) -> None:
        use(settings, *names, data_dir=tmp_path)

    change("k1")
    return change


@pytest.fixture
def store(db: None, keys: Keys, tmp_path: Path) -> Store:
    return plant(tmp_path, messages=MESSAGES, jobs=6, files=5)


def rotated() -> Outcome:
    return rotate(everything_sealed(), current="k2")


def totals() -> Counter[str]:
    return sum(count_keys(everything_sealed()).values(), Counter[str]())


def test_everything_is_read_with_the_new_key_alone(store: Store, household: Household, keys: Keys) -> None:
    """A64: columns of every table, jobs and files; the person's own row too."""
    keys("k2", "k1")

    outcome = rotated()

    assert set(totals()) == {"k2"}
    assert outcome.done.total() == totals().total() > 4 * MESSAGES
    keys("k2")
    assert store.faults() == []
    household.primary.refresh_from_db()
    assert household.primary.iban == "FR7630006000011234567890189"


def test_counting_tells_each_key_without_opening_anything(store: Store, keys: Keys) -> None:
    before = totals()
    keys("k2", "k1")
    Delivery.objects.filter(pk=next(iter(store.messages))).first().save()  # type: ignore[union-attr]

    assert before == Counter(k1=4 * MESSAGES + 6 + 5)
    assert totals()["k2"] == len(COLUMNS)
    keys("k3")
    assert totals() == Counter(k1=4 * MESSAGES - 4 + 6 + 5, k2=4)


def test_a_second_run_changes_nothing(store: Store, keys: Keys) -> None:
    keys("k2", "k1")
    rotated()
    path = store.vault.path_of(next(iter(store.files)))
    before = path.stat().st_ino

    assert rotated().done.total() == 0
    assert path.stat().st_ino == before


def test_what_cannot_be_opened_is_named_and_left_as_it_is(store: Store, keys: Keys) -> None:
    spoilt, other = list(store.messages)[:2]
    taken = raw(other, "body")
    put(spoilt, "body", taken)
    name = next(iter(store.files))
    store.vault.path_of(name).write_bytes(b"EV1\x02k1" + b"x" * 40)
    keys("k2", "k1")

    outcome = rotated()

    assert sorted(outcome.broken) == sorted(
        [f"notifications_delivery.body.{spoilt}", f"files/requests/{name}"]
    )
    assert raw(spoilt, "body") == taken
    assert totals()["k1"] == 2


def raw(pk: object, column: str) -> bytes:
    value = Delivery.objects.filter(pk=pk).values_list(column, flat=True)[0]
    return bytes(value)


def put(pk: object, column: str, value: bytes) -> None:
    Delivery.objects.filter(pk=pk).update(**{column: value})


def test_what_somebody_writes_between_reading_and_writing_stays(
    store: Store, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No write of the portal is lost: the row is met again with its new words."""
    late = list(store.messages)[3]
    written: list[object] = []

    def slow(ring: object, sealed: bytes, *, place: str) -> bytes:
        if place.endswith(f"body.{late}") and not written:
            written.append(late)
            one = Delivery.objects.get(pk=late)
            for column in COLUMNS:
                setattr(one, column, "Nouveau texte")
            one.save()
        return reseal(ring, sealed, place=place)  # type: ignore[arg-type]

    monkeypatch.setattr(columns, "reseal", slow)
    keys("k2", "k1")

    rotated()

    assert written
    store.messages[late] = "Nouveau texte"
    keys("k2")
    assert store.faults() == []


def test_a_job_that_ends_meanwhile_is_not_given_its_secret_back(
    store: Store, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended, emptied = next(iter(store.jobs)), list[int]()

    def slow(ring: object, sealed: bytes, *, place: str) -> bytes:
        if not emptied:
            emptied.append(Job.objects.filter(pk=ended).update(payload={}))
        return reseal(ring, sealed, place=place)  # type: ignore[arg-type]

    monkeypatch.setattr(payloads, "reseal", slow)
    keys("k2", "k1")

    rotated()

    assert Job.objects.get(pk=ended).payload == {}
    assert set(totals()) == {"k2"}


def test_a_file_that_is_forgotten_meanwhile_does_not_come_back(
    store: Store, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = next(iter(store.files))
    write = FileVault._write

    def slow(vault: FileVault, path: Path, of: str, chunks: object) -> None:
        write(vault, path, of, chunks)  # type: ignore[arg-type]
        if of == name:
            vault.forget(name)

    keys("k2", "k1")
    monkeypatch.setattr(FileVault, "_write", slow)

    rotated()

    del store.files[name]
    keys("k2")
    assert store.faults() == []


def test_who_reads_a_file_while_it_is_replaced_reads_on(store: Store, keys: Keys) -> None:
    content = os.urandom(3 * SEGMENT + 9)
    name = store.keep(content)
    reading = store.vault.read(name)
    begun = next(reading)
    keys("k2", "k1")

    assert store.vault.reseal(name)

    assert begun + b"".join(reading) == content
    assert store.vault.key_of(name) == "k2"
    assert b"".join(store.vault.read(name)) == content


def test_a_file_keeps_its_age(store: Store, keys: Keys) -> None:
    """What a crash left behind is told by its age."""
    path = store.vault.path_of(next(iter(store.files)))
    os.utime(path, (1_000_000, 1_000_000))
    keys("k2", "k1")

    rotated()

    assert path.stat().st_mtime == 1_000_000


def test_a_row_read_before_the_rotation_and_saved_after_it_does_not_bring_the_old_key_back(
    store: Store, keys: Keys
) -> None:
    keys("k2", "k1")
    early = Delivery.objects.filter(notice=NOTICE).first()
    assert early is not None
    rotated()

    early.save()

    assert set(totals()) == {"k2"}
    keys("k2")
    assert store.faults() == []


def test_every_sealed_field_of_every_model_is_found() -> None:
    wanted = {
        (model._meta.db_table, one.attname)
        for model in apps.get_models()
        for one in model._meta.get_fields()
        if isinstance(one, EncryptedText)
    }

    assert {(table.name, one.attname) for table in columns.sealed_tables() for one in table.fields} == wanted
    assert len(wanted) >= 30


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="one writer: nobody holds a row")
@pytest.mark.django_db(transaction=True)
def test_a_row_that_a_transaction_holds_is_not_waited_for(store: Store, keys: Keys) -> None:
    held = next(iter(store.messages))
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            other.set_autocommit(False)
            cursor.execute("SELECT 1 FROM notifications_delivery WHERE id = %s FOR UPDATE", [held])
            keys("k2", "k1")

            outcome = rotated()

            assert outcome.left["notifications_delivery"] == Counter(k2=4 * (MESSAGES - 1), k1=4)
            other.rollback()
    finally:
        other.close()
    assert rotated().done.total() == 4
