"""Every folder of sealed files below one folder: a new one needs no mention anywhere."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from entraide.portal.foundation.vault.files import FileVault
from entraide.portal.foundation.vault.resealing.stock import Batch
from entraide.portal.foundation.vault.seal import SealBroken


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
        for name in self.vault.names():
            if self._key_of(name) not in {None, settings.ENTRAIDE.keys.current}:
                try:
                    yield Batch(done=int(self.vault.reseal(name)))
                except SealBroken:
                    yield Batch(broken=(f"{self.name}/{name}",))

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
