"""`entraide keys`: a new key for everything while the portal runs, whatever kills the command (A64)."""

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.db import connection

from entraide.portal.config.cli import main
from entraide.portal.config.keys_command import everything_sealed, running_folder
from entraide.portal.foundation.vault.holders import announced, holders
from entraide.portal.foundation.vault.resealing.rotation import alone, count_keys
from entraide.portal.notifications.models import Delivery
from tests.portal.foundation.vault.resealing.stores import COLUMNS, Store, message, plant, words_of
from tests.portal.foundation.vault.rings import as_setting, ring, use
from tests.portal.processes import python

_RUN = "import sys; from entraide.portal.config.cli import main; sys.exit(main(sys.argv[1:]))"
Keys = Callable[..., None]


@pytest.fixture
def keys(settings: LazySettings, tmp_path: Path) -> Keys:
    def change(*names: str) -> None:
        use(settings, *names, data_dir=tmp_path)

    change("k1")
    return change


def under(key: str) -> int:
    return sum(found[key] for found in count_keys(everything_sealed()).values())


def rotating(folder: Path) -> object:
    """The command itself, in a process of its own."""
    return python(
        _RUN, "keys", "rotate", ENTRAIDE_DATA_KEYS=as_setting("k2", "k1"), ENTRAIDE_DATA_DIR=str(folder)
    )


@pytest.mark.django_db(transaction=True)
def test_killed_six_times_it_ends_with_everything_under_the_new_key_and_nothing_lost(
    keys: Keys, tmp_path: Path
) -> None:
    """A64"""
    store = plant(tmp_path, messages=1000, jobs=20, files=120)
    keys("k2", "k1")
    whole, killed = under("k1"), 0
    for round_ in range(6):
        enough = whole * (round_ + random.random()) / 7
        with rotating(tmp_path) as child:
            while child.poll() is None and under("k2") < enough:
                time.sleep(0.02 + random.random() / 50)
            killed += child.poll() is None
            child.kill()
        assert under("k1") + under("k2") == whole
        assert [one for one in store.faults() if one != "other files on the disk"] == []
    with rotating(tmp_path) as child:
        said, _none = child.communicate(timeout=200)

    assert killed == 6
    assert child.returncode == 0, said
    assert "nothing is sealed with k1 any more" in said
    keys("k2")
    assert (under("k2"), store.faults()) == (whole, [])


class Load(threading.Thread):
    """Somebody who reads, writes, sends and takes back, until told to stop."""

    def __init__(self, store: Store, share: list[object], *, seed: int) -> None:
        super().__init__()
        self.store, self.share = store, share
        self.random = random.Random(seed)
        self.ending = threading.Event()
        self.faults: list[str] = []
        self.done = 0

    def run(self) -> None:
        try:
            while not self.ending.is_set():
                self.random.choice([self.read, self.write, self.add, self.send_and_take_back])()
                self.done += 1
                time.sleep(0.005)
        except Exception as error:
            self.faults.append(repr(error))
        finally:
            connection.close()

    def read(self) -> None:
        one = Delivery.objects.get(pk=self.random.choice(self.share))
        if words_of(one) != {self.store.messages[one.pk]}:
            self.faults.append(f"{one.pk} says {words_of(one)}")

    def write(self) -> None:
        one = Delivery.objects.get(pk=self.random.choice(self.share))
        words = f"Nouveau texte {self.random.random()}"
        for column in COLUMNS:
            setattr(one, column, words)
        time.sleep(self.random.random() / 200)  # as long as a page takes between reading and writing
        one.save()
        self.store.messages[one.pk] = words

    def add(self) -> None:
        key = uuid4()
        message(key, "Ajouté").save(force_insert=True)
        self.store.messages[key] = "Ajouté"
        self.share.append(key)

    def send_and_take_back(self) -> None:
        name = self.store.keep(self.random.randbytes(3000))
        if b"".join(self.store.vault.read(name)) != self.store.files[name]:
            self.faults.append(f"file {name}")
        if self.random.random() < 0.5:
            self.store.vault.forget(name)
            del self.store.files[name]


