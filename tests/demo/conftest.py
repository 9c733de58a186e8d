"""The demo folder of each mutual, written once, and its tables as text."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from entraide.demo import write_folder
from entraide.profiles import Profile, load_profile

ON = date(2026, 11, 22)
MUTUALS = Path(__file__).resolve().parents[2] / "mutuals"

Rows = list[dict[str, str]]


@dataclass(frozen=True)
class DemoFolder:
    path: Path

    def rows(self, name: str) -> Rows:
        with (self.path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture(scope="session", params=sorted(each.name for each in MUTUALS.iterdir() if each.is_dir()))
def profile(request) -> Profile:
    return load_profile(MUTUALS / request.param)


@pytest.fixture(scope="session")
def demo(profile, tmp_path_factory) -> DemoFolder:
    folder = tmp_path_factory.mktemp(profile.slug)
    write_folder(profile, folder, on=ON)
    return DemoFolder(folder)


@pytest.fixture(scope="session")
def earlier(profile, tmp_path_factory) -> Iterator[DemoFolder]:
    """The demo as it was in the summer of 2024, whose three years cross every change of rate."""
    folder = tmp_path_factory.mktemp(f"{profile.slug}-2024")
    write_folder(profile, folder, on=date(2024, 7, 1))
    return DemoFolder(folder)
