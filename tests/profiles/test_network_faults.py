"""A network that nobody can reach, or a figure that means nothing, stops the start (NET-01, NET-02)."""

from collections.abc import Callable
from typing import get_args

import pytest

from entraide.portal.domain.directory.professions import PROFESSIONS
from entraide.profiles.networks import NetworkProfession
from tests.profiles.conftest import Copy

FILE = "networks.toml"


@pytest.mark.parametrize(
    ("old", "new", "key", "expected"),
    [
        ('phone = "04 76 60 56 36"\n', "", "network[kalixia].phone", "a French number"),
        (
            "hours = [ { days = [0, 1, 2, 3, 4], start",
            "hours_ = [ { days = [0, 1, 2, 3, 4], start",
            "hours",
            "",
        ),
        (
            'hours = [ { days = [0, 1, 2, 3, 4], start = "08:30", end = "18:30" } ]',
            "hours = []",
            "network[kalixia].hours",
            "somebody answers",
        ),
        ('end = "18:30"', 'end = "07:30"', "hours[#1].end", "a time after 08:30"),
        ('profession = "dentist"', 'profession = "optician"', "domain.profession", "each id once"),
        ('profession = "dentist"', 'profession = "wizard"', "profession", "one of optician"),
        ("count = 6300", "count = 0", "count", "a whole number from 1"),
        ("read_on = 2026-01-01\n", "", "read_on", "a date"),
        ('referenced = ["380999904"', 'referenced = ["380999905"', "referenced", "check digit is right"),
        (
            'id = "kalixia"',
            'id = "kalixia"\nsegments = ["nobody"]',
            "segments",
            "one of collectif, individuel",
        ),
    ],
)
def test_a_fault_names_its_key_and_what_was_expected(
    green: Copy, old: str, new: str, key: str, expected: str
) -> None:
    green.change(FILE, old, new)

    faults = green.faults()
    assert {one.file for one in faults} == {FILE}
    assert any(key in one.key and expected in one.expected for one in faults), faults


def test_a_mutual_without_networks_is_told(green: Copy) -> None:
    (green.folder / FILE).unlink()

    assert any(one.file == FILE and "no such file" in one.found for one in green.faults())


def test_fewer_than_three_steps_are_no_instructions(green: Copy) -> None:
    text = (green.folder / FILE).read_text(encoding="utf-8")
    first = text.index("[[step]]")
    (green.folder / FILE).write_text(
        text[:first] + text[text.index("[[step]]", first + 1) :], encoding="utf-8"
    )

    (fault,) = green.faults()
    assert (fault.key, fault.found, fault.expected) == ("step", "2 steps", "3 steps")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("percent = 40", "percent = 140", "saving[#1].percent"),
        ("months = 24", "months = 24\ndays = 3", "warranty[#1]"),
        ('price_of = { fr = "les deux yeux", en = "both eyes" }\n', "", "price_of"),
    ],
)
def test_a_figure_that_means_nothing_is_told(
    copy_of: Callable[[str], Copy], old: str, new: str, key: str
) -> None:
    copy = copy_of("mieux-etre")
    copy.change(FILE, old, new)

    (fault,) = copy.faults()
    assert fault.key.endswith(key)


def test_every_profession_of_a_network_is_one_of_the_directory() -> None:
    assert set(get_args(NetworkProfession)) <= set(PROFESSIONS)
