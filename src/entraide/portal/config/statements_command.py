"""`entraide statements`: a quarter's statements by post, ready to print."""

import argparse
import csv
import os
import sys
from pathlib import Path

from django.utils import timezone

from entraide.formats.money import format_cents
from entraide.portal.config.refused import Refused
from entraide.portal.domain.claims.periods import Quarter
from entraide.portal.gateways.core_system import Progress, bar_on
from entraide.portal.notifications.letters import BatchRefused, Report, make_batch

# Pages are served from the same cores: whoever waits for one comes first.
_NICENESS = 15
_SHOWN = 20


def statements(options: argparse.Namespace) -> int:
    """Makes the batch, or what is left of it, and says what lies in the folder."""
    try:
        quarter = Quarter.parse(options.quarter)
    except ValueError as error:
        raise Refused(f"--quarter: {error}") from None
    if options.size < 1:
        raise Refused(f"--size: found {options.size}, expected at least 1 letter a part")
    os.setpriority(os.PRIO_PROCESS, 0, _NICENESS)
    bar = bar_on(sys.stderr)

    def watch(done: int, wanted: int) -> None:
        if bar is not None:
            bar(
                Progress(
                    file="statements",
                    step="done" if done == wanted else "reading",
                    bytes_read=done,
                    size=wanted,
                    rows=done,
                    unit="letters",
                )
            )

    try:
        report = make_batch(
            options.out,
            quarter=quarter,
            size=options.size,
            preview=options.preview,
            on=timezone.localdate(),
            watch=watch,
        )
    except BatchRefused as refusal:
        raise Refused(str(refusal)) from None
    _tell(report, options.out)
    return 0


def _tell(report: Report, folder: Path) -> None:
    kind = " (preview, not to be sent)" if report.preview else ""
    told = (
        f"{report.quarter}{kind}: {report.letters} letters in {report.parts} parts, {report.pages} pages "
        f"on {report.sheets} sheets, {format_cents(report.paid_cents)} EUR paid, in {folder}"
    )
    lines = [told]
    if report.skipped:
        lines.append(f"{report.skipped} members get no letter (all of them: {folder / 'skipped.csv'}):")
        with (folder / "skipped.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))[1 : _SHOWN + 1]
        lines += [f"  {number}: {reason}" for number, reason in rows]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
