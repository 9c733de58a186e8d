"""`entraide directory`: health professionals, from the national file and from the networks."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from entraide.portal.config.refused import Refused
from entraide.portal.domain.directory.loading import LoadUnderWay
from entraide.portal.gateways.core_system import bar_on
from entraide.portal.gateways.core_system.progress import Watch
from entraide.portal.gateways.core_system.stage import for_whole_files
from entraide.portal.gateways.directory.partners import take_in_partners
from entraide.portal.gateways.directory.reading import DirectoryRefused, Taken
from entraide.portal.gateways.directory.rpps import take_in_rpps

_READERS: dict[str, Callable[[Path, Watch | None], Taken]] = {
    "rpps": take_in_rpps,
    "partners": take_in_partners,
}


def directory(options: argparse.Namespace) -> int:
    """Loads one file in the place of the one before, and says what it brought."""
    if not options.file.is_file():
        raise Refused(f"{options.file}: not a file")
    try:
        with for_whole_files():
            taken = _READERS[options.source](options.file, bar_on(sys.stderr))
    except DirectoryRefused as refusal:
        raise Refused(f"the file was refused, nothing of it was kept:\n{refusal}") from None
    except LoadUnderWay:
        raise Refused(
            f"another load of {options.source} is under way; if it was interrupted, try again in five minutes"
        ) from None
    sys.stdout.write(
        f"directory {options.source}: {taken.entries} entries of {taken.lines} lines, "
        f"{taken.left_out} left out, {taken.without_point} in no known town\n"
    )
    return 0
