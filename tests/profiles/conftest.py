"""A copy of a real mutual, to be spoilt in one place."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from entraide.profiles import Fault, ProfileError, load_profile

MUTUALS = Path(__file__).parents[2] / "mutuals"


class Copy:
    """A mutual's folder that a test may change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def change(self, file: str, old: str, new: str) -> None:
        """Replaces the first place where these words stand."""
        path = self.folder / file
        words = path.read_text(encoding="utf-8")
        assert old in words
        path.write_text(words.replace(old, new, 1), encoding="utf-8")

    def add(self, file: str, words: str) -> None:
        path = self.folder / file
        path.write_text(path.read_text(encoding="utf-8") + "\n" + words, encoding="utf-8")

    def faults(self) -> tuple[Fault, ...]:
        with pytest.raises(ProfileError) as refusal:
            load_profile(self.folder)
        return refusal.value.faults


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[str], Copy]:
    def make(slug: str) -> Copy:
        shutil.copytree(MUTUALS / slug, tmp_path / slug)
        return Copy(tmp_path / slug)

    return make


@pytest.fixture
def green(copy_of: Callable[[str], Copy]) -> Copy:
    """The mutual with two segments."""
    return copy_of("mese")
