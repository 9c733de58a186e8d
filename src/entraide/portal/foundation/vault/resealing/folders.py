"""Every folder of sealed files below one folder: a new one needs no mention anywhere."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from entraide.portal.foundation.vault.files import FileVault
from entraide.portal.foundation.vault.resealing.stock import Batch
from entraide.portal.foundation.vault.seal import SealBroken

# Between two rests.
FILES = 20


@dataclass(frozen=True)
class Folder:
    """The files of one vault."""

    vault: FileVault

    @property
    def name(self) -> str:
        return f"files/{self.vault.folder.name}"

    def count(self) -> Counter[str]:
        return Counter(key for name in self.vault.names() if (key := self._key_of(name)) is not None)

    def reseal(self) -> Iterator[Batch]:
        names = [
            one for one in self.vault.names() if self._key_of(one) not in {None, self.vault.ring.current}
        ]
        for some in _in_batches(names):
            done, broken = 0, []
            for name in some:
                try:
                    done += self.vault.reseal(name)
                except SealBroken:
                    broken.append(f"{self.name}/{name}")
            yield Batch(done=done, broken=tuple(broken))

    def broken(self) -> Iterator[str]:
        for name in self.vault.names():
            try:
                for _segment in self.vault.read(name):
                    pass
            except SealBroken:
                yield f"{self.name}/{name}"
            except FileNotFoundError:
                continue

    def _key_of(self, name: str) -> str | None:
        """Blank when it is no file of a vault; None when it was forgotten meanwhile."""
        try:
            return self.vault.key_of(name)
        except SealBroken:
            return ""
        except FileNotFoundError:
            return None


def sealed_folders(root: Path) -> list[Folder]:
    """Every vault below a folder, in the order of its name."""
    ring = settings.ENTRAIDE.keys
    return [Folder(FileVault(path, ring)) for path in sorted(root.glob("*")) if path.is_dir()]


def _in_batches(names: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(names), FILES):
        yield names[start : start + FILES]
