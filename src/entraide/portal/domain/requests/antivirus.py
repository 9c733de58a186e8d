"""What we ask of an antivirus; the adapter lives in `portal/gateways`, chosen by the settings (A47, A48)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class NoVerdict(Exception):
    """Nothing is known of the file: the antivirus is away, too slow, or stopped in the middle."""


class Unsure(NoVerdict):
    """The antivirus answered, and neither that the file is clean nor that it is infected."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found in a file, by the name that the antivirus gives it; blank: nothing."""

    finding: str = ""

    @property
    def is_clean(self) -> bool:
        return not self.finding


class VirusScanner(Protocol):
    def scan(self, chunks: Iterable[bytes]) -> Verdict:
        """Reads a whole file; raises NoVerdict rather than call clean what was not looked at to its end."""

    def version(self) -> str:
        """What the antivirus says of itself, its signatures included; raises NoVerdict."""


def virus_scanner() -> VirusScanner | None:
    """The antivirus of the settings; None where there is none, and then no file is ever called clean."""
    url = settings.ENTRAIDE.antivirus_url
    if not url:
        return None
    scanner: VirusScanner = import_string(settings.VIRUS_SCANNER)(url)
    return scanner