@pytest.mark.django_db(transaction=True)
def test_under_load_twenty_thousand_things_move_without_one_error(keys: Keys, tmp_path: Path) -> None:
    """A64: rotate during load, 0 errors, old key deleted, all rows read."""
    store = plant(tmp_path, messages=4900, jobs=200, files=300)
    keys("k2", "k1")
    everything = list(store.messages)
    people = [Load(store, everything[number::3], seed=number) for number in range(3)]
    for one in people:
        one.start()
    try:
        with rotating(tmp_path) as child:
            said, _none = child.communicate(timeout=400)
    finally:
        for one in people:
            one.ending.set()
            one.join()

    assert child.returncode == 0, said
    assert [fault for one in people for fault in one.faults] == []
    assert all(one.done > 20 for one in people)
    keys("k2")
    assert store.faults() == []
    assert under("k2") >= 20_000


def test_one_data_key_is_refused_with_what_to_do(
    db: None, keys: Keys, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["keys", "rotate"]) == 1

    assert "put the new one in front of it" in capsys.readouterr().err


@pytest.mark.parametrize("others", [("k1",), ("k1", "k2"), ("k2", "k1")])
def test_a_process_that_runs_with_other_keys_is_a_refusal(
    db: None, keys: Keys, capsys: pytest.CaptureFixture[str], others: tuple[str, ...]
) -> None:
    keys("k2", "k1")
    with announced(running_folder(), ring(*others), what="web server"):
        code = main(["keys", "rotate"])
    told = capsys.readouterr().err

    assert code == (0 if others == ("k2", "k1") else 1)
    assert ("start them again with k2 in front" in told) == (code == 1)
    assert (f"web server (process {os.getpid()} on " in told) == (code == 1)


def test_a_process_that_was_killed_holds_no_key(keys: Keys, tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from django.conf import settings;"
        "from entraide.portal.foundation.vault.holders import announce;"
        "mark = announce(Path(sys.argv[1]), settings.ENTRAIDE.keys, what='worker'); print(1, flush=True);"
        "time.sleep(60)"
    )
    with python(code, str(running_folder())) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert [one.what for one in holders(running_folder())] == ["worker"]
        os.kill(child.pid, signal.SIGKILL)
        child.wait()

    assert holders(running_folder()) == []
    assert list(running_folder().iterdir()) == []


def test_two_rotations_at_once_are_refused(
    db: None, keys: Keys, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys("k2", "k1")
    with alone(tmp_path):
        assert main(["keys", "rotate"]) == 1

    assert "another `entraide keys rotate` is at work" in capsys.readouterr().err
    assert main(["keys", "rotate"]) == 0


@pytest.fixture
def small(db: None, keys: Keys, tmp_path: Path) -> Store:
    return plant(tmp_path, messages=3, jobs=2, files=1)


def test_the_status_says_what_is_still_needed(
    small: Store, keys: Keys, capsys: pytest.CaptureFixture[str]
) -> None:
    keys("k2", "k1")

    assert main(["keys", "status"]) == 0
    before = capsys.readouterr().out
    assert "k1 is still needed" in before
    assert main(["keys", "rotate"]) == 0
    assert "15 sealed anew with k2" in capsys.readouterr().out
    keys("k2")
    assert main(["keys", "status"]) == 0
    assert "everything is sealed with k2" in capsys.readouterr().out


def test_a_key_that_was_taken_out_too_early_is_named(
    small: Store, keys: Keys, capsys: pytest.CaptureFixture[str]
) -> None:
    keys("k2")

    assert main(["keys", "status"]) == 1
    assert "NOT READABLE: the key k1 is not in ENTRAIDE_DATA_KEYS" in capsys.readouterr().out
    keys("k3", "k2")
    assert main(["keys", "rotate"]) == 1
    assert "15 does not open, and was left as it is" in capsys.readouterr().err


def test_checking_opens_everything_and_names_what_was_exchanged(
    small: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """A62: a ciphertext of one row in another."""
    assert main(["keys", "check"]) == 0
    assert "15 sealed values and files, all of them open" in capsys.readouterr().out
    one, other = list(small.messages)[:2]
    taken = Delivery.objects.filter(pk=other).values_list("body", flat=True)[0]
    Delivery.objects.filter(pk=one).update(body=bytes(taken))

    assert main(["keys", "check"]) == 1
    assert f"notifications_delivery.body.{one}" in capsys.readouterr().err
