"""`entraide export`: what members changed and asked, as numbered files for the management system."""

import argparse
import sys
from pathlib import Path

from django.utils import timezone

from entraide.portal.config.refused import Refused
from entraide.portal.domain.data_out.forgetting import KEPT_FOR, is_forgotten
from entraide.portal.domain.data_out.making import (
    Run,
    make_run,
    note_delivered,
    run_numbered,
    undelivered,
)
from entraide.portal.gateways.core_system.out_folder import Different, deliver, only_export


def export(options: argparse.Namespace) -> int:
    """Delivers what a stopped run left, then everything new; with `--run`, a former run once more."""
    below: Path = options.folder
    if not below.is_dir():
        raise Refused(f"{below}: not a folder")
    with only_export() as alone:
        if not alone:
            raise Refused("another export is at work: wait for its end")
        if options.run is not None:
            if is_forgotten(options.run):
                days = f"{KEPT_FOR.days} days after its folder was whole"
                raise Refused(f"--run: the files of run {options.run} were erased, {days}")
            again = run_numbered(options.run)
            if again is None:
                raise Refused(f"--run: found {options.run}, expected the number of a run that was made")
            _deliver(again, below)
            return 0
        waiting = undelivered()
        for one in waiting:
            _deliver(one, below)
        new = make_run(now=timezone.now())
        if new is not None:
            _deliver(new, below)
        elif not waiting:
            sys.stdout.write("nothing new: no file was written\n")
    return 0


def _deliver(run: Run, below: Path) -> None:
    try:
        folder = deliver(run.number, run.contents, below=below)
    except Different as other:
        raise Refused(f"{other}: holds something else than run {run.number}; move it away first") from None
    except OSError as error:
        raise Refused(
            f"{below}: {error.strerror}; run {run.number} is kept, and comes with the next export"
        ) from None
    note_delivered(run.number, now=timezone.now())
    sys.stdout.write(f"run {run.number}: {run.rows} rows in {len(run.contents) - 1} files, in {folder}\n")
